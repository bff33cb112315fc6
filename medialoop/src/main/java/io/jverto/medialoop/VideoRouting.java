package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.transport.VideoLink;
import io.jverto.medialoop.CallMedia.Screening;
import io.jverto.medialoop.file.Projector;
import io.jverto.medialoop.file.Screen;
import io.jverto.medialoop.tick.PlaybackRef;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose video each channel watches. It follows from where its sound is: who talks with it, itself in an echo, whom a room shows it. Guarded by the
/// [Routing] that it belongs to.
final class VideoRouting {
    private VideoRouting() {}

    /// What a channel watches at the moment.
    ///
    /// @param source whose video
    /// @param plans what both agreed on when it began
    record Watching(CallMedia source, VideoLink link, VideoPlan of, VideoPlan by) {
        boolean isFrom(CallMedia other, VideoPlan theirs, VideoPlan ours) {
            return source == other && of.format().fits(theirs.format()) && by.format().fits(ours.format())
                    && of.receiving() == theirs.receiving() && by.sending() == ours.sending();
        }
    }

    /// A member in a gallery.
    ///
    /// @param height pixels of the place that it has there, 0 when that is not known
    record Shown(CallMedia member, int height) {}

    /// Whom a channel sees while it is in a room.
    static void show(CallMedia viewer, Optional<CallMedia> source) {
        Set<CallMedia> before = seen(viewer);
        viewer.state.shown = source.filter(one -> !one.state.closed && !viewer.state.closed);
        seesOthers(viewer, before);
    }

    /// Whom a channel sees on the lines of its gallery while it is in a room.
    static void showGallery(CallMedia viewer, Map<Integer, Shown> members) {
        Set<CallMedia> before = seen(viewer);
        Map<Integer, Shown> shown = new HashMap<>(members);
        shown.values().removeIf(one -> one.member().state.closed || viewer.state.closed);
        viewer.state.gallery = Map.copyOf(shown);
        seesOthers(viewer, before);
        viewer.state.watching.forEach((line, watching) -> watching.link().height(height(viewer, line)));
    }

    /// @return pixels, 0 when nothing is known
    private static int height(CallMedia viewer, int line) {
        Shown shown = viewer.state.gallery.get(line);
        return shown == null ? 0 : shown.height();
    }

    private static Set<CallMedia> seen(CallMedia viewer) {
        Set<CallMedia> seen = viewer.state.gallery.values().stream().map(Shown::member).collect(Collectors.toCollection(HashSet::new));
        viewer.state.shown.ifPresent(seen::add);
        return seen;
    }

    private static void seesOthers(CallMedia viewer, Set<CallMedia> before) {
        before.forEach(source -> source.state.seenBy.remove(viewer));
        seen(viewer).forEach(source -> source.state.seenBy.add(viewer));
        update(viewer);
    }

    /// Who sees whom has perhaps changed, for the channel and for those who may see it.
    static void changed(CallMedia call) {
        update(call);
        Filming.changed(call);
        if (call.state.wish instanceof CallMedia.Wish.Bridged(CallMedia peer)) {
            update(peer);
        }
        List.copyOf(call.state.seenBy).forEach(VideoRouting::update);
    }

    /// The channel is gone.
    static void close(CallMedia call) {
        Filming.close(call);
        film(call, Optional.empty());
        show(call, Optional.empty());
        showGallery(call, Map.of());
        List.copyOf(call.state.seenBy).forEach(viewer -> seesNoMore(viewer, call));
    }

    private static void seesNoMore(CallMedia viewer, CallMedia gone) {
        Map<Integer, Shown> stay = new HashMap<>(viewer.state.gallery);
        stay.values().removeIf(one -> one.member() == gone);
        Set<CallMedia> before = seen(viewer);
        viewer.state.gallery = Map.copyOf(stay);
        viewer.state.shown = viewer.state.shown.filter(member -> member != gone);
        seesOthers(viewer, before);
    }

    /// Lets a channel see what it should, on all its lines.
    private static void update(CallMedia viewer) {
        Map<Integer, VideoPlan> lines = lines(viewer);
        Set<Integer> all = new TreeSet<>(lines.keySet());
        all.addAll(viewer.state.watching.keySet());
        viewer.state.screening.ifPresent(_ -> all.add(VideoLink.MAIN));
        all.forEach(line -> update(viewer, line, Optional.ofNullable(lines.get(line))));
    }

    private static Map<Integer, VideoPlan> lines(CallMedia viewer) {
        Map<Integer, VideoPlan> lines = new HashMap<>();
        viewer.state.plan.ifPresent(plan -> {
            plan.video().ifPresent(main -> lines.put(VideoLink.MAIN, main));
            plan.gallery().forEach(line -> lines.put(line.number(), line.plan()));
        });
        return lines;
    }

    private static void update(CallMedia viewer, int line, Optional<VideoPlan> plan) {
        if (line == VideoLink.MAIN && screens(viewer, plan)) {
            return;
        }
        Optional<CallMedia> wanted = plan.flatMap(ours -> wanted(viewer, line).filter(source -> canBeSeen(source, ours)));
        Optional<Watching> now = Optional.ofNullable(viewer.state.watching.get(line));
        if (wanted.isEmpty()) {
            now.ifPresent(_ -> tell(viewer, line, Optional.empty()));
            viewer.state.watching.remove(line);
            return;
        }
        CallMedia source = wanted.get();
        VideoPlan ours = plan.orElseThrow();
        VideoPlan theirs = video(source).orElseThrow();
        if (now.filter(one -> one.isFrom(source, theirs, ours)).isPresent()) {
            return;
        }
        VideoLink link = link(source, viewer, line);
        link.height(height(viewer, line));
        viewer.state.watching.put(line, new Watching(source, link, theirs, ours));
        tell(viewer, line, Optional.of(link));
        source.transport().loop().tell(new LoopCommand.Show(source.transport(), link));
    }

    /// Lets it see the file that plays to it, or no more.
    ///
    /// @return whether it sees one
    private static boolean screens(CallMedia viewer, Optional<VideoPlan> plan) {
        Optional<Projector> wanted = projector(viewer).filter(_ -> plan.filter(VideoPlan::sending).isPresent());
        Optional<Screening> now = viewer.state.screening;
        boolean same = wanted.isPresent()
                && now.filter(one -> one.projector() == wanted.get() && one.by().format().fits(plan.orElseThrow().format())).isPresent();
        if (!same) {
            now.ifPresent(one -> {
                one.projector().off(one.screen());
                tell(viewer, VideoLink.MAIN, Optional.empty());
            });
            viewer.state.screening = wanted.map(projector -> begin(viewer, projector, plan.orElseThrow()));
        }
        return wanted.isPresent();
    }

    private static Screening begin(CallMedia viewer, Projector projector, VideoPlan plan) {
        VideoLink link = VideoLink.outside(viewer.transport().transport(), viewer.transport().loop().fedSignal());
        viewer.state.watching.remove(VideoLink.MAIN);
        tell(viewer, VideoLink.MAIN, Optional.of(link));
        Screen screen = new LinkScreen(viewer.transport().channel(), plan.format(), link);
        projector.also(screen);
        return new Screening(projector, plan, screen);
    }

    private static Optional<Projector> projector(CallMedia viewer) {
        if (viewer.state.closed || viewer.state.paused) {
            return Optional.empty();
        }
        AudioRoute route = viewer.state.meanwhile.orElse(viewer.state.wish instanceof CallMedia.Wish.Routed(AudioRoute wish) ? wish : new AudioRoute.Silent());
        return route instanceof AudioRoute.Mix ? viewer.state.film : Optional.ofNullable(viewer.state.playbacks.get(route)).flatMap(PlaybackRef::projector);
    }

    /// The film that a channel sees while it is in a room, instead of whom it sees there.
    static void film(CallMedia viewer, Optional<Projector> film) {
        viewer.state.film = film.filter(one -> one.isWanted() && !viewer.state.closed);
        update(viewer);
    }

    private record LinkScreen(ChannelId channel, VideoFormat format, VideoLink link) implements Screen {
        private static final Logger log = LoggerFactory.getLogger(VideoRouting.class);

        /// A file of H.264 has units that are too long for packets of mode 0 (RFC 6184 section 6.2).
        @Override
        public boolean takes(VideoCodec codec) {
            boolean fits = codec == format.codec() && (codec != VideoCodec.H264 || format.parameters().getOrDefault("packetization-mode", "0").equals("1"));
            if (!fits) {
                log.info("channel {}: a film plays in {}, and it has {}: it only hears it", channel, codec, format.codec());
            }
            return fits;
        }

        @Override
        public PacketRing ring() {
            return Objects.requireNonNull(link.ring());
        }

        @Override
        public void came() {
            link.wakeViewer();
        }

        @Override
        public boolean takeKeyFrameWish() {
            return link.takeKeyFrameWish();
        }

        @Override
        public void close() {
            link.close();
        }
    }

    private static VideoLink link(CallMedia source, CallMedia viewer, int line) {
        LoopTransport from = source.transport();
        LoopTransport to = viewer.transport();
        return from.loop() == to.loop()
                ? VideoLink.near(from.transport(), to.transport(), line)
                : VideoLink.across(from.transport(), to.transport(), line, to.loop().fedSignal());
    }

    private static void tell(CallMedia viewer, int line, Optional<VideoLink> link) {
        viewer.transport().loop().tell(new LoopCommand.Watch(viewer.transport(), line, link));
    }

    private static Optional<CallMedia> wanted(CallMedia viewer, int line) {
        return line == VideoLink.MAIN ? wanted(viewer) : member(viewer, viewer.state.gallery.get(line));
    }

    private static Optional<CallMedia> member(CallMedia viewer, @Nullable Shown shown) {
        boolean mixed = viewer.state.wish instanceof CallMedia.Wish.Routed(AudioRoute.Mix _);
        boolean there = mixed && !viewer.state.closed && !viewer.state.paused && viewer.state.meanwhile.isEmpty();
        return there ? Optional.ofNullable(shown).map(Shown::member) : Optional.empty();
    }

    private static Optional<CallMedia> wanted(CallMedia viewer) {
        if (viewer.state.closed || viewer.state.paused || viewer.state.meanwhile.isPresent()) {
            return Optional.empty();
        }
        return switch (viewer.state.wish) {
            case CallMedia.Wish.Bridged(CallMedia peer) -> Optional.of(peer);
            case CallMedia.Wish.Routed(AudioRoute.Echo _) -> Optional.of(viewer);
            case CallMedia.Wish.Routed(AudioRoute.Mix _) -> viewer.state.shown;
            case CallMedia.Wish.Routed(AudioRoute _) -> Optional.empty();
        };
    }

    /// Not while it is held or hears something else; and only what the viewer can read.
    private static boolean canBeSeen(CallMedia source, VideoPlan ours) {
        boolean there = !source.state.closed && !source.state.paused && source.state.meanwhile.isEmpty();
        Optional<VideoPlan> theirs = video(source);
        return there && theirs.filter(plan -> plan.format().fits(ours.format())).isPresent();
    }

    static Optional<VideoPlan> video(CallMedia call) {
        return call.state.plan.flatMap(MediaPlan::video);
    }
}
