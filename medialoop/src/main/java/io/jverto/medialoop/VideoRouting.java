package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.transport.VideoLink;
import io.jverto.medialoop.CallMedia.Screening;
import io.jverto.medialoop.file.Projector;
import io.jverto.medialoop.file.Screen;
import io.jverto.medialoop.tick.PlaybackRef;
import io.jverto.switchboard.port.AudioRoute;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    /// Whom a channel sees while it is in a room.
    static void show(CallMedia viewer, Optional<CallMedia> source) {
        viewer.state.shown.ifPresent(before -> before.state.seenBy.remove(viewer));
        viewer.state.shown = source.filter(one -> !one.state.closed && !viewer.state.closed);
        viewer.state.shown.ifPresent(now -> now.state.seenBy.add(viewer));
        update(viewer);
    }

    /// Who sees whom has perhaps changed, for the channel and for those who may see it.
    static void changed(CallMedia call) {
        update(call);
        Filming.changed(call);
        if (call.state.wish instanceof CallMedia.Wish.Bridged(CallMedia peer)) {
            update(peer);
        }
        call.state.seenBy.forEach(VideoRouting::update);
    }

    /// The channel is gone.
    static void close(CallMedia call) {
        Filming.close(call);
        show(call, Optional.empty());
        List.copyOf(call.state.seenBy).forEach(viewer -> show(viewer, Optional.empty()));
    }

    /// Lets a channel see what it should.
    private static void update(CallMedia viewer) {
        if (screens(viewer)) {
            return;
        }
        Optional<CallMedia> wanted = wanted(viewer).filter(source -> canBeSeen(source, viewer));
        Optional<Watching> now = viewer.state.watching;
        if (wanted.isEmpty()) {
            now.ifPresent(_ -> tell(viewer, Optional.empty()));
            viewer.state.watching = Optional.empty();
            return;
        }
        CallMedia source = wanted.get();
        if (now.filter(one -> one.isFrom(source, video(source).orElseThrow(), video(viewer).orElseThrow())).isPresent()) {
            return;
        }
        VideoLink link = link(source, viewer);
        viewer.state.watching = Optional.of(new Watching(source, link, video(source).orElseThrow(), video(viewer).orElseThrow()));
        tell(viewer, Optional.of(link));
        source.transport().loop().tell(new LoopCommand.Show(source.transport(), link));
    }

    /// Lets it see the file that plays to it, or no more.
    ///
    /// @return whether it sees one
    private static boolean screens(CallMedia viewer) {
        Optional<Screening> wanted = projector(viewer).flatMap(projector -> video(viewer)
                .filter(plan -> plan.sending() && plan.codec() == VideoCodec.VP8).map(plan -> new Screening(projector, plan)));
        Optional<Screening> now = viewer.state.screening;
        boolean same = wanted.isPresent() && now.filter(one -> one.projector() == wanted.get().projector() && one.by().format().fits(wanted.get().by().format())).isPresent();
        if (!same) {
            viewer.state.screening = wanted;
            now.ifPresent(_ -> tell(viewer, Optional.empty()));
            wanted.ifPresent(one -> {
                VideoLink link = VideoLink.outside(viewer.transport().transport(), viewer.transport().loop().fedSignal());
                viewer.state.watching = Optional.empty();
                tell(viewer, Optional.of(link));
                one.projector().onto(new LinkScreen(link));
            });
        }
        return wanted.isPresent();
    }

    private static Optional<Projector> projector(CallMedia viewer) {
        if (viewer.state.closed || viewer.state.paused) {
            return Optional.empty();
        }
        AudioRoute route = viewer.state.meanwhile.orElse(viewer.state.wish instanceof CallMedia.Wish.Routed(AudioRoute wish) ? wish : new AudioRoute.Silent());
        return Optional.ofNullable(viewer.state.playbacks.get(route)).flatMap(PlaybackRef::projector);
    }

    private record LinkScreen(VideoLink link) implements Screen {
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

    private static VideoLink link(CallMedia source, CallMedia viewer) {
        LoopTransport from = source.transport();
        LoopTransport to = viewer.transport();
        return from.loop() == to.loop()
                ? VideoLink.near(from.transport(), to.transport())
                : VideoLink.across(from.transport(), to.transport(), to.loop().fedSignal());
    }

    private static void tell(CallMedia viewer, Optional<VideoLink> link) {
        viewer.transport().loop().tell(new LoopCommand.Watch(viewer.transport(), link));
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
    private static boolean canBeSeen(CallMedia source, CallMedia viewer) {
        boolean there = !source.state.closed && !source.state.paused && source.state.meanwhile.isEmpty();
        Optional<VideoPlan> theirs = video(source);
        Optional<VideoPlan> ours = video(viewer);
        return there && theirs.isPresent() && ours.isPresent() && theirs.get().format().fits(ours.get().format());
    }

    static Optional<VideoPlan> video(CallMedia call) {
        return call.state.plan.flatMap(MediaPlan::video);
    }
}
