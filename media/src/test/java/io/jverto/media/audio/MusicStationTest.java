package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MusicStationTest {
    private final AudioCounters counters = new AudioCounters();
    private final MusicStation station = new MusicStation(counters);
    private final Wakes wakes = new Wakes();
    private final List<Caller> callers = new ArrayList<>();
    private long nowNanos;

    @Test
    void encodesOnceHoweverManyListen() {
        for (int i = 0; i < 20; i++) {
            join(Caller.stereo());
        }

        run(50);

        assertThat(counters.audio().get(AudioCount.FRAMES_ENCODED)).isEqualTo(50);
        assertThat(callers).allSatisfy(caller -> assertThat(caller.packets).isEqualTo(50));
    }

    @Test
    void whoJoinsLaterHearsTheSameAsTheOthers() {
        Caller first = join(Caller.stereo());
        run(150);
        Caller second = join(Caller.stereo());

        run(100);

        short[] one = first.heard(48_000);
        short[] other = second.heard(48_000);
        double error = 0;
        for (int i = 0; i < one.length; i++) {
            error += Math.pow(one[i] - other[i], 2);
        }
        assertThat(Signal.rms(one)).isGreaterThan(400);
        assertThat(Math.sqrt(error / one.length)).isLessThan(Signal.rms(one) / 20);
    }

    @Test
    void playsToEachCodec() {
        for (AudioCodec codec : AudioCodec.values()) {
            join(new Caller(Caller.plan(codec, 1)));
        }

        run(150);

        assertThat(callers).allSatisfy(caller -> assertThat(Signal.rms(caller.heard(48_000))).isGreaterThan(300));
    }

    @Test
    void whoLeavesIsToldAndTheOthersHearOn() {
        Caller leaver = join(Caller.stereo());
        Caller stayer = join(Caller.stereo());
        run(10);
        leaver.detached = true;

        run(10);

        assertThat(leaver.packets).isEqualTo(10);
        assertThat(leaver.events).containsExactly("closed DETACHED");
        assertThat(stayer.packets).isEqualTo(20);
        station.close();
        assertThat(station.isEmpty()).isTrue();
        assertThat(stayer.events).containsExactly("closed DETACHED");
    }

    @Test
    void oneWhoFailsLeavesTheOthersAlone() {
        Caller broken = join(new Caller(Caller.plan(AudioCodec.OPUS, 2)) {
            @Override
            public boolean detached() {
                throw new IllegalStateException("a bug, on purpose");
            }
        });
        Caller other = join(Caller.stereo());

        run(10);

        assertThat(broken.events).containsExactly("closed FAILED");
        assertThat(other.packets).isEqualTo(10);
    }

    private Caller join(Caller caller) {
        callers.add(caller);
        station.add(caller.setup("caller"), caller);
        return caller;
    }

    private void run(int ticks) {
        for (int i = 0; i < ticks; i++) {
            nowNanos += 20_000_000;
            station.tick(nowNanos, wakes);
            wakes.runAll();
            callers.forEach(Caller::hear);
        }
    }
}
