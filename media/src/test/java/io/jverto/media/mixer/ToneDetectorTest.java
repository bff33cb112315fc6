package io.jverto.media.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Tones;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneDetectorTest {
    private static final int RATE = 48_000;
    private static final double USUAL = 6_000;

    private int found;

    private ToneDetector detector(int hits, double... hertz) {
        found = 0;
        return new ToneDetector(new Tones(DoubleStream.of(hertz).boxed().toList(), hits), () -> found++);
    }

    private static short[] sound(int millis, double amplitude, double... hertz) {
        short[] pcm = new short[RATE / 1_000 * millis];
        for (int i = 0; i < pcm.length; i++) {
            double sum = 0;
            for (double pitch : hertz) {
                sum += amplitude * Math.sin(2 * Math.PI * pitch * i / RATE);
            }
            pcm[i] = (short) sum;
        }
        return pcm;
    }

    private static void hear(ToneDetector detector, short[] pcm) {
        for (int i = 0; i + 960 <= pcm.length; i += 960) {
            detector.onSamples(Arrays.copyOfRange(pcm, i, i + 960), 960);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {210, 440, 1_004, 1_100, 2_100, 2_600})
    void findsOneToneAndTellsItOnce(double hertz) {
        ToneDetector detector = detector(1, hertz);

        hear(detector, sound(40, USUAL, hertz));
        assertThat(found).as("it is too short").isZero();
        hear(detector, sound(40, 0));
        hear(detector, sound(120, USUAL, hertz));
        assertThat(found).isOne();
        hear(detector, sound(1_000, USUAL, hertz));

        assertThat(found).isOne();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_065, 1_090, 1_120, 1_135})
    void takesTheToneOfAFaxMachineThatIsOff(double hertz) {
        ToneDetector detector = detector(1, 1_100);

        hear(detector, sound(500, USUAL, hertz));

        assertThat(found).isOne();
    }

    @ParameterizedTest
    @ValueSource(doubles = {440, 1_000, 1_040, 1_160, 1_200, 2_100, 2_200})
    void takesNoOtherTone(double hertz) {
        ToneDetector detector = detector(1, 1_100);

        hear(detector, sound(2_000, USUAL, hertz));

        assertThat(found).isZero();
    }

    @Test
    void findsSeveralTonesOnlyTogether() {
        for (List<Double> pair : List.of(List.of(350.0, 440.0), List.of(480.0, 620.0), List.of(1_400.0, 2_060.0))) {
            ToneDetector detector = detector(1, pair.getFirst(), pair.getLast());

            hear(detector, sound(1_000, USUAL, pair.getFirst()));
            hear(detector, sound(1_000, USUAL, pair.getLast()));
            hear(detector, sound(1_000, USUAL, pair.getFirst(), pair.getLast() + 100));
            assertThat(found).as("%s", pair).isZero();
            hear(detector, sound(200, USUAL, pair.getFirst(), pair.getLast()));

            assertThat(found).as("%s", pair).isOne();
        }
    }

    @Test
    void waitsForAsManyHitsAsAreWanted() {
        ToneDetector detector = detector(5, 1_100);
        for (int i = 0; i < 4; i++) {
            hear(detector, sound(100, USUAL, 1_100));
            hear(detector, sound(100, 0));
        }
        assertThat(found).isZero();

        hear(detector, sound(100, USUAL, 1_100));

        assertThat(found).isOne();
    }

    @Test
    void isNotTakenInByNoiseOrSilenceOrAFaintTone() {
        ToneDetector detector = detector(1, 1_100);
        Random random = new Random(4);
        short[] noise = new short[RATE * 10];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * 4_000);
        }

        hear(detector, noise);
        hear(detector, sound(2_000, 0));
        hear(detector, sound(2_000, 100, 1_100));

        assertThat(found).isZero();
    }

    @Test
    void isNotTakenInByAVoiceThatGlidesOverTheTone() {
        ToneDetector detector = detector(1, 1_100);
        short[] voice = new short[RATE * 10];
        double phase = 0;
        for (int i = 0; i < voice.length; i++) {
            double pitch = 150 + 80 * Math.sin(2 * Math.PI * i / RATE);
            phase += 2 * Math.PI * pitch / RATE;
            double sum = 0;
            for (int harmonic = 1; harmonic < 16; harmonic++) {
                sum += Math.sin(phase * harmonic) * 4_000 / harmonic;
            }
            voice[i] = (short) sum;
        }

        hear(detector, voice);

        assertThat(found).isZero();
    }
}
