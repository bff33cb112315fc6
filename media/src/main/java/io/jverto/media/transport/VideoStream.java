package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.RtcpWriter;
import io.jverto.media.video.LayerChoice;
import io.jverto.media.video.ViewerBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The video of one transport, both ways, and its part of the reports.
@OwnedBy(Role.MEDIA_LOOP)
final class VideoStream {
    /// How often sizes are chosen anew, while packets come of a camera that has several.
    private static final long CHOOSE_NANOS = 200_000_000L;
    private static final long MEASURE_NANOS = 1_000_000_000L;

    private final int ssrc;
    private final Camera receiver;
    private final VideoSender sender;
    private final Gallery gallery;

    private final ViewerBudget budget = new ViewerBudget();
    /// Of all video that the peer gets, in bits a second; 0 while it does not say.
    private long bandwidth;
    private long chooseNanos = Long.MIN_VALUE;
    private long measuredNanos;
    private long measuredBytes;
    private int sentKbps;

    VideoStream(TransportShared shared, SecureLink link, LiveStats stats, TransportSetup setup, VideoPlan plan, TransportOutput output) {
        this.ssrc = setup.videoSsrc();
        this.receiver = new Camera(shared, link, stats, ssrc, plan);
        this.sender = new VideoSender(shared, link, stats, setup.videoSsrc(), setup.rtxSsrc(), plan, output);
        this.gallery = new Gallery(shared, link, stats, setup, output);
    }

    /// @param simulcast the sizes in which the peer's camera comes, null for one
    void apply(VideoPlan plan, List<GalleryLine> lines, @Nullable SimulcastPlan simulcast) {
        receiver.apply(plan, simulcast);
        sender.apply(plan);
        gallery.apply(lines);
    }

    /// @return its plan when the peer takes the video away: nothing either way
    VideoPlan silent() {
        return receiver.plan().silent();
    }

    Camera receiver() {
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
            if (link != null) {
                link.wantLayer(0); // the first picture comes soonest so; better ones follow as they fit
            }
        }
        chooseNanos = Long.MIN_VALUE;
        share();
    }

    /// A packet of what is watched.
    void onPacket(long nowNanos, VideoLink from, boolean key, byte[] bytes, int offset, int length) {
        if (from.line() == VideoLink.MAIN) {
            sender.onPacket(nowNanos, from, key, bytes, offset, length);
        } else {
            gallery.onPacket(nowNanos, from, key, bytes, offset, length);
        }
        chooseWhenDue(nowNanos);
    }

    void onFed(long nowNanos) {
        sender.onFed(nowNanos);
        gallery.onFed(nowNanos);
        chooseWhenDue(nowNanos);
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
    void onBandwidth(long nowNanos, long bitsPerSecond) {
        bandwidth = bitsPerSecond;
        measure(nowNanos);
        budget.onReport(nowNanos, (int) Math.min(Integer.MAX_VALUE, bitsPerSecond / 1_000), sentKbps);
        share();
    }

    private void chooseWhenDue(long nowNanos) {
        if (chooseNanos == Long.MIN_VALUE || nowNanos - chooseNanos >= 0) {
            chooseNanos = nowNanos + CHOOSE_NANOS;
            choose(nowNanos);
        }
    }

    /// Chooses the sizes of all that the peer watches, where it comes in several.
    private void choose(long nowNanos) {
        List<VideoLink> links = new ArrayList<>();
        sender.watched().filter(link -> link.layers().size() > 1).ifPresent(links::add);
        gallery.watch(link -> {
            if (link.layers().size() > 1) {
                links.add(link);
            }
        });
        if (links.isEmpty()) {
            return;
        }
        measure(nowNanos);
        int can = budget.kbps(nowNanos, sentKbps);
        int may = sender.plan().maxSendKbps();
        int most = can == 0 || may == 0 ? Math.max(can, may) : Math.min(can, may);
        int[] chosen = LayerChoice.choose(
                links.stream().map(link -> new LayerChoice.Picture(link.layers(), link.height(), link.wantedLayer())).toList(), most);
        for (int i = 0; i < chosen.length; i++) {
            links.get(i).wantLayer(chosen[i]);
        }
    }

    private void measure(long nowNanos) {
        if (nowNanos - measuredNanos >= MEASURE_NANOS) {
            long bytes = sender.bytes() + gallery.bytes();
            sentKbps = (int) Math.min(Integer.MAX_VALUE, (bytes - measuredBytes) * 8_000_000L / (nowNanos - measuredNanos));
            measuredBytes = bytes;
            measuredNanos = nowNanos;
        }
    }

    /// All streams of one size have the same share, for a stream cannot tell how much of its own would be too much for the others.
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
        boolean sends = sender.report(nowNanos, report);
        if (!sends && receiver.hasCome()) {
            report.receiverReport(ssrc);
        }
        receiver.report(nowNanos, report);
    }

    /// @param ntp by the peer's clock
    /// @param ours the same instant by ours
    void onSenderReport(long nowNanos, int from, long ntp, long ours, int timestamp) {
        receiver.onSenderReport(nowNanos, from, ntp, new VideoLink.SenderClock(ours, timestamp));
    }
}
