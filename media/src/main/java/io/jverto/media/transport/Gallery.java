package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.rtp.RtcpWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The streams of single members that a peer watches beside its first one, each on a line of its own. A line that was there once keeps its SSRC
/// and its sequence numbers, whoever is on it.
@OwnedBy(Role.MEDIA_LOOP)
final class Gallery {
    private final TransportShared shared;
    private final SecureLink link;
    private final LiveStats stats;
    private final TransportSetup setup;
    private final TransportOutput output;
    private final List<Line> lines = new ArrayList<>();

    private record Line(int number, VideoSender sender) {}

    Gallery(TransportShared shared, SecureLink link, LiveStats stats, TransportSetup setup, TransportOutput output) {
        this.shared = shared;
        this.link = link;
        this.stats = stats;
        this.setup = setup;
        this.output = output;
    }

    /// @param plans those that there are from now on; others are silent
    void apply(List<GalleryLine> plans) {
        for (Line line : lines) {
            if (plans.stream().noneMatch(plan -> plan.number() == line.number)) {
                line.sender.apply(line.sender.plan().silent());
            }
        }
        for (GalleryLine plan : plans) {
            VideoSender there = find(plan.number());
            if (there != null) {
                there.apply(plan.plan());
            } else if (lines.size() < GalleryLine.MAX_LINES) {
                lines.add(new Line(plan.number(), new VideoSender(
                        shared, link, stats, setup.gallerySsrc(plan.number()), setup.galleryRtxSsrc(plan.number()), plan.plan(), output)));
            }
        }
    }

    private @Nullable VideoSender find(int number) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).number == number) {
                return lines.get(i).sender;
            }
        }
        return null;
    }

    void source(long nowNanos, int number, @Nullable VideoLink from) {
        VideoSender sender = find(number);
        if (sender != null) {
            sender.source(nowNanos, from);
        } else if (from != null) {
            from.close();
        }
    }

    void onPacket(long nowNanos, VideoLink from, boolean key, byte[] bytes, int offset, int length) {
        VideoSender sender = find(from.line());
        if (sender != null) {
            sender.onPacket(nowNanos, from, key, bytes, offset, length);
        }
    }

    void onFed(long nowNanos) {
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).sender.onFed(nowNanos);
        }
    }

    boolean isFed() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).sender.isFed()) {
                return true;
            }
        }
        return false;
    }

    void onNack(long nowNanos, int source, int first, int following) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).sender.ssrc() == source) {
                lines.get(i).sender.onNack(nowNanos, first, following);
            }
        }
    }

    void onKeyFrameWanted(long nowNanos, int source) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).sender.ssrc() == source) {
                lines.get(i).sender.onKeyFrameWanted(nowNanos);
            }
        }
    }

    /// @return how many lines have somebody on them
    int watched() {
        return (int) lines.stream().filter(line -> line.sender.isWatched()).count();
    }

    /// Tells where each of them comes from.
    void watch(Consumer<VideoLink> tell) {
        lines.forEach(line -> line.sender.watched().ifPresent(tell));
    }

    /// @return what was sent on all of them
    long bytes() {
        return lines.stream().mapToLong(line -> line.sender.bytes()).sum();
    }

    /// @param bitsPerSecond of each of them
    void onBandwidth(long bitsPerSecond) {
        lines.forEach(line -> line.sender.onBandwidth(bitsPerSecond));
    }

    /// Adds a report for each stream that sent something since the last one.
    void report(long nowNanos, RtcpWriter report, byte[] cname) {
        for (Line line : lines) {
            if (line.sender.report(nowNanos, report)) {
                report.cname(line.sender.ssrc(), cname);
            }
        }
    }

    void stop() {
        lines.forEach(line -> line.sender.stop());
    }
}
