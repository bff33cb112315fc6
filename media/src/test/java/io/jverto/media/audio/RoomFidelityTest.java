package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a room does to sound on its way from one member to another: pitch, level, time.
class RoomFidelityTest {
    private static final int SECOND = 48_000;
    private static final double MILLI_SAMPLES = 48;
    private static final double ENCODER_MILLIS = 6.5;
    private static final int BURSTS = 10;

    @Test
    void aToneOfTwelveKilohertzSurvivesARoomOfFortyEight() {
        short[] tone = Signal.tone(12_000, 6_000, SECOND);
        Caller talker = Caller.stereo().says(Signal.interleave(tone, tone));
        Caller listener = Caller.stereo();
        RoomOfCallers room = new RoomOfCallers(2, talker, listener);

        room.run(60);

        assertThat(Signal.decibels(Signal.amplitude(Signal.channel(listener.heard(9_600), 0), 12_000), 6_000)).isCloseTo(0, within(1.0));
        room.close();
    }

    @Test
    void aToneOfTwelveKilohertzSurvivesARoomInMono() {
        // A browser's 32 kbit/s with redundancy have no room for it: what the talker sends is not ours.
        OpusSettings fine = new OpusSettings(false, false, false, 96_000, SECOND);
        Caller talker = new Caller(Caller.plan(AudioCodec.OPUS, 1), fine).says(Signal.tone(12_000, 6_000, SECOND));
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, talker, listener);

        room.run(60);

        assertThat(Signal.decibels(listener.level(12_000), 6_000)).isCloseTo(0, within(1.0));
        room.close();
    }

    @Test
    void eachTalkerIsAsLoudAtEachListenerAsHeSpeaksWhateverCodecBothHave() {
        double[] hertz = {450, 800, 1_150, 1_500};
        double[] amplitude = {6_000, 3_000, 5_000, 2_000};
        Caller[] callers = {Caller.opus(), Caller.stereo(), new Caller(Caller.plan(AudioCodec.PCMU, 1)), new Caller(Caller.plan(AudioCodec.G722, 1))};
        for (int i = 0; i < callers.length; i++) {
            short[] tone = Signal.tone(hertz[i], amplitude[i], SECOND);
            callers[i].says(callers[i].plan.receiveChannels() == 2 ? Signal.interleave(tone, tone) : tone);
        }
        RoomOfCallers room = new RoomOfCallers(2, callers);
        room.run(80);

        for (int listener = 0; listener < callers.length; listener++) {
            short[] heard = callers[listener].heard(SECOND / 2);
            short[] left = callers[listener].plan.sendChannels() == 2 ? Signal.channel(heard, 0) : heard;
            for (int talker = 0; talker < callers.length; talker++) {
                double level = Signal.decibels(Signal.amplitude(left, hertz[talker]), amplitude[talker]);
                if (talker == listener) {
                    assertThat(level).as("%d hears himself", listener).isLessThan(-30);
                } else {
                    assertThat(level).as("dB off, of %d at %d", talker, listener).isCloseTo(0, within(1.0));
                }
            }
        }
        room.close();
    }

    /// From the packet that a burst arrives in to the one that it leaves in, decoded: up to a tick, what the jitter buffer keeps even where
    /// there is no jitter, and what the room's encoder is behind.
    @Test
    void aBurstIsOutWithinFortyMilliseconds() {
        Random random = new Random(40);
        List<Double> delays = new ArrayList<>();
        for (int turn = 0; turn < 10; turn++) {
            delays.addAll(bursts(random.nextLong(20_000_000)));
        }

        delays.sort(Double::compare);
        assertThat(delays).hasSize(100);
        assertThat(delays.get(98)).as("milliseconds, 99th of 100").isLessThanOrEqualTo(40);
        assertThat(delays.get(50)).as("milliseconds, median").isLessThanOrEqualTo(30);
        assertThat(delays.getFirst()).as("nothing comes before it was said").isPositive();
    }

    /// @param phase nanoseconds before each tick at which the talker's packets come
    private static List<Double> bursts(long phase) {
        int every = SECOND / 2;
        int length = SECOND / 10;
        short[] speech = new short[BURSTS * every];
        short[] tone = Signal.tone(1_000, 8_000, length);
        for (int burst = 0; burst < BURSTS; burst++) {
            System.arraycopy(tone, 0, speech, burst * every + 9_600, length);
        }
        Caller talker = Caller.opus().says(speech);
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, talker, listener);
        int warm = 600; // the jitter buffer finds out that there is no jitter and no loss
        room.run(warm, phase);
        listener.forget();
        talker.says(speech);
        int ticks = BURSTS * every / Frame.SAMPLES + 5;
        room.run(ticks, phase);
        short[] heard = listener.heard(ticks * Frame.SAMPLES);
        List<Double> delays = new ArrayList<>();
        for (int burst = 0; burst < BURSTS; burst++) {
            int said = burst * every + 9_600;
            int out = said - SECOND / 50;
            while (Math.abs(heard[out]) < 2_000) {
                out++;
            }
            // Frame n comes in `phase` before the tick at which frame n goes out.
            delays.add((out - said) / MILLI_SAMPLES - ENCODER_MILLIS + phase / 1e6); // the talker's encoder is not ours
        }
        room.close();
        return delays;
    }
}
