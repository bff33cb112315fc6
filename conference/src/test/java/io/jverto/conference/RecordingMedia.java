package io.jverto.conference;

import io.jverto.base.Broken;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.plan.Voice;
import io.jverto.portkit.IdleMedia;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.StudioRef;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A [MediaService] without media: it keeps what it was told, for tests to read.
class RecordingMedia implements MediaService {
    final List<Mixer> mixers = new CopyOnWriteArrayList<>();
    final List<RecordingStudio> studios = new CopyOnWriteArrayList<>();
    /// Whether the library is there that decodes pictures.
    volatile boolean hasStudios = true;

    @Override
    public Optional<MediaRef> open(ChannelId channel, Optional<InetAddress> peer, MediaRules rules, MediaListener listener) {
        return Optional.of(new Media());
    }

    @Override
    public Wired openWire(ChannelId one, MediaListener ofOne, ChannelId other, MediaListener ofOther) {
        throw new UnsupportedOperationException("no loopback here");
    }

    @Override
    public MixerRef openMixer(String name, int rateHz, int channels, int noise) {
        Mixer mixer = new Mixer(name, rateHz, channels, noise);
        mixers.add(mixer);
        return mixer;
    }

    @Override
    public Optional<StudioRef> openStudio(String name, int framesPerSecond) {
        if (!hasStudios) {
            return Optional.empty();
        }
        RecordingStudio studio = new RecordingStudio(framesPerSecond);
        studios.add(studio);
        return Optional.of(studio);
    }

    @Override
    public void bridge(MediaRef one, MediaRef other) {
        throw new Broken("rooms bridge nobody");
    }

    List<Mixer> openMixers() {
        return mixers.stream().filter(mixer -> !mixer.closed).toList();
    }

    static final class Mixer implements MixerRef {
        final String name;
        final int rateHz;
        final int channels;
        final int noise;
        volatile boolean closed;
        final List<Heard> sounds = new CopyOnWriteArrayList<>();
        final List<Heard> recordings = new CopyOnWriteArrayList<>();
        private final List<Recording.Tags> tags = new CopyOnWriteArrayList<>();

        Mixer(String name, int rateHz, int channels, int noise) {
            this.noise = noise;
            this.name = name;
            this.rateHz = rateHz;
            this.channels = channels;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<RoomSound> play(Sound sound, Playing how, Consumer<MediaListener.PlaybackEnd> onEnd) {
            Heard heard = new Heard(sound, how, onEnd, _ -> {});
            sounds.add(heard);
            return Optional.of(heard);
        }

        @Override
        public Optional<RoomSound> record(Recording recording, Consumer<MediaListener.RecordingEnd> onEnd) {
            Heard heard = new Heard(new Sound.File(recording.path(), 0), Playing.TO_ALL, _ -> {}, onEnd);
            tags.add(recording.tags());
            recordings.add(heard);
            return Optional.of(heard);
        }

        @Override
        public Optional<RoomSound> recordOne(ChannelId member, Recording recording, Consumer<MediaListener.RecordingEnd> onEnd) {
            Heard heard = new Heard(new Sound.File(recording.path(), 0), Playing.to(member), _ -> {}, onEnd);
            recordings.add(heard);
            return Optional.of(heard);
        }

        /// @return what sounds in it at the moment
        List<Sound> sounding() {
            return sounds.stream().filter(heard -> !heard.over).map(heard -> heard.sound).toList();
        }

        /// @return of the files that were recorded of it
        List<Recording.Tags> tags() {
            return List.copyOf(tags);
        }

        /// @return what is recorded of it at the moment
        List<Heard> recording() {
            return recordings.stream().filter(heard -> !heard.over).toList();
        }

        @Override
        public void close() {
            closed = true;
            sounds.forEach(Heard::stop);
            recordings.forEach(Heard::stop);
        }
    }

    /// A sound in a mixer, or a recording of it. It lasts until the test or the room ends it.
    static final class Heard implements RoomSound {
        final Sound sound;
        final Playing how;
        private final Consumer<MediaListener.PlaybackEnd> onEnd;
        private final Consumer<MediaListener.RecordingEnd> onRecorded;
        volatile boolean paused;
        /// Whose video goes into it.
        volatile Optional<MediaRef> shown = Optional.empty();
        volatile boolean over;
        volatile int millis = 1_000;

        Heard(Sound sound, Playing how, Consumer<MediaListener.PlaybackEnd> onEnd, Consumer<MediaListener.RecordingEnd> onRecorded) {
            this.sound = sound;
            this.how = how;
            this.onEnd = onEnd;
            this.onRecorded = onRecorded;
        }

        @Override
        public void show(Optional<MediaRef> source) {
            shown = source;
        }

        /// What film goes into it.
        volatile Optional<RoomSound> film = Optional.empty();

        @Override
        public void screen(Optional<RoomSound> playing) {
            film = playing;
        }

        @Override
        public void pause(boolean now) {
            paused = now;
        }

        @Override
        public int millis() {
            return millis;
        }

        @Override
        public void stop() {
            end(MediaListener.PlaybackEnd.PLAYED);
        }

        void end(MediaListener.PlaybackEnd how) {
            if (!over) {
                over = true;
                onEnd.accept(how);
                onRecorded.accept(new MediaListener.RecordingEnd(MediaListener.RecordingEnd.How.STOPPED, millis, millis * 48L));
            }
        }
    }

    static class Media extends IdleMedia {
        final StringBuffer digits = new StringBuffer();
        private final List<AudioRoute> routes = new ArrayList<>();
        volatile Voice voice = Voice.NONE;
        /// What its call agreed on.
        volatile Optional<VideoPlan> video = Optional.empty();
        /// Whom it sees.
        volatile Optional<MediaRef> shown = Optional.empty();

        @Override
        public Optional<VideoPlan> video() {
            return video;
        }

        @Override
        public void show(Optional<MediaRef> source) {
            shown = source;
        }

        /// The film that it sees.
        volatile Optional<RoomSound> film = Optional.empty();

        @Override
        public void screen(Optional<RoomSound> now) {
            film = now;
        }

        /// Lines of its gallery, and whom it sees on them.
        volatile List<GalleryLine> gallery = List.of();
        volatile Map<Integer, Tile> members = Map.of();

        @Override
        public List<GalleryLine> gallery() {
            return gallery;
        }

        @Override
        public void showGallery(Map<Integer, Tile> shown) {
            members = shown;
        }

        @Override
        public LocalMedia local() {
            throw new Broken("rooms need no SDP");
        }

        @Override
        public LocalMedia renew() {
            return local();
        }

        @Override
        public void apply(MediaPlan plan) {
            throw new Broken("rooms negotiate nothing");
        }

        @Override
        public synchronized void route(AudioRoute route) {
            routes.add(route);
        }

        synchronized AudioRoute route() {
            return routes.isEmpty() ? new AudioRoute.Silent() : routes.getLast();
        }

        synchronized List<AudioRoute> routes() {
            return List.copyOf(routes);
        }

        @Override
        public boolean sendDtmf(char digit, int durationMillis) {
            digits.append(digit);
            return true;
        }

        @Override
        public Voice voice() {
            return voice;
        }

        @Override
        public void close() {
            route(new AudioRoute.Silent());
        }
    }
}
