package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MusicSourceTest {
    @Test
    void isTheSameEachTimeAndNeverEnds() {
        short[] once = ToneSourceTest.play(new MusicSource(), 50 * 140);
        short[] again = ToneSourceTest.play(new MusicSource(), 50 * 140);

        assertThat(again).isEqualTo(once);
    }

    @Test
    void isNeitherSilentNorLoudInAnySecond() {
        MusicSource music = new MusicSource();
        for (int second = 0; second < 140; second++) {
            short[] pcm = ToneSourceTest.play(music, 50);
            assertThat(Signal.rms(pcm)).isBetween(400.0, 6_000.0);
            assertThat(Signal.peak(pcm)).isLessThan(20_000);
        }
    }

    @Test
    void doesNotClick() {
        short[] left = Signal.channel(ToneSourceTest.play(new MusicSource(), 50 * 40), 0);

        int steepest = 0;
        for (int i = 2; i < left.length; i++) {
            steepest = Math.max(steepest, Math.abs(left[i] - 2 * left[i - 1] + left[i - 2]));
        }
        assertThat(steepest).isLessThan(200);
    }

    @Test
    void isNotTheSameLeftAndRight() {
        short[] pcm = ToneSourceTest.play(new MusicSource(), 50 * 10);
        short[] left = Signal.channel(pcm, 0);
        short[] right = Signal.channel(pcm, 1);

        double product = 0;
        for (int i = 0; i < left.length; i++) {
            product += (double) left[i] * right[i];
        }
        double correlation = product / left.length / Signal.rms(left) / Signal.rms(right);
        assertThat(Math.abs(correlation)).isLessThan(0.6);
    }
}
