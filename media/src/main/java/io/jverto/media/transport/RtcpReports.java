package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.rtp.ReceiveStatistics;
import io.jverto.media.rtp.RtcpReader;
import io.jverto.media.rtp.RtcpWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// RTCP of one transport: a report each second once keys are agreed, the first after half of one; round trip and loss from the peer's
/// (RFC 3550 section 6, media-rtc.md section 10).
@OwnedBy(Role.MEDIA_LOOP)
final class RtcpReports implements RtcpReader.Handler {
    private static final long INTERVAL_NANOS = 1_000_000_000L;
    private static final long FIRST_NANOS = INTERVAL_NANOS / 2;
    /// A round trip longer than this is a mistake of the peer's.
    private static final long MAX_ROUND_TRIP = 60L << 16;
    /// A report that comes so much later than the quickest, in 1/2^32 seconds, tells of another clock.
    private static final long CLOCK_STEP = 1L << 32;

    private final TransportShared shared;
    private final SecureLink link;
    private final AudioStream audio;
    private final LiveStats stats;
    private final int ssrc;
    private final byte[] cname;

    private long dueNanos = Long.MAX_VALUE;
    private long packetsReported;
    private long nowNanos;
    private @Nullable VideoStream video;
    /// Our clock minus the peer's, as the quickest of its reports shows it.
    private long clockOffset;
    private boolean hasClock;
    private final LipSync lips = new LipSync();
    private int lastReport;
    private long lastReportNanos;

    RtcpReports(TransportShared shared, SecureLink link, AudioStream audio, LiveStats stats, TransportSetup setup) {
        this.shared = shared;
        this.link = link;
        this.audio = audio;
        this.stats = stats;
        this.ssrc = setup.audioSsrc();
        this.cname = setup.cname().getBytes(StandardCharsets.US_ASCII);
    }

    /// What else is to be reported.
    void video(VideoStream stream) {
        video = stream;
    }

    void start(long now) {
        dueNanos = now + FIRST_NANOS;
    }

    /// Sends a report if it is time.
    ///
    /// @return the next deadline
    long onTimeout(long now, TransportOutput out) {
        if (dueNanos == Long.MAX_VALUE || now - dueNanos < 0) {
            return dueNanos;
        }
        write(now);
        link.sendRtcp(shared.report.bytes(), shared.report.length(), out);
        dueNanos = Math.max(dueNanos + INTERVAL_NANOS, now);
        return dueNanos;
    }

    /// Says goodbye (RFC 3550 section 6.6).
    void close(long now, TransportOutput out) {
        if (link.ready()) {
            write(now);
            shared.report.bye(ssrc);
            link.sendRtcp(shared.report.bytes(), shared.report.length(), out);
        }
        dueNanos = Long.MAX_VALUE;
    }

    private void write(long now) {
        RtcpWriter report = shared.report;
        report.clear();
        // RFC 3550 section 6.4: a sender report if packets went out since the last one.
        if (stats.packetsTx() != packetsReported) {
            packetsReported = stats.packetsTx();
            report.senderReport(ssrc, shared.ntp(now), audio.timestampAt(now), packetsReported, stats.bytesTx());
        } else {
            report.receiverReport(ssrc);
        }
        ReceiveStatistics received = audio.received();
        if (received.started()) {
            received.closeInterval();
            stats.loss().missed(now, received.fractionLost());
            stats.sampleJitter();
            int delay = lastReport == 0 ? 0 : (int) (((now - lastReportNanos) << 16) / 1_000_000_000L);
            report.reportBlock(audio.remoteSsrc(), received, lastReport, delay);
        }
        report.cname(ssrc, cname);
        VideoStream stream = video;
        if (stream != null) {
            stream.report(now, report);
            report.cname(stream.ssrc(), cname);
            stream.gallery().report(now, report, cname);
        }
    }

    /// Takes an authentic, decrypted compound packet.
    void onRtcp(long now, byte[] bytes, int offset, int length) {
        nowNanos = now;
        if (!RtcpReader.read(bytes, offset, length, this)) {
            shared.counters.increment(TransportCount.RTCP_MALFORMED);
        }
    }

    @Override
    public void onSenderReport(int from, long ntp, int timestamp) {
        if (from == audio.remoteSsrc()) {
            lastReport = (int) (ntp >>> 16);
            lastReportNanos = nowNanos;
        }
        long offset = shared.ntp(nowNanos) - ntp;
        clockOffset = hasClock && offset - clockOffset > 0 && offset - clockOffset < CLOCK_STEP ? clockOffset : offset;
        hasClock = true;
        VideoStream stream = video;
        if (stream != null) {
            stream.onSenderReport(nowNanos, from, ntp, ntp + clockOffset, timestamp);
            compare(stream, from, nowNanos - nanos(shared.ntp(nowNanos) - (ntp + clockOffset)), timestamp);
        }
    }

    private void compare(VideoStream stream, int from, long reportNanos, int timestamp) {
        if (from == audio.remoteSsrc()) {
            lips.onSound(audio.received(), reportNanos, timestamp);
        } else {
            stream.receiver().stream(from).ifPresent(picture -> lips.onPicture(picture.received(), reportNanos, timestamp));
        }
        stream.receiver().later(lips.millis());
    }

    /// @param ntp a difference, in 1/2^32 s
    private static long nanos(long ntp) {
        return (ntp >> 16) * 1_000_000_000L >> 16;
    }

    @Override
    public void onNack(int source, int first, int following) {
        VideoStream stream = video;
        if (stream != null) {
            stream.onNack(nowNanos, source, first, following);
        }
    }

    @Override
    public void onKeyFrameWanted(int source) {
        VideoStream stream = video;
        if (stream != null) {
            stream.onKeyFrameWanted(nowNanos, source);
        }
    }

    @Override
    public void onBandwidth(long bitsPerSecond) {
        VideoStream stream = video;
        if (stream != null) {
            stream.onBandwidth(nowNanos, bitsPerSecond);
        }
    }

    @Override
    public void onReportBlock(int source, int fractionLost, int cumulativeLost, int reported, int delay) {
        if (source != ssrc) {
            return;
        }
        stats.reported(cumulativeLost);
        stats.loss().reported(nowNanos, fractionLost);
        // RFC 3550 section 6.4.1: A - LSR - DLSR, in 1/65536 seconds.
        long roundTrip = (int) (shared.ntp(nowNanos) >>> 16) - reported - delay;
        if (reported != 0 && roundTrip >= 0 && roundTrip < MAX_ROUND_TRIP) {
            stats.roundTrip(roundTrip * 1_000_000 >> 16);
        }
    }

    @Override
    public void onCname(int from, byte[] bytes, int offset, int length) {}

    @Override
    public void onBye(int from) {}
}
