package io.jverto.verto;

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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Media that only counts how many are open.
final class NoSound implements MediaService {
    final AtomicInteger open = new AtomicInteger();

    @Override
    public Optional<MediaRef> open(ChannelId channel, Optional<InetAddress> peer, MediaRules rules, MediaListener listener) {
        open.incrementAndGet();
        return Optional.of(new Silence());
    }

    @Override
    public Wired openWire(ChannelId one, MediaListener ofOne, ChannelId other, MediaListener ofOther) {
        throw new UnsupportedOperationException("no loopback here");
    }

    @Override
    public MixerRef openMixer(String name, int rateHz, int channels, int noise) {
        throw new UnsupportedOperationException("no rooms here");
    }

    @Override
    public void bridge(MediaRef one, MediaRef other) {}

    private final class Silence implements MediaRef {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public LocalMedia local() {
            return new LocalMedia(new InetSocketAddress("192.0.2.1", 16384), new IceCredentials("u".repeat(16), "p".repeat(24)),
                    new Fingerprint("sha-256", "AB:".repeat(31) + "AB"), 1234, "c".repeat(16), "s".repeat(32), "1234567890");
        }

        @Override
        public LocalMedia renew() {
            return local();
        }

        @Override
        public void pause(boolean paused) {}

        @Override
        public void apply(MediaPlan plan) {}

        @Override
        public void candidates(List<RemoteCandidate> candidates) {}

        @Override
        public void route(AudioRoute route) {}

        @Override
        public void interrupt(AudioRoute meanwhile) {}

        @Override
        public void goOn() {}

        @Override
        public void recordSession(Recording recording, Recording.Sides sides, long number) {}

        @Override
        public void recordingFlow(long number, Recording.Flow flow) {}

        @Override
        public void displace(Sound sound, Displacing how, long number) {}

        @Override
        public void stopDisplacing(long number) {}

        @Override
        public void level(Way way, int level) {}

        @Override
        public void mute(Way way, boolean muted) {}

        @Override
        public void detectDtmf(boolean wanted) {}

        @Override
        public void detectTone(Tones tones, Way way, long number) {}

        @Override
        public void stopDetecting(long number) {}

        @Override
        public void jitter(JitterBounds bounds) {}

        @Override
        public void toneDtmf(boolean wanted) {}

        @Override
        public void stopRecording(long number) {}

        @Override
        public boolean sendDtmf(char digit, int durationMillis) {
            return true;
        }

        @Override
        public MediaStats stats() {
            return MediaStats.NONE;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        }
    }
}
