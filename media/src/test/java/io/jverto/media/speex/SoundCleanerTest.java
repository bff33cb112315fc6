package io.jverto.media.speex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jverto.base.Broken;
import io.jverto.media.plan.Cleaning;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundCleanerTest {
    private static final int FRAMES = 200;
    private static final short[] SILENCE = new short[960];

    private final Random random = new Random(7);

    @BeforeEach
    void theLibraryIsThere() {
        assumeThat(SpeexLibrary.obstacle()).as("libspeexdsp of Debian").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void noiseIsLoweredAndAToneThatComesAndGoesStays(int rate) {
        int samples = rate / 50;
        short[] before = new short[FRAMES * samples];
        for (int i = 0; i < before.length; i++) {
            before[i] = (short) (random.nextGaussian() * 500 + (sounds(i / samples) ? 6_000 * Math.sin(2 * Math.PI * 440 * i / rate) : 0));
        }
        short[] after = clean(rate, before, new short[before.length], Cleaning.USUAL);

        int delay = samples; // of the library
        double tone = level(after, delay, rate);
        assertThat(decibels(tone, level(before, 0, rate))).as("tone").isBetween(-2.0, 1.0);
        assertThat(decibels(noise(after, samples, delay), noise(before, samples, 0))).as("noise").isLessThan(-6);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void anEchoIsGoneAfterASecondAndWhoSpeaksMeanwhileStays(int rate) {
        int samples = rate / 50;
        short[] far = new short[FRAMES * samples];
        short[] near = new short[far.length];
        for (int i = 0; i < far.length; i++) {
            far[i] = (short) (random.nextGaussian() * 2_500);
        }
        int late = rate * 60 / 1_000;
        for (int i = late; i < near.length; i++) {
            near[i] = (short) (0.5 * far[i - late] + (i / samples >= 150 ? 8_000 * Math.sin(2 * Math.PI * 440 * i / rate) : 0));
        }
        short[] after = clean(rate, near, far, Cleaning.NONE.withEcho(Cleaning.USUAL_ECHO_MILLIS));

        int second = 50 * samples;
        assertThat(decibels(rms(after, second, 2 * second), rms(near, second, 2 * second))).as("echo").isLessThan(-10);
        double tone = amplitude(after, 160 * samples, 180 * samples, rate, 440);
        assertThat(decibels(tone, 8_000)).as("tone").isBetween(-4.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void aVoiceIsToldFromNoiseAndSilence(int rate) {
        int samples = rate / 50;
        try (SoundCleaner cleaner = new SoundCleaner(rate, samples, Cleaning.NONE)) {
            int noise = 0;
            int voice = 100;
            for (int frame = 0; frame < 2 * FRAMES; frame++) {
                short[] pcm = new short[samples];
                for (int i = 0; i < samples; i++) {
                    double time = (double) (frame * samples + i) / rate;
                    pcm[i] = (short) (frame < FRAMES ? random.nextGaussian() * 500 : voice(time));
                }
                int likely = cleaner.clean(pcm, SILENCE);
                if (frame >= FRAMES / 2 && frame < FRAMES) {
                    noise = Math.max(noise, likely);
                } else if (frame >= FRAMES + 10 && frame < FRAMES + 60) {
                    voice = Math.min(voice, likely);
                }
            }
            assertThat(noise).as("noise").isLessThan(65);
            assertThat(voice).as("voice").isGreaterThan(50);
        }
    }

    @Test
    void withoutWishesSoundStaysAsItIs() {
        short[] before = new short[FRAMES * 160];
        for (int i = 0; i < before.length; i++) {
            before[i] = (short) (6_000 * Math.sin(2 * Math.PI * 440 * i / 8_000) + random.nextGaussian() * 300);
        }
        short[] after = clean(8_000, before, new short[before.length], Cleaning.NONE);

        assertThat(decibels(rms(after, 1_600, 20_000), rms(before, 1_600, 20_000))).isBetween(-0.5, 0.5);
    }

    @Test
    void wishesChangeInTheMidstOfSound() {
        try (SoundCleaner cleaner = new SoundCleaner(8_000, 160, Cleaning.NONE)) {
            for (Cleaning wish : new Cleaning[] {Cleaning.USUAL, Cleaning.NONE.withEcho(500), Cleaning.USUAL.withEcho(20), Cleaning.NONE, Cleaning.NONE.withEcho(1)}) {
                cleaner.wish(wish);
                for (int i = 0; i < 20; i++) {
                    assertThat(cleaner.clean(noise(160), noise(160))).isBetween(0, 100);
                }
            }
        }
    }

    @Test
    void whatWouldHarmTheLibraryIsRefused() {
        assertThatThrownBy(() -> new SoundCleaner(8_000, 0, Cleaning.NONE)).isInstanceOf(Broken.class);
        assertThatThrownBy(() -> new SoundCleaner(8_000, 161, Cleaning.NONE)).isInstanceOf(Broken.class);
        assertThatThrownBy(() -> new SoundCleaner(96_000, 960, Cleaning.NONE)).isInstanceOf(Broken.class);
        SoundCleaner cleaner = new SoundCleaner(8_000, 160, Cleaning.USUAL.withEcho(100));
        assertThatThrownBy(() -> cleaner.clean(new short[159], SILENCE)).isInstanceOf(Broken.class);
        assertThatThrownBy(() -> cleaner.clean(new short[160], new short[10])).isInstanceOf(Broken.class);
        cleaner.close();
        cleaner.close();
        assertThatThrownBy(() -> cleaner.clean(new short[160], SILENCE)).isInstanceOf(Broken.class);
    }

    private short[] noise(int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) random.nextInt(-32_768, 32_768);
        }
        return pcm;
    }

    private static short[] clean(int rate, short[] near, short[] far, Cleaning wishes) {
        int samples = rate / 50;
        short[] after = new short[near.length];
        try (SoundCleaner cleaner = new SoundCleaner(rate, samples, wishes)) {
            for (int at = 0; at < near.length; at += samples) {
                short[] frame = Arrays.copyOfRange(near, at, at + samples);
                cleaner.clean(frame, Arrays.copyOfRange(far, at, at + samples));
                System.arraycopy(frame, 0, after, at, samples);
            }
        }
        return after;
    }

    /// A tone that stays is a noise to the library.
    private static boolean sounds(int frame) {
        return frame % 50 < 15;
    }

    /// Something with harmonics that swells as syllables do.
    private static double voice(double time) {
        double sum = 0;
        for (int harmonic = 1; harmonic < 12; harmonic++) {
            sum += Math.sin(2 * Math.PI * 140 * harmonic * time) / harmonic;
        }
        return (1.2 + Math.sin(2 * Math.PI * 4 * time)) * 2_000 * sum;
    }

    /// Of the last bursts, in their middle.
    private static double level(short[] pcm, int delay, int rate) {
        int samples = rate / 50;
        return amplitude(pcm, 153 * samples + delay, 163 * samples + delay, rate, 440);
    }

    private static double noise(short[] pcm, int samples, int delay) {
        return rms(pcm, 175 * samples + delay, 195 * samples + delay);
    }

    private static double amplitude(short[] pcm, int from, int to, int rate, double hertz) {
        double real = 0;
        double imaginary = 0;
        for (int i = from; i < to; i++) {
            real += pcm[i] * Math.cos(2 * Math.PI * hertz * i / rate);
            imaginary += pcm[i] * Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return 2 * Math.hypot(real, imaginary) / (to - from);
    }

    private static double rms(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    private static double decibels(double one, double other) {
        return 20 * Math.log10(Math.max(one, 1e-3) / other);
    }
}
