package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.video.LayerChoice.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerChoiceTest {
    private static final List<Layer> THREE = List.of(new Layer(150, 180), new Layer(500, 360), new Layer(1_500, 720));

    private static int[] choose(int kbps, Picture... pictures) {
        return LayerChoice.choose(List.of(pictures), kbps);
    }

    private static Picture at(int height, int now) {
        return new Picture(THREE, height, now);
    }

    @Test
    void takesTheSmallestSizeThatFillsThePlace() {
        assertThat(choose(0, at(90, 0), at(180, 0), at(220, 0), at(300, 0), at(360, 0), at(700, 0), at(2_000, 0), at(0, 0)))
                .containsExactly(0, 0, 0, 1, 1, 2, 2, 2);
    }

    @Test
    void everybodyIsSeenBeforeAnybodyIsSeenBetter() {
        assertThat(choose(500, at(720, 0), at(720, 0), at(720, 0))).containsExactly(0, 0, 0);
        assertThat(choose(100, at(720, 2), at(720, 2))).as("too little even for that").containsExactly(0, 0);
    }

    @Test
    void theLargestPlaceIsServedFirst() {
        assertThat(choose(900, at(360, 0), at(720, 0), at(360, 0))).containsExactly(0, 1, 0);
        assertThat(choose(2_200, at(180, 0), at(720, 0))).containsExactly(0, 2);
    }

    @Test
    void whatIsThereStaysThoughItWouldNotBeAddedAnew() {
        assertThat(choose(520, at(360, 0))).as("with nothing to spare").containsExactly(0);
        assertThat(choose(520, at(360, 1))).containsExactly(1);
        assertThat(choose(560, at(360, 0))).containsExactly(1);
    }

    @Test
    void sizesOfWhichNothingComesAreLeftOut() {
        List<Layer> gap = List.of(new Layer(150, 180), Layer.NOTHING, new Layer(1_500, 720));
        assertThat(choose(0, new Picture(gap, 360, 0))).containsExactly(2);
        assertThat(choose(600, new Picture(gap, 360, 0))).containsExactly(0);
        assertThat(choose(0, new Picture(List.of(Layer.NOTHING, Layer.NOTHING), 360, 1))).containsExactly(0);
    }
}
