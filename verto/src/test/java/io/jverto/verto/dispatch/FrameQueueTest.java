package io.jverto.verto.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.Mailbox;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.dispatch.FrameQueue.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Boolean> reading = new CopyOnWriteArrayList<>();
    private final Mailbox<Boolean> gate = time.mailbox(100_000);

    @Test
    void framesAreHandledOneAfterTheOther() {
        FrameQueue queue = new FrameQueue(time, this::waitThenSee, reading::add);

        queue.offer(new Frame.Text("a"));
        queue.offer(new Frame.Text("b"));
        queue.offer(new Frame.Closed());
        time.settle();
        assertThat(seen).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("a");
        time.advance(Duration.ofSeconds(2));

        assertThat(seen).containsExactly("a", "b", "closed");
        queue.offer(new Frame.Text("c"));
        time.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("a", "b", "closed", "c");
    }

    @Test
    void s39ReadingStopsWhileMuchWaits() {
        FrameQueue queue = new FrameQueue(time, this::waitThenSee, reading::add);

        for (int i = 0; i < 100; i++) {
            queue.offer(new Frame.Text("x"));
        }
        assertThat(reading).containsExactly(false);
        time.advance(Duration.ofSeconds(100));

        assertThat(reading).containsExactly(false, true);
        assertThat(seen).hasSize(100);
    }

    @Test
    void oneLongFrameStopsReadingToo() {
        FrameQueue queue = new FrameQueue(time, this::waitThenSee, reading::add);
        queue.offer(new Frame.Text("x"));

        queue.offer(new Frame.Text("x".repeat(900_000)));

        assertThat(reading).containsExactly(false);
        time.advance(Duration.ofSeconds(3));
        assertThat(reading).containsExactly(false, true);
    }

    @Test
    void s39AFloodIsRefusedButTheEndIsHeard() {
        FrameQueue queue = new FrameQueue(time, this::waitThenSee, reading::add);
        queue.offer(new Frame.Text("x"));
        time.settle();
        int taken = 0;
        while (taken < 100_000 && queue.offer(new Frame.Text(""))) {
            taken++;
        }

        assertThat(taken).isEqualTo(16_384);
        assertThat(queue.offer(new Frame.Closed())).isTrue();
    }

    private void waitThenSee(Frame frame) {
        gate.await(time.nanoTime() + Duration.ofSeconds(1).toNanos());
        seen.add(frame instanceof Frame.Text text ? text.value() : "closed");
    }
}
