package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.ReceiveStatistics;
import io.jverto.media.rtp.RtcpWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The video of one transport, both ways, and its part of the reports.
@OwnedBy(Role.MEDIA_LOOP)
final class VideoStream {
    private final int ssrc;
    private final VideoReceiver receiver;
    private final VideoSender sender;
    private final Gallery gallery;

    /// Of all video that the peer gets, in bits a second; 0 while it does not say.
    private long bandwidth;
    private int lastReport;
    private long lastReportNanos;

    VideoStream(TransportShared shared, SecureLink link, LiveStats stats, TransportSetup setup, VideoPlan plan, TransportOutput output) {
        this.ssrc = setup.videoSsrc();
        this.receiver = new VideoReceiver(shared, link, stats, ssrc, plan);
        this.sender = new VideoSender(shared, link, stats, setup.videoSsrc(), setup.rtxSsrc(), plan, output);
        this.gallery = new Gallery(shared, link, stats, setup, output);
    }

    void apply(VideoPlan plan, List<GalleryLine> lines) {
        receiver.apply(plan);
        sender.apply(plan);
        gallery.apply(lines);
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

    Gallery gallery() {
        return gallery;
    }

    /// What the peer watches on one of its lines from now on.
    void source(long nowNanos, int line, @Nullable VideoLink link) {
        if (line == VideoLink.MAIN) {
            sender.source(nowNanos, link);
        } else {
            gallery.source(nowNanos, line, link);
        }
        share();
    }

    /// A packet of what is watched.
    void onPacket(long nowNanos, VideoLink from, boolean key, byte[] bytes, int offset, int length) {
        if (from.line() == VideoLink.MAIN) {
            sender.onPacket(nowNanos, from, key, bytes, offset, length);
        } else {
            gallery.onPacket(nowNanos, from, key, bytes, offset, length);
        }
    }

    void onFed(long nowNanos) {
        sender.onFed(nowNanos);
        gallery.onFed(nowNanos);
    }

    boolean isFed() {
        return sender.isFed() || gallery.isFed();
    }

    void onNack(long nowNanos, int source, int first, int following) {
        if (source == ssrc) {
            sender.onNack(nowNanos, first, following);
        } else {
            gallery.onNack(nowNanos, source, first, following);
        }
    }

    void onKeyFrameWanted(long nowNanos, int source) {
        if (source == ssrc) {
            sender.onKeyFrameWanted(nowNanos);
        } else {
            gallery.onKeyFrameWanted(nowNanos, source);
        }
    }

    /// The peer says how much it can take of all video together.
    void onBandwidth(long bitsPerSecond) {
        bandwidth = bitsPerSecond;
        share();
    }

    /// All streams have the same share, for a stream cannot tell how much of its own would be too much for the others.
    private void share() {
        int watched = (sender.isWatched() ? 1 : 0) + gallery.watched();
        if (bandwidth > 0 && watched > 0) {
            sender.onBandwidth(bandwidth / watched);
            gallery.onBandwidth(bandwidth / watched);
        }
    }

    void stop() {
        sender.stop();
        gallery.stop();
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
        boolean sends = sender.report(nowNanos, report);
        if (!sends && received.started()) {
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
