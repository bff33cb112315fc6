package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.ReceiveStatistics;
import io.jverto.media.rtp.RtcpWriter;

/// The video of one transport, both ways, and its part of the reports.
@OwnedBy(Role.MEDIA_LOOP)
final class VideoStream {
    private final TransportShared shared;
    private final LiveStats stats;
    private final int ssrc;
    private final VideoReceiver receiver;
    private final VideoSender sender;

    private long packetsReported;
    private int lastReport;
    private long lastReportNanos;

    VideoStream(TransportShared shared, SecureLink link, LiveStats stats, TransportSetup setup, VideoPlan plan, TransportOutput output) {
        this.shared = shared;
        this.stats = stats;
        this.ssrc = setup.videoSsrc();
        this.receiver = new VideoReceiver(shared, link, stats, ssrc, plan);
        this.sender = new VideoSender(shared, link, stats, setup, plan, output);
    }

    void apply(VideoPlan plan) {
        receiver.apply(plan);
        sender.apply(plan);
    }

    /// @return its plan when the peer takes the video away: nothing either way
    VideoPlan silent() {
        return receiver.plan().silent();
    }

    VideoReceiver receiver() {
        return receiver;
    }

    VideoSender sender() {
        return sender;
    }

    int ssrc() {
        return ssrc;
    }

    /// @return the next deadline
    long onTimeout(long nowNanos, long roundTripNanos, TransportOutput out) {
        return receiver.onTimeout(nowNanos, roundTripNanos, out);
    }

    /// Adds what there is to say of both ways (RFC 3550 section 6.4).
    void report(long nowNanos, RtcpWriter report) {
        ReceiveStatistics received = receiver.received();
        boolean sends = stats.packetsTx() != packetsReported;
        if (!sends && !received.started()) {
            return;
        }
        if (sends) {
            packetsReported = stats.packetsTx();
            report.senderReport(ssrc, shared.ntp(nowNanos), sender.timestampAt(nowNanos, shared.ntp(nowNanos)), packetsReported, stats.bytesTx());
        } else {
            report.receiverReport(ssrc);
        }
        if (received.started()) {
            received.closeInterval();
            int delay = lastReport == 0 ? 0 : (int) (((nowNanos - lastReportNanos) << 16) / 1_000_000_000L);
            report.reportBlock(receiver.remoteSsrc(), received, lastReport, delay);
        }
    }

    /// @param ntp by the peer's clock
    /// @param ours the same instant by ours
    void onSenderReport(long nowNanos, int from, long ntp, long ours, int timestamp) {
        if (from == receiver.remoteSsrc()) {
            lastReport = (int) (ntp >>> 16);
            lastReportNanos = nowNanos;
            receiver.onSenderReport(new VideoLink.SenderClock(ours, timestamp));
        }
    }
}
