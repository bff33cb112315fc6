package io.jverto.medialoop.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.audio.AudioCount;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Sound;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AudioTicksTest {
    private final AudioTicks ticks = AudioTicks.manual();
    private long nowNanos;

    @Test
    void mixesWhoIsAttached() {
        TickMixerRef mixer = ticks.openMixer("room", 48_000, 1);
        Leg one = new Leg();
        Leg other = new Leg();
        mixer.attach(one.setup(), false, false);
        mixer.attach(other.setup(), false, false);

        tick(10);

        assertThat(one.packets()).isEqualTo(10);
        assertThat(other.packets()).isEqualTo(10);
        assertThat(one.wakes).isEqualTo(10);
    }

    @Test
    void detachTakesEffectAtTheNextTick() {
        TickMixerRef mixer = ticks.openMixer("room", 48_000, 1);
        Leg leg = new Leg();
        PortRef port = mixer.attach(leg.setup(), false, false).orElseThrow();
        tick(3);

        port.detach();
        port.detach();
        tick(3);

        assertThat(leg.packets()).isEqualTo(3);
        assertThat(leg.ends).containsExactly(PortListener.End.DETACHED);
    }

    @Test
    void aClosedMixerDetachesItsPortsAndTakesNoMore() {
        TickMixerRef mixer = ticks.openMixer("room", 48_000, 1);
        Leg leg = new Leg();
        mixer.attach(leg.setup(), false, false);
        tick(1);

        mixer.close();
        tick(2);

        assertThat(leg.ends).containsExactly(PortListener.End.DETACHED);
        assertThat(mixer.attach(new Leg().setup(), false, false)).isEmpty();
    }

    @Test
    void whoJoinsAsTheMixerClosesIsToldThatItIsOver() {
        TickMixerRef mixer = ticks.openMixer("room", 48_000, 1);
        Leg leg = new Leg();
        mixer.attach(leg.setup(), false, false);
        mixer.close();

        tick(2);

        assertThat(leg.ends).containsExactly(PortListener.End.DETACHED);
    }

    @Test
    void refusesASoundThatItDoesNotUnderstand() {
        assertThat(ticks.play(new Sound.Tone("%(1,2"), new Leg().setup())).isInstanceOf(PlayResult.Refused.class);
    }

    @Test
    void playsToTheEndAndTells() {
        Leg leg = new Leg();
        assertThat(ticks.play(new Sound.Tone("%(100,0,440)"), leg.setup())).isInstanceOf(PlayResult.Playing.class);

        tick(10);

        assertThat(leg.packets()).isEqualTo(5);
        assertThat(leg.ends).containsExactly(PortListener.End.FINISHED);
    }

    @Test
    void refusesMoreJoinsThanItsInboxHolds() {
        TickMixerRef mixer = ticks.openMixer("room", 48_000, 1);
        PortSetup setup = new Leg().setup();
        for (int i = 0; i < 4096; i++) {
            assertThat(mixer.attach(setup, false, false)).isPresent();
        }

        assertThat(mixer.attach(setup, false, false)).isEmpty();
        assertThat(ticks.counters().audio().get(AudioCount.COMMANDS_REFUSED)).isEqualTo(1);
    }

    @Test
    void endsEverythingWhenItIsClosed() {
        Leg member = new Leg();
        Leg listener = new Leg();
        ticks.openMixer("room", 48_000, 1).attach(member.setup(), false, false);
        ticks.play(new Sound.Music(), listener.setup());
        tick(1);

        ticks.close();

        assertThat(member.ends).containsExactly(PortListener.End.DETACHED);
        assertThat(listener.ends).containsExactly(PortListener.End.DETACHED);
    }

    @Test
    void realThreadsTickEveryTwentyMillisecondsAndSleepBetween() throws InterruptedException {
        try (AudioTicks real = AudioTicks.start(2, new SecureRandom())) {
            CountDownLatch finished = new CountDownLatch(2);
            Leg one = new Leg(finished);
            Leg other = new Leg(finished);
            long start = System.nanoTime();
            real.play(new Sound.Silence(200), one.setup());
            real.play(new Sound.Silence(200), other.setup());

            assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();

            long millis = (System.nanoTime() - start) / 1_000_000;
            long skipped = real.counters().audio().get(AudioCount.TICKS_SKIPPED);
            assertThat(one.packets()).isEqualTo(10);
            assertThat(other.packets()).isEqualTo(10);
            assertThat(millis).isGreaterThanOrEqualTo(180);
            assertThat(skipped).isLessThan(250);
            assertThat(real.times().late().count()).isGreaterThanOrEqualTo(20);
            assertThat(real.times().skipped()).isEqualTo(skipped);
        }
    }

    private void tick(int count) {
        for (int i = 0; i < count; i++) {
            nowNanos += 20_000_000;
            ticks.tick(nowNanos);
        }
    }

    private static final class Leg implements PortListener {
        final PacketRing rx = new PacketRing(16, 1400);
        final PacketRing tx = new PacketRing(32, 1400);
        final List<End> ends = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch closed;
        volatile int wakes;

        Leg() {
            this(new CountDownLatch(1));
        }

        Leg(CountDownLatch closed) {
            this.closed = closed;
        }

        PortSetup setup() {
            AudioPlan plan =
                    new AudioPlan(AudioCodec.OPUS, 111, 1, 1, 20, OpusSettings.DEFAULT, -1, 0, true, true);
            return new PortSetup("leg", plan, JitterBounds.DEFAULT, rx, tx, () -> wakes = wakes + 1, this);
        }

        int packets() {
            int count = 0;
            while (tx.poll((tag, bytes, length) -> {})) {
                count++;
            }
            return count;
        }

        @Override
        public void onTalking(boolean talking) {
            // not asked here
        }

        @Override
        public void onClosed(End end) {
            ends.add(end);
            closed.countDown();
        }
    }
}
