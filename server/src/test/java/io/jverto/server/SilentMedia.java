package io.jverto.server;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.media.audio.SoundSource;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoPlan;
import io.jverto.portkit.IdleMedia;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.StudioRef;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The media edge without packets, for recordings have none: every peer's media comes up at once, sounds last as long as the real
/// ones, and people talk when the test says so.
final class SilentMedia implements MediaService {
    /// A minute: more than any recording plays a sound.
    private static final int MAX_FRAMES = 50 * 60;
    private static final long FRAME_NANOS = 20_000_000;

    private final TimeSource time;
    private final Map<ChannelId, Media> open = new ConcurrentHashMap<>();

    SilentMedia(TimeSource time) {
        this.time = time;
    }

    /// @return what was agreed with the client of a call last
    Optional<MediaPlan> plan(String call) {
        return Optional.ofNullable(open.get(new ChannelId(call))).flatMap(media -> media.plan);
    }

    /// Whoever has the call begins or ends to speak.
    void talk(String call, boolean talking) {
        Optional.ofNullable(open.get(new ChannelId(call)))
                .filter(media -> !(media.route instanceof AudioRoute.Mix mix && mix.muted()))
                .ifPresent(media -> media.listener.onTalking(talking));
    }

    @Override
    public Optional<MediaRef> open(ChannelId channel, Optional<InetAddress> peer, MediaRules rules, MediaListener listener) {
        Media media = new Media(channel, listener);
        open.put(channel, media);
        return Optional.of(media);
    }

    @Override
    public Wired openWire(ChannelId one, MediaListener ofOne, ChannelId other, MediaListener ofOther) {
        throw new UnsupportedOperationException("no loopback here");
    }

    @Override
    public MixerRef openMixer(String name, int rateHz, int channels, int noise) {
        return new Mixer(name);
    }

    /// Rooms have canvases, on which nobody looks.
    @Override
    public Optional<StudioRef> openStudio(String name, int framesPerSecond) {
        return Optional.of(new Studio());
    }

    @Override
    public void bridge(MediaRef one, MediaRef other) {}

    private record Studio() implements StudioRef {
        @Override
        public void join(ChannelId channel, MediaRef media) {}

        @Override
        public void leave(ChannelId channel) {}

        @Override
        public void watch(ChannelId channel, OptionalInt canvas) {}

        @Override
        public void limit(ChannelId channel, int bitsPerSecond, boolean small) {}

        @Override
        public void show(int canvas, Scene scene, int bitsPerSecond) {}

        @Override
        public void drop(int canvas) {}

        @Override
        public void snapshot(int canvas, Path file, boolean followLinks) {}

        @Override
        public void framesPerSecond(int framesPerSecond) {}

        @Override
        public void close() {}
    }

    private record Mixer(String name) implements MixerRef {
        @Override
        public Optional<RoomSound> recordOne(ChannelId member, Recording recording, Consumer<MediaListener.RecordingEnd> onEnd) {
            return Optional.empty();
        }

        @Override
        public Optional<RoomSound> play(Sound sound, Playing how, Consumer<MediaListener.PlaybackEnd> onEnd) {
            return Optional.empty();
        }

        @Override
        public Optional<RoomSound> record(Recording recording, Consumer<MediaListener.RecordingEnd> onEnd) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    private final class Media extends IdleMedia {
        private final ChannelId channel;
        private final MediaListener listener;
        private volatile AudioRoute route = new AudioRoute.Silent();
        private volatile Optional<AudioRoute> interrupted = Optional.empty();
        private volatile boolean digits;
        private volatile Optional<MediaPlan> plan = Optional.empty();
        private volatile Optional<VideoPlan> video = Optional.empty();

        Media(ChannelId channel, MediaListener listener) {
            this.channel = channel;
            this.listener = listener;
        }

        @Override
        public void apply(MediaPlan agreed) {
            plan = Optional.of(agreed);
            video = agreed.video();
            digits = agreed.audio().telephoneEventPayloadType() >= 0;
            listener.onConnected();
        }

        @Override
        public Optional<VideoPlan> video() {
            return video;
        }

        @Override
        public void route(AudioRoute next) {
            if (interrupted.isPresent()) {
                interrupted = Optional.of(next);
            } else {
                sound(next);
            }
        }

        private void sound(AudioRoute next) {
            route = next;
            switch (next) {
                case AudioRoute.Play play -> time.start("playback", () -> playback(play));
                // Like the real one: who is muted does not talk.
                case AudioRoute.Mix mix when mix.muted() -> listener.onTalking(false);
                case AudioRoute.Mix _, AudioRoute.Silent _, AudioRoute.Echo _, AudioRoute.Record _, AudioRoute.Listen _ -> { }
            }
        }

        private void playback(AudioRoute.Play play) {
            int frames = frames(play.sound());
            if (frames < MAX_FRAMES) {
                Mailbox<Boolean> nobody = time.mailbox(1);
                nobody.await(time.nanoTime() + frames * FRAME_NANOS);
                if (route == play) {
                    listener.onPlaybackEnded(play.playback(), MediaListener.PlaybackEnd.PLAYED);
                }
            }
        }

        @Override
        public void interrupt(AudioRoute meanwhile) {
            interrupted = interrupted.or(() -> Optional.of(route));
            sound(meanwhile);
        }

        @Override
        public void goOn() {
            Optional<AudioRoute> before = interrupted;
            interrupted = Optional.empty();
            before.ifPresent(this::sound);
        }

        @Override
        public boolean sendDtmf(char digit, int durationMillis) {
            return digits;
        }

        @Override
        public void close() {
            route = new AudioRoute.Silent();
            open.remove(channel, this);
        }
    }

    /// @return length of the sound in frames of 20 ms, [#MAX_FRAMES] for a longer one or one without end
    private static int frames(Sound sound) {
        if (sound instanceof Sound.Music) {
            return MAX_FRAMES;
        }
        SoundSource source = switch (SoundSource.of(sound)) {
            case SoundSource.Made.Ok(SoundSource made) -> made;
            case SoundSource.Made.Bad(String reason) -> throw new AssertionError(reason);
        };
        short[] pcm = new short[960 * source.channels()];
        int frames = 0;
        while (frames < MAX_FRAMES && source.fill(pcm)) {
            frames++;
        }
        return frames;
    }
}
