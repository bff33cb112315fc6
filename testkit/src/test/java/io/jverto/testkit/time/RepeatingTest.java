package io.jverto.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.Repeating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatingTest {
    private final VirtualTime time = new VirtualTime();
    private final List<Long> turns = new ArrayList<>();
    private final Repeating repeating = new Repeating(time, "work", Duration.ofSeconds(10));

    @Test
    void theFirstTurnComesAtOnceOrWhenTheTimeIsOver() {
        repeating.start(this::turn);
        new Repeating(time, "later", Duration.ofSeconds(8)).startLater(this::turn);

        time.advance(Duration.ofSeconds(11));

        assertThat(turns).containsExactly(0L, 8L, 10L);
    }

    @Test
    void noTurnFollowsTheEnd() {
        repeating.start(this::turn);
        time.advance(Duration.ofSeconds(15));

        repeating.close();
        time.advance(Duration.ofSeconds(60));

        assertThat(turns).containsExactly(0L, 10L);
    }

    @Test
    void whatEndsBeforeItBeginsHasNoLaterTurn() {
        repeating.close();
        repeating.startLater(this::turn);
        time.advance(Duration.ofSeconds(60));

        assertThat(turns).isEmpty();
    }

    @Test
    void aTurnThatBreaksOffDoesNotEndTheOthers() {
        repeating.start(() -> {
            turn();
            if (turns.size() == 2) {
                throw new IllegalStateException("a bug");
            }
        });
        time.advance(Duration.ofSeconds(25));

        assertThat(turns).containsExactly(0L, 10L, 20L);
    }

    private void turn() {
        turns.add(Duration.ofNanos(time.nanoTime()).toSeconds());
    }
}
