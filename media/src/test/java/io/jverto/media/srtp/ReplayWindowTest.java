package io.jverto.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void agreesWithASetOfEverythingSeen() {
        Random random = new Random(3);
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        for (int i = 0; i < 100_000; i++) {
            long index = Math.max(0, highest + random.nextInt(40) - 30 + (random.nextInt(500) == 0 ? 3000 : 0)
                    - (random.nextInt(20) == 0 ? 1010 + random.nextInt(30) : 0));

            boolean fresh = index > highest || (highest - index < ReplayWindow.SIZE && !seen.contains(index));

            assertThat(window.accepts(index)).as("index %d after %d", index, highest).isEqualTo(fresh);
            if (fresh) {
                window.record(index);
                seen.add(index);
                highest = Math.max(highest, index);
            }
        }
    }

    @Test
    void guessesTheRolloverNearestToTheHighestIndex() {
        window.record(0xffff);

        assertThat(window.guess(0)).isEqualTo(0x1_0000);
        assertThat(window.guess(0xfffe)).isEqualTo(0xfffe);

        window.record(0x1_0005);

        assertThat(window.guess(0xffff)).isEqualTo(0xffff);
        assertThat(window.guess(6)).isEqualTo(0x1_0006);
    }

    @Test
    void knowsNoIndexBeforeTheFirst() {
        window.record(3);

        assertThat(window.guess(0xfff0)).isEqualTo(ReplayWindow.IMPOSSIBLE);
        assertThat(window.accepts(ReplayWindow.IMPOSSIBLE)).isFalse();
    }

    @Test
    void endsWithTheKeysLife() {
        window.record(0xffff_ffff_ffffL);

        assertThat(window.guess(0)).isEqualTo(ReplayWindow.IMPOSSIBLE);
    }
}
