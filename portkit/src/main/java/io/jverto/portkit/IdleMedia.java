package io.jverto.portkit;

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
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.MediaService.MediaStats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Media of one channel that take whatever they are told and do nothing. A test that wants more of them overrides that.
public class IdleMedia implements MediaRef {
    @Override
    public LocalMedia local() {
        return local("u".repeat(16));
    }

    @Override
    public LocalMedia renew() {
        return local("v".repeat(16));
    }

    private static LocalMedia local(String ufrag) {
        return new LocalMedia(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 50_000), new IceCredentials(ufrag, "p".repeat(24)),
                new Fingerprint("sha-256", "AB:".repeat(31) + "AB"), 1234, "c".repeat(16), "s".repeat(32), "1234567890");
    }

    @Override
    public void apply(MediaPlan plan) {}

    @Override
    public void candidates(List<RemoteCandidate> candidates) {}

    @Override
    public void route(AudioRoute route) {}

    @Override
    public void pause(boolean paused) {}

    @Override
    public void interrupt(AudioRoute meanwhile) {}

    @Override
    public void goOn() {}

    @Override
    public void recordSession(Recording recording, Recording.Sides sides, long number) {}

    @Override
    public void recordingFlow(long number, Recording.Flow flow) {}

    @Override
    public void stopRecording(long number) {}

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
    public boolean sendDtmf(char digit, int durationMillis) {
        return true;
    }

    @Override
    public MediaStats stats() {
        return MediaStats.NONE;
    }

    @Override
    public void close() {}
}
