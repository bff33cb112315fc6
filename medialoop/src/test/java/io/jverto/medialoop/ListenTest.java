package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jverto.media.audio.AudioCount;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.AudioRoute.Whom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// One who listens in on two who talk, over the whole media path.
class ListenTest extends EngineHarness {
    /// Nobody notices less.
    private static final int MAX_GAP_MILLIS = 40;
    private static final long MAX_LATE_NANOS = 30_000_000;
    private static final int MAX_ATTEMPTS = 3;
    private static final double LOUD = 3_000;

    /// A client that says one tone without end, and what it hears.
    private final class Talker {
        final Call call;
        final Hearing hearing;
        private final AudioPlan plan;
        private final AudioEncoder encoder;
        private final double hertz;

        Talker(MediaEngine engine, AudioPlan plan, double hertz) {
            this.call = connected(engine, plan);
            this.plan = plan;
            this.hertz = hertz;
            this.hearing = new Hearing(plan);
            this.encoder = closing(AudioCodecs.encoder(plan.codec(), 1, OpusSettings.DEFAULT, 48_000));
        }

        void speak(int frame) {
            short[] pcm = new short[960];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) (6_000 * Math.sin(2 * Math.PI * hertz * (frame * 960L + i) / 48_000));
            }
            byte[] payload = new byte[1_275];
            int length = encoder.encode(pcm, 960, payload, 0);
            call.client().speak(plan.payloadType(), frame * plan.codec().rtpClock() / 50, Arrays.copyOf(payload, length));
            collect(call, hearing::take);
        }
    }

    private int frame;
    /// By how much the clients themselves were late.
    private long lateNanos;

    private void talk(int frames, Talker... talkers) {
        long begin = System.nanoTime();
        for (int i = 0; i < frames; i++) {
            for (Talker talker : talkers) {
                talker.speak(frame);
            }
            frame++;
            long due = begin + (i + 1) * STEP_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
            lateNanos = Math.max(lateNanos, System.nanoTime() - due);
        }
    }

    @Test
    void aRelayIsDecodedForAListenerAndRelayedAgainWithoutAGap() {
        comesAndGoes(1, OPUS, OTHER_OPUS);
    }

    @Test
    void soIsARelayBetweenTwoLoops() {
        comesAndGoes(2, PCMU, PCMU);
    }

    /// A machine that is too busy for its clients to speak in time makes gaps of its own: then once more.
    private void comesAndGoes(int loops, AudioPlan first, AudioPlan second) {
        boolean undisturbed = false;
        for (int i = 0; i < MAX_ATTEMPTS && !undisturbed; i++) {
            lateNanos = 0;
            undisturbed = comesAndGoes(engine(loops), first, second);
        }
        assumeThat(undisturbed).as("a machine that is not too busy").isTrue();
    }

    /// @return false when there were gaps of the clients' own making
    private boolean comesAndGoes(MediaEngine engine, AudioPlan first, AudioPlan second) {
        Talker one = new Talker(engine, first, 400);
        Talker two = new Talker(engine, second, 900);
        Talker listener = new Talker(engine, PCMA, 1_700);
        engine.bridge(one.call.media(), two.call.media());
        talk(60, one, two, listener);
        int settled = Math.min(one.hearing.samples(), two.hearing.samples()) - 24_000;
        long decoded = engine.ticks().counters().audio().get(AudioCount.FRAMES_DECODED);

        listener.call.media().route(new AudioRoute.Listen(one.call.media(), Whom.BOTH, Whom.NOBODY, 1));
        talk(120, one, two, listener);
        assertThat(decoded).isZero();
        assertThat(listener.hearing.level(400)).isGreaterThan(LOUD);
        assertThat(listener.hearing.level(900)).isGreaterThan(LOUD);
        assertThat(one.hearing.level(1_700)).isLessThan(LOUD / 10);

        listener.call.media().route(new AudioRoute.Silent());
        talk(30, one, two, listener);
        decoded = engine.ticks().counters().audio().get(AudioCount.FRAMES_DECODED);
        talk(60, one, two, listener);

        assertThat(engine.ticks().counters().audio().get(AudioCount.FRAMES_DECODED)).isEqualTo(decoded);
        if (lateNanos > MAX_LATE_NANOS || engine.ticks().counters().audio().get(AudioCount.TICKS_SKIPPED) > 0) {
            return false;
        }
        for (Talker talker : List.of(one, two)) {
            assertThat(talker.hearing.longestGapMillis(settled)).isLessThanOrEqualTo(MAX_GAP_MILLIS);
        }
        return true;
    }

    @Test
    void whoListensCanWhisperAndJoin() {
        MediaEngine engine = engine(2);
        Talker one = new Talker(engine, PCMU, 400);
        Talker two = new Talker(engine, PCMA, 900);
        Talker third = new Talker(engine, OPUS, 1_700);
        engine.bridge(one.call.media(), two.call.media());
        third.call.media().route(new AudioRoute.Listen(one.call.media(), Whom.BOTH, Whom.PARTY, 1));
        talk(110, one, two, third);
        assertThat(one.hearing.level(1_700)).isGreaterThan(LOUD);
        assertThat(two.hearing.level(1_700)).isLessThan(LOUD / 10);

        third.call.media().route(new AudioRoute.Listen(one.call.media(), Whom.BOTH, Whom.BOTH, 1));
        talk(90, one, two, third);

        assertThat(one.hearing.level(1_700)).isGreaterThan(LOUD);
        assertThat(one.hearing.level(900)).isGreaterThan(LOUD);
        assertThat(two.hearing.level(1_700)).isGreaterThan(LOUD);
        assertThat(two.hearing.level(400)).isGreaterThan(LOUD);
        assertThat(third.hearing.level(400)).isGreaterThan(LOUD);
        assertThat(third.hearing.level(900)).isGreaterThan(LOUD);

        one.call.media().close();
        assertThat(third.call.heard().awaits("playback 1")).isTrue();
    }

    @Test
    void whatAChannelHearsOutsideOfABridgeCanBeListenedTo() {
        MediaEngine engine = engine(1);
        Talker one = new Talker(engine, PCMU, 400);
        Talker listener = new Talker(engine, PCMA, 1_700);
        listener.call.media().route(new AudioRoute.Listen(one.call.media(), Whom.BOTH, Whom.PARTY, 1));
        one.call.media().route(new AudioRoute.Play(new Sound.Tone("%(60000,0,900);v=-12"), 5));
        talk(90, one, listener);
        assertThat(listener.hearing.level(400)).isGreaterThan(LOUD);
        assertThat(listener.hearing.level(900)).isGreaterThan(LOUD);
        assertThat(one.hearing.level(1_700)).isGreaterThan(LOUD);

        one.call.media().route(new AudioRoute.Echo());
        talk(90, one, listener);
        assertThat(one.hearing.level(400)).isGreaterThan(LOUD);

        one.call.media().route(new AudioRoute.Silent());
        talk(90, one, listener);
        assertThat(listener.hearing.level(400)).isGreaterThan(LOUD);
        assertThat(listener.hearing.level(900)).isLessThan(LOUD / 10);
    }

    @Test
    void nobodyListensToHimself() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, PCMU);

        call.media().route(new AudioRoute.Listen(call.media(), Whom.BOTH, Whom.NOBODY, 9));

        assertThat(call.heard().awaits("playback 9 BROKEN")).isTrue();
    }
}
