package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sockets killed at random points of random dialogues, against a model of what must be alive (verto-wire.md section 4).
class SurvivalTest {
    private static final int RUNS = 1_000;
    private static final int STEPS = 14;

    @Test
    void noCallIsLostDoubledOrLeftBehindWhateverSocketsDo() {
        try (SurvivalWorld world = new SurvivalWorld()) {
            for (int seed = 0; seed < RUNS; seed++) {
                world.begin(new Random(seed));
                for (int step = 0; step < STEPS; step++) {
                    String did = world.step();
                    assertThat(world.alive()).as("seed %d step %d: %s", seed, step, did).isEqualTo(world.expected());
                }
                world.everybodyLeaves();
                assertThat(world.left()).as("seed %d at the end", seed).isZero();
            }
        }
    }
}
