package io.jverto.switchboard.edge;

import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.SoundSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The media edge in memory: notes what it is told and lets a test speak for the media.
public final class TestMedia implements MediaService {
    public final Map<String, Media> byChannel = new ConcurrentHashMap<>();
    public final AtomicInteger open = new AtomicInteger();
    public volatile boolean full;
    /// Why sound cannot be cleaned.
    public volatile Optional<String> cleaningObstacle = Optional.empty();
    /// A recording makes its file.
    public volatile boolean writesFiles;
    /// How long a recording is that is ended from outside.
    public volatile long recordedMillis = 1_000;
    /// Of every channel.
    public volatile MediaStats stats =
            new MediaStats(1, 2, 3, 4, 5, 6.5, Optional.empty(), new Reported(0, Optional.empty()), new Playout(0, 0, 0));

    @Override
    public Optional<MediaRef> open(ChannelId channel, Optional<InetAddress> peer, MediaRules rules, MediaListener listener) {
        if (full) {
            return Optional.empty();
        }
        open.incrementAndGet();
        Media media = new Media(channel.value(), rules, listener);
        byChannel.put(channel.value(), media);
        return Optional.of(media);
    }

    @Override
    public Optional<String> cleaningObstacle() {
        return cleaningObstacle;
    }

    @Override
    public Wired openWire(ChannelId one, MediaListener ofOne, ChannelId other, MediaListener ofOther) {
        MediaRef first = open(one, Optional.empty(), MediaRules.DEFAULT, ofOne).orElseThrow();
        MediaRef second = open(other, Optional.empty(), MediaRules.DEFAULT, ofOther).orElseThrow();
        return new Wired(first, second);
    }

    @Override
    public MixerRef openMixer(String name, int rateHz, int channels, int noise) {
        throw new UnsupportedOperationException("the switch opens no mixers");
    }

    @Override
    public void bridge(MediaRef one, MediaRef other) {
        ((Media) one).log.add("bridge " + ((Media) other).channel);
        ((Media) other).log.add("bridge " + ((Media) one).channel);
    }

    public Media of(String channel) {
        return byChannel.get(channel);
    }

    /// The media of one channel.
    public final class Media implements MediaRef {
        public final List<String> log = new CopyOnWriteArrayList<>();
        public final MediaRules rules;
        public final MediaListener listener;
        private final String channel;
        private volatile boolean events;
        private volatile long playback;
        private volatile long recording;
        private volatile boolean recorded;
        private volatile boolean closed;
        /// What was played last.
        public volatile @Nullable Sound sound;

        Media(String channel, MediaRules rules, MediaListener listener) {
            this.channel = channel;
            this.rules = rules;
            this.listener = listener;
        }

        @Override
        public LocalMedia local() {
            return new LocalMedia(new InetSocketAddress("192.0.2.1", 16384), new IceCredentials("u".repeat(16), "p".repeat(24)),
                    new Fingerprint("sha-256", "AA:BB".repeat(6)), 1234, "c".repeat(16), "s".repeat(32), "1234567890");
        }

        @Override
        public LocalMedia renew() {
            log.add("renew");
            return local();
        }

        @Override
        public void refreshVideo() {
            log.add("refresh video");
        }

        @Override
        public void pause(boolean paused) {
            log.add(paused ? "pause" : "go on");
        }

        @Override
        public void apply(MediaPlan plan) {
            events = plan.audio().telephoneEventPayloadType() >= 0;
            log.add("apply " + plan.audio().codec());
        }

        @Override
        public void candidates(List<RemoteCandidate> candidates) {
            candidates.forEach(one -> log.add("candidate " + one.ufrag() + " " + one.address().getPort()));
        }

        @Override
        public void route(AudioRoute route) {
            if (recording > 0 && !recorded) {
                recordingEnds(MediaListener.RecordingEnd.How.STOPPED, recordedMillis);
            }
            if (route instanceof AudioRoute.Play play) {
                playback = play.playback();
                sound = play.sound();
                log.add("play " + play.sound());
            } else if (route instanceof AudioRoute.Record record) {
                recording = record.number();
                recorded = false;
                write(record.recording().path());
                log.add("record " + record.recording());
            } else if (route instanceof AudioRoute.Listen listen) {
                playback = listen.number();
                String sides = listen.hears() == AudioRoute.Whom.BOTH ? "" : listen.hears() + " of ";
                log.add("listen to " + sides + ((Media) listen.target()).channel + ", heard by " + listen.heardBy());
            } else {
                log.add("route " + route.getClass().getSimpleName());
            }
        }

        @Override
        public void interrupt(AudioRoute meanwhile) {
            playback = meanwhile instanceof AudioRoute.Play play ? play.playback() : playback;
            log.add("meanwhile " + (meanwhile instanceof AudioRoute.Play play ? "play " + play.sound() : meanwhile.getClass().getSimpleName()));
        }

        @Override
        public void goOn() {
            log.add("as before");
        }

        @Override
        public void recordSession(Recording recording, Recording.Sides sides, long number) {
            log.add("record session " + number + " " + sides + " " + recording);
        }

        @Override
        public void handOut(SoundSink sink, long number) {
            log.add("hand out " + number);
        }

        @Override
        public void recordingFlow(long number, Recording.Flow flow) {
            log.add("recording " + number + " " + flow);
        }

        @Override
        public void displace(Sound sound, Displacing how, long number) {
            log.add("displace " + number + " " + how + " " + sound);
        }

        @Override
        public void stopDisplacing(long number) {
            log.add("stop displacing " + number);
        }

        @Override
        public void level(Way way, int level) {
            log.add("level " + way + " " + level);
        }

        @Override
        public void autoGain(Way way, int level) {
            log.add("auto gain " + way + " " + level);
        }

        @Override
        public void clean(Way way, Cleaning cleaning) {
            log.add("clean " + way + " " + (cleaning.isNothing() ? "nothing" : "noise " + cleaning.noiseDecibels() + " echo " + cleaning.echoMillis() + "/"
                    + cleaning.echoDecibels() + " voice only " + cleaning.voiceOnly()));
        }

        @Override
        public void mute(Way way, boolean muted) {
            log.add("mute " + way + " " + muted);
        }

        @Override
        public void detectDtmf(boolean wanted) {
            log.add("detect dtmf " + wanted);
        }

        @Override
        public void detectTone(Tones tones, Way way, long number) {
            log.add("detect tone " + number + " " + way + " " + tones.hertz() + " " + tones.hits());
        }

        @Override
        public void stopDetecting(long number) {
            log.add("stop detecting " + number);
        }

        @Override
        public void jitter(JitterBounds bounds) {
            log.add("jitter " + bounds.minMillis() + " to " + bounds.maxMillis());
        }

        @Override
        public void toneDtmf(boolean wanted) {
            log.add("tone dtmf " + wanted);
        }

        @Override
        public void stopRecording(long number) {
            log.add("stop recording " + number);
        }

        @Override
        public boolean sendDtmf(char digit, int durationMillis) {
            log.add("dtmf " + digit + (events ? "" : " refused"));
            return events;
        }

        @Override
        public MediaStats stats() {
            return stats;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
                log.add("close");
            }
        }

        private void write(Path file) {
            if (writesFiles) {
                try {
                    Files.writeString(file, channel);
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            }
        }

        /// The sound that plays has come to its end.
        public void playbackEnds() {
            listener.onPlaybackEnded(playback, MediaListener.PlaybackEnd.PLAYED);
        }

        /// The file of the sound that plays turns out to be broken.
        public void playbackBreaks() {
            listener.onPlaybackEnded(playback, MediaListener.PlaybackEnd.BROKEN);
        }

        /// The recording that runs has come to its end.
        public void recordingEnds(MediaListener.RecordingEnd.How how, long millis) {
            recorded = true;
            listener.onRecordingEnded(recording, new MediaListener.RecordingEnd(how, millis, millis * 48));
        }
    }
}
