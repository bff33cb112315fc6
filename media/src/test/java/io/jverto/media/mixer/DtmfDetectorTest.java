package io.jverto.media.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// By the figures of ITU-T Q.24, the stricter of its administrations where they differ.
class DtmfDetectorTest {
    private static final int RATE = 48_000;
    private static final double USUAL = 6_000;

    private final List<String> found = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final DtmfDetector detector = new DtmfDetector((digit, millis) -> {
        found.add(String.valueOf(digit));
        lengths.add(millis);
    });

    @Test
    void findsAllSixteenKeysAtTheShortestLengthAndPauseWhereverTheyBegin() {
        String keys = "0123456789*#ABCD";
        for (int shift = 0; shift < 10; shift++) {
            for (char key : keys.toCharArray()) {
                tone(key, 40, 0, 0, USUAL, 0);
                silence(40);
            }
            silence(30 + 1.3 * shift);
            assertThat(String.join("", found)).as("shift %d", shift).isEqualTo(keys);
            found.clear();
        }
        assertThat(lengths).allSatisfy(millis -> assertThat(millis).isBetween(28, 60));
    }

    @Test
    void tellsTheSameDigitTwiceWithAPauseAndOnceWithAGapOfTenMillis() {
        tone('5', 60, 0, 0, USUAL, 0);
        silence(40);
        tone('5', 60, 0, 0, USUAL, 0);
        silence(100);
        assertThat(found).containsExactly("5", "5");

        found.clear();
        tone('5', 60, 0, 0, USUAL, 0);
        silence(10);
        tone('5', 60, 0, 0, USUAL, 0);
        silence(100);
        assertThat(found).containsExactly("5");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1.5, -1, 1, 1.5})
    void takesTonesThatAreOffByALittle(double percent) {
        for (char key : "159D*0#A".toCharArray()) {
            tone(key, 50, percent, -percent, USUAL, 0);
            silence(60);
        }

        assertThat(String.join("", found)).isEqualTo("159D*0#A");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3.5, 3.5, 5, -6})
    void takesNoneThatAreOffByMuch(double percent) {
        for (char key : "0123456789*#ABCD".toCharArray()) {
            tone(key, 100, percent, 0, USUAL, 0);
            silence(60);
            tone(key, 100, 0, percent, USUAL, 0);
            silence(60);
        }

        assertThat(found).isEmpty();
    }

    /// The higher tone against the lower one, in decibels.
    @ParameterizedTest
    @CsvSource({"4,true", "-8,true", "0,true", "9,false", "-13,false"})
    void takesTheTwistThatLinesMake(double twist, boolean taken) {
        for (char key : "159D".toCharArray()) {
            tone(key, 60, 0, 0, 3_000, twist);
            silence(60);
        }

        assertThat(String.join("", found)).isEqualTo(taken ? "159D" : "");
    }

    /// Of each tone, in decibels of full scale.
    @ParameterizedTest
    @CsvSource({"-8,true", "-25,true", "-38,true", "-50,false"})
    void takesThemFromLoudToFaint(double level, boolean taken) {
        for (char key : "159D".toCharArray()) {
            tone(key, 60, 0, 0, 32_767 * Math.pow(10, level / 20), 0);
            silence(60);
        }

        assertThat(String.join("", found)).isEqualTo(taken ? "159D" : "");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 15, 20})
    void takesNoneThatAreTooShort(int millis) {
        for (int shift = 0; shift < 20; shift++) {
            tone('5', millis, 0, 0, USUAL, 0);
            silence(60 + 0.7 * shift);
        }

        assertThat(found).isEmpty();
    }

    @Test
    void findsThemInNoise() {
        Random random = new Random(1);
        short[] pcm = samples(60, i -> 0);
        for (int n = 0; n < 50; n++) {
            char key = "0123456789*#ABCD".charAt(n % 16);
            short[] tone = samples(60, i -> both(key, i, 0, 0, USUAL, 0) + random.nextGaussian() * USUAL / 4);
            short[] pause = samples(60, i -> random.nextGaussian() * USUAL / 4);
            feed(tone);
            feed(pause);
        }
        feed(pcm);

        assertThat(found).hasSize(50);
    }

    @Test
    void hearsNoDigitsInTwoMinutesOfWhatIsLikeSpeech() {
        Random random = new Random(42);
        double[] phases = new double[30];
        for (int syllable = 0; syllable < 600; syllable++) {
            double pitch = 90 + random.nextDouble() * 210;
            double glide = (random.nextDouble() - 0.5) * 0.3;
            double[] formants = {300 + random.nextDouble() * 600, 900 + random.nextDouble() * 1_400, 2_300 + random.nextDouble() * 700};
            double breath = random.nextDouble() * 0.1;
            int count = RATE / 5;
            double[] hertz = new double[1];
            feed(samples(200, i -> {
                double at = (double) i / count;
                hertz[0] = pitch * (1 + glide * at);
                double sum = 0;
                for (int h = 1; h <= phases.length; h++) {
                    phases[h - 1] += 2 * Math.PI * h * hertz[0] / RATE;
                    double gain = 0;
                    for (double formant : formants) {
                        double x = (h * hertz[0] - formant) / 100;
                        gain += 1 / (1 + x * x);
                    }
                    sum += gain * Math.sin(phases[h - 1]);
                }
                return 5_000 * Math.sin(Math.PI * at) * (sum + breath * random.nextGaussian());
            }));
        }

        assertThat(found).isEmpty();
    }

    @Test
    void hearsNoDigitsInNoiseNorInSingleTonesNorInChords() {
        Random random = new Random(7);
        feed(samples(60_000, i -> random.nextGaussian() * 6_000));
        for (int hertz = 300; hertz < 3_400; hertz += 10) {
            double tone = hertz;
            feed(samples(60, i -> 8_000 * Math.sin(2 * Math.PI * tone * i / RATE)));
        }
        feed(samples(2_000, i -> 5_000 * (Math.sin(2 * Math.PI * 350 * i / RATE) + Math.sin(2 * Math.PI * 440 * i / RATE))));
        feed(samples(2_000, i -> 4_000 * (Math.sin(2 * Math.PI * 697 * i / RATE) + Math.sin(2 * Math.PI * 1_209 * i / RATE)
                + Math.sin(2 * Math.PI * 1_477 * i / RATE))));

        assertThat(found).isEmpty();
    }

    private void tone(char key, double millis, double lowPercent, double highPercent, double amplitude, double twist) {
        feed(samples(millis, i -> both(key, i, lowPercent, highPercent, amplitude, twist)));
    }

    private static double both(char key, int i, double lowPercent, double highPercent, double amplitude, double twist) {
        double low = DtmfKeys.row(key) * (1 + lowPercent / 100);
        double high = DtmfKeys.column(key) * (1 + highPercent / 100);
        return amplitude * (Math.sin(2 * Math.PI * low * i / RATE) + Math.pow(10, twist / 20) * Math.sin(2 * Math.PI * high * i / RATE));
    }

    private void silence(double millis) {
        feed(samples(millis, i -> 0));
    }

    private interface Wave {
        double at(int sample);
    }

    private static short[] samples(double millis, Wave wave) {
        short[] pcm = new short[(int) (millis * RATE / 1_000)];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.clamp(Math.round(wave.at(i)), -32_768, 32_767);
        }
        return pcm;
    }

    private void feed(short[] pcm) {
        for (int at = 0; at < pcm.length; at += 960) {
            detector.onSamples(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + 960)), Math.min(960, pcm.length - at));
        }
    }
}
