package io.jverto.switchboard.port;

import io.jverto.switchboard.port.MediaService.MediaStats;
import io.jverto.switchboard.port.MediaService.Playout;
import io.jverto.switchboard.port.MediaService.Spread;
import java.util.Optional;

/// How the sound of one channel was: what its client sent, as it came here, and what the client says of ours. Shares are from 0 to 1.
///
/// @param lost packets of the client that did not come
/// @param concealed packets whose sound had to be made up; where nothing was decoded here, those that did not come
/// @param remoteLost packets of ours that the client did not get, by its last report
/// @param jitter interarrival jitter in milliseconds (RFC 3550 section 6.4.1)
/// @param roundTrip in milliseconds, by the client's reports
/// @param mos an estimate of the mean opinion score of what the client said, 1 to 4.5 (ITU-T G.107)
public record CallQuality(double lost, double concealed, double remoteLost, Optional<Spread> jitter, Optional<Spread> roundTrip, double mos) {
    /// What a jitter buffer and a codec take, in milliseconds, one way.
    private static final int PLAYOUT = 60;
    /// How well a codec with concealment bears loss: Bpl of the E-model. 25.1 is G.711's with appendix I (ITU-T G.113 table I.4).
    private static final double ROBUSTNESS = 25.1;
    /// R without any impairment (ITU-T G.107 section 7.7).
    private static final double BEST = 93.2;
    /// One way, in milliseconds: what is longer disturbs a talk.
    private static final double LONG = 177.3;

    /// @return empty when nothing came: there is nothing to judge
    public static Optional<CallQuality> of(MediaStats stats) {
        if (stats.packetsRx() == 0) {
            return Optional.empty();
        }
        double lost = share(stats.packetsLost(), stats.packetsRx() + stats.packetsLost());
        Playout playout = stats.playout();
        double concealed = playout.frames() == 0 ? lost : share(playout.concealed(), playout.frames());
        double remoteLost = share(stats.reported().packetsLost(), stats.packetsTx());
        double delay = stats.reported().roundTrip().map(Spread::mean).orElse(0.0) / 2 + 2 * stats.jitter().map(Spread::mean).orElse(0.0) + PLAYOUT;
        return Optional.of(new CallQuality(
                lost, concealed, remoteLost, stats.jitter(), stats.reported().roundTrip(), opinion(rating(delay, concealed))));
    }

    /// @return R for a delay one way and a share of the sound that is missing
    private static double rating(double delay, double missing) {
        double percent = 100 * missing;
        return BEST - 0.024 * delay - 0.11 * Math.max(0, delay - LONG) - 95 * percent / (percent + ROBUSTNESS);
    }

    /// R as an opinion (ITU-T G.107 annex B).
    private static double opinion(double r) {
        double score = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
        return r <= 0 ? 1 : Math.clamp(score, 1, 4.5);
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0, 1);
    }
}
