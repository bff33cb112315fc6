package io.jverto.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.base.time.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void deadlinesAreMetInOrderWithoutWaiting() {
        sleeper("late", 5_000);
        sleeper("early", 1_000);

        time.advance(Duration.ofSeconds(10));

        assertThat(seen).containsExactly("early at 1000", "late at 5000");
        assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void nothingHappensBeforeItsDeadline() {
        sleeper("late", 5_000);

        time.advance(Duration.ofMillis(4_999));

        assertThat(seen).isEmpty();
    }

    @Test
    void messagesWakeTheReaderAtOnce() {
        Mailbox<String> mailbox = time.mailbox(1);
        time.start("reader", () -> seen.add(mailbox.await(Long.MAX_VALUE).orElse("nothing")));
        time.settle();

        mailbox.tell("hello");
        time.settle();

        assertThat(seen).containsExactly("hello");
    }

    @Test
    void aThreadThatEndsByABugFailsTheTest() {
        time.start("broken", () -> {
            throw new IllegalStateException("bug");
        });

        assertThatThrownBy(time::settle).isInstanceOf(AssertionError.class).hasRootCauseMessage("bug");
    }

    private void sleeper(String name, long millis) {
        Mailbox<String> mailbox = time.mailbox(1);
        time.start(name, () -> {
            mailbox.await(Duration.ofMillis(millis).toNanos());
            seen.add(name + " at " + time.nanoTime() / 1_000_000);
        });
    }
}
