package io.jverto.medialoop;

import io.jverto.media.audio.MixSource;
import io.jverto.media.audio.PortListener;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.FilmReel;
import io.jverto.medialoop.file.Filmed;
import io.jverto.medialoop.file.Projecting;
import io.jverto.medialoop.file.Projector;
import io.jverto.medialoop.tick.AudioTicks;
import io.jverto.medialoop.tick.RoomSoundRef;
import io.jverto.medialoop.tick.TickMixerRef;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaService;
import java.util.Optional;
import java.util.function.Consumer;

/// A mixer as the switch holds it.
public record MixerHandle(TickMixerRef mixer, AudioTicks ticks) implements MediaService.MixerRef {
    private static final int SILENT = -50;
    private static final int LOUDEST = 50;
    private static final int ROOM_RATE = 48_000;

    @Override
    public String name() {
        return mixer.name();
    }

    @Override
    public Optional<MediaService.RoomSound> play(Sound sound, MediaService.Playing how, Consumer<PlaybackEnd> onEnd) {
        String only = how.only().map(ChannelId::value).orElse("");
        MixSource.How heard = new MixSource.How(only, how.alone(), factor(how.decibels()), how.position());
        return ticks.play(mixer, sound, heard, end -> onEnd.accept(end(end))).map(Handle::new);
    }

    @Override
    public Optional<MediaService.RoomSound> record(Recording recording, Consumer<RecordingEnd> onEnd) {
        return record(recording, "", onEnd);
    }

    @Override
    public Optional<MediaService.RoomSound> recordOne(ChannelId member, Recording recording, Consumer<RecordingEnd> onEnd) {
        return record(recording, member.value(), onEnd);
    }

    private Optional<MediaService.RoomSound> record(Recording recording, String only, Consumer<RecordingEnd> onEnd) {
        int rate = recording.rateHz() == 0 ? ROOM_RATE : recording.rateHz();
        return ticks.record(mixer, recording, only, rate, (how, millis, samples) -> onEnd.accept(new RecordingEnd(CallFiles.cause(how), millis, samples)))
                .map(Handle::new);
    }

    @Override
    public void close() {
        mixer.close();
    }

    private static PlaybackEnd end(PortListener.End end) {
        return switch (end) {
            case DETACHED, FINISHED -> PlaybackEnd.PLAYED;
            case BROKEN, FAILED -> PlaybackEnd.BROKEN;
        };
    }

    private static float factor(int decibels) {
        return decibels <= SILENT ? 0 : (float) Math.pow(10, Math.min(decibels, LOUDEST) / 20.0);
    }

    private static final class Handle implements MediaService.RoomSound, Filmed, Projecting {
        private final RoomSoundRef ref;
        private Optional<CallMedia> shown = Optional.empty(); // guarded by this
        private Optional<Screened> screened = Optional.empty(); // guarded by this

        /// A film that goes into the recording.
        private record Screened(Projector projector, FilmReel reel) {}

        Handle(RoomSoundRef ref) {
            this.ref = ref;
        }

        @Override
        public Film film() {
            return ref.film();
        }

        @Override
        public Projector projector() {
            return ref.projector();
        }

        @Override
        public synchronized void show(Optional<MediaService.MediaRef> source) {
            shown.ifPresent(before -> before.film(film(), false));
            shown = source.filter(CallMedia.class::isInstance).map(CallMedia.class::cast);
            shown.ifPresent(now -> now.film(film(), true));
        }

        @Override
        public synchronized void screen(Optional<MediaService.RoomSound> playing) {
            screened.ifPresent(before -> {
                before.projector().off(before.reel());
                film().show(null);
            });
            screened = playing.filter(Projecting.class::isInstance).map(sound -> new Screened(((Projecting) sound).projector(), new FilmReel(film())));
            screened.ifPresent(now -> now.projector().also(now.reel()));
        }

        @Override
        public void pause(boolean paused) {
            ref.pause(paused);
        }

        @Override
        public int millis() {
            return ref.millis();
        }

        @Override
        public void stop() {
            ref.stop();
        }
    }
}
