package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.MediaService.MediaStats;
import io.jverto.switchboard.story.StoryEntry;
import java.util.Locale;
import java.util.Optional;

/// Says in a channel's variables how its sound was, when it ends: for call records, the last events and whoever reads those (media-rtc.md
/// section 11.4).
public final class SoundReport {
    private SoundReport() {}

    /// Sets nothing when no packet came or went.
    ///
    /// @return empty when none came
    static Optional<CallQuality> note(Channel channel) {
        MediaStats stats = channel.hasMedia() ? channel.media().stats() : MediaStats.NONE;
        if (stats.packetsRx() + stats.packetsTx() > 0) {
            note(channel.variables(), stats);
        }
        Optional<CallQuality> quality = CallQuality.of(stats);
        if (channel.hasMedia()) {
            channel.handle().story().add(new StoryEntry.Sounded(stats, quality));
        }
        return quality;
    }

    /// Puts the figures so far into the channel's variables.
    public static void soFar(Channel channel) {
        if (channel.hasMedia()) {
            note(channel.variables(), channel.media().stats());
        }
    }

    private static void note(ChannelVariables variables, MediaStats stats) {
        set(variables, "rtp_audio_in_raw_bytes", stats.bytesRx());
        set(variables, "rtp_audio_in_packet_count", stats.packetsRx());
        set(variables, "rtp_audio_in_skip_packet_count", stats.packetsLost());
        set(variables, "rtp_audio_out_raw_bytes", stats.bytesTx());
        set(variables, "rtp_audio_out_packet_count", stats.packetsTx());
        set(variables, "rtp_audio_out_lost_packet_count", stats.reported().packetsLost());
        stats.jitter().ifPresent(jitter -> {
            set(variables, "rtp_jb_jitter_est_ms", "%.1f", jitter.mean());
            set(variables, "rtp_jb_jitter_max_ms", "%.1f", jitter.highest());
        });
        stats.reported().roundTrip().ifPresent(time -> {
            set(variables, "rtp_round_trip_ms", "%.1f", time.mean());
            set(variables, "rtp_round_trip_max_ms", "%.1f", time.highest());
        });
        CallQuality.of(stats).ifPresent(quality -> {
            set(variables, "rtp_audio_in_concealed_percentage", "%.2f", 100 * quality.concealed());
            set(variables, "rtp_audio_in_quality_percentage", "%.2f", 100 * (1 - quality.concealed()));
            set(variables, "rtp_audio_in_mos", "%.2f", quality.mos());
        });
    }

    private static void set(ChannelVariables variables, String name, long value) {
        variables.set(name, String.valueOf(value));
    }

    private static void set(ChannelVariables variables, String name, String format, double value) {
        variables.set(name, String.format(Locale.ROOT, format, value));
    }
}
