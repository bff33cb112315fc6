package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.jitter.JitterCount;
import org.junit.jupiter.api.Test;

class CounterBoardTest {
    private final Counters<JitterCount> jitter = new Counters<>(JitterCount.class);
    private final Counters<IceCounter> ice = new Counters<>(IceCounter.class);
    private final CounterBoard board = new CounterBoard();

    CounterBoardTest() {
        board.add("jitter", jitter);
        board.add("ice", ice);
        jitter.add(JitterCount.LATE, 12);
    }

    @Test
    void showsWhatIsNotZeroAndSaysWhatItIs() {
        assertThat(board.run("")).isEqualTo(
                "jitter.late                                        12  " + JitterCount.LATE.description() + "\n\n1 total.\n");
        assertThat(board.run("all").lines()).hasSize(JitterCount.values().length + IceCounter.values().length + 2);
    }

    @Test
    void findsByNameAndByWhatIsCounted() {
        assertThat(board.run("all like JITTER.LATE")).contains("jitter.late").endsWith("\n1 total.\n");
        assertThat(board.run("all like " + JitterCount.LOST.description())).contains("jitter.lost");
        assertThat(board.run("like nothing of that")).isEqualTo("\n0 total.\n");
    }

    @Test
    void writesJson() {
        assertThat(board.run("json")).isEqualTo("{\"jitter.late\":12}\n");
        assertThat(board.run("json all like ice.")).startsWith("{\"ice.").contains("\":0");
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(board.run("everything")).startsWith("-USAGE");
    }
}
