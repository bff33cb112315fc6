package io.jverto.base.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox<Integer> inbox = new Inbox<>(4);

    @Test
    void handsOutCommandsInTheOrderTheyCame() {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inbox.offer(i);
        }

        int count = inbox.drain(seen::add);

        assertThat(count).isEqualTo(3);
        assertThat(seen).containsExactly(0, 1, 2);
    }

    @Test
    void refusesWhatDoesNotFitAndTakesAgainWhenDrained() {
        for (int i = 0; i < 4; i++) {
            assertThat(inbox.offer(i)).isTrue();
        }
        assertThat(inbox.offer(4)).isFalse();

        inbox.drain(command -> {});

        assertThat(inbox.offer(5)).isTrue();
    }

    @Test
    void knowsWhetherSomethingWaits() {
        assertThat(inbox.isEmpty()).isTrue();
        inbox.offer(1);
        assertThat(inbox.isEmpty()).isFalse();

        inbox.drain(command -> {});

        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void losesNothingWhenManyThreadsOfferAtOnce() throws InterruptedException {
        Inbox<Integer> large = new Inbox<>(4096);
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int base = t * 1000;
            writers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 1000; i++) {
                    large.offer(base + i);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        List<Integer> seen = new ArrayList<>();

        large.drain(seen::add);

        assertThat(seen).hasSize(4000).doesNotHaveDuplicates();
    }
}
