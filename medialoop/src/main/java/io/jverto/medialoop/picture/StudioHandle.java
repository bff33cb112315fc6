package io.jverto.medialoop.picture;

import io.jverto.media.plan.Scene;
import io.jverto.medialoop.file.Filmed;
import io.jverto.medialoop.file.Projecting;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.MediaService.RoomSound;
import io.jverto.switchboard.port.StudioRef;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// A room's pictures as the room holds them. Thread-safe.
final class StudioHandle implements StudioRef {
    private static final AtomicLong FILMS = new AtomicLong();

    private final PictureThread thread;
    private final StudioLoop studio;
    private final Function<MediaRef, Optional<Tap>> taps;

    StudioHandle(PictureThread thread, StudioLoop studio, Function<MediaRef, Optional<Tap>> taps) {
        this.thread = thread;
        this.studio = studio;
        this.taps = taps;
    }

    @Override
    public void join(ChannelId channel, MediaRef media) {
        Optional<Tap> tap = taps.apply(media);
        if (tap.isEmpty()) {
            leave(channel);
        } else if (!thread.tell(new PictureCommand.Join(studio, channel.value(), tap.get()))) {
            tap.get().close();
        }
    }

    @Override
    public void leave(ChannelId channel) {
        thread.tell(new PictureCommand.Leave(studio, channel.value()));
    }

    @Override
    public void watch(ChannelId channel, OptionalInt canvas) {
        thread.tell(new PictureCommand.Watch(studio, channel.value(), canvas.orElse(Integer.MIN_VALUE)));
    }

    @Override
    public void limit(ChannelId channel, int bitsPerSecond, boolean small) {
        thread.tell(new PictureCommand.Limit(studio, channel.value(), bitsPerSecond, small));
    }

    @Override
    public void show(int canvas, Scene scene, int bitsPerSecond) {
        thread.tell(new PictureCommand.Show(studio, canvas, scene, bitsPerSecond));
    }

    @Override
    public void drop(int canvas) {
        thread.tell(new PictureCommand.Drop(studio, canvas));
    }

    @Override
    public void record(RoomSound recording, int canvas) {
        if (recording instanceof Filmed filmed) {
            String name = "film-" + FILMS.incrementAndGet();
            FilmTap tap = new FilmTap(filmed.film()::came, () -> thread.tell(new PictureCommand.Leave(studio, name)));
            if (thread.tell(new PictureCommand.Join(studio, name, tap))) {
                thread.tell(new PictureCommand.Watch(studio, name, canvas));
            }
            filmed.film().show(tap);
        }
    }

    @Override
    public void project(String source, RoomSound sound) {
        if (sound instanceof Projecting file && file.projector().isWanted()) {
            ScreenTap tap = new ScreenTap(() -> thread.tell(new PictureCommand.Leave(studio, source)));
            thread.tell(new PictureCommand.Join(studio, source, tap));
            file.projector().onto(tap);
        }
    }

    @Override
    public void snapshot(int canvas, Path file, boolean followLinks) {
        thread.tell(new PictureCommand.Snapshot(studio, canvas, file, followLinks));
    }

    @Override
    public void framesPerSecond(int framesPerSecond) {
        thread.tell(new PictureCommand.FramesPerSecond(studio, framesPerSecond));
    }

    @Override
    public void close() {
        thread.tell(new PictureCommand.Close(studio));
    }
}
