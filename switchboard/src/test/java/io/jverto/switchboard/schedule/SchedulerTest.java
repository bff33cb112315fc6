package io.jverto.switchboard.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.schedule.Scheduler.When;
import io.jverto.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private final VirtualTime time = new VirtualTime();
    private final Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);
    private final Scheduler scheduler = new Scheduler(time, counters);
    private final List<String> done = new CopyOnWriteArrayList<>();

    private long add(String group, int seconds) {
        return scheduler.add(group, "say " + seconds, When.in(Duration.ofSeconds(seconds)), () -> done.add(group + " " + seconds)).orElseThrow();
    }

    @Test
    void tasksRunWhenTheirTimeComesAndAreGoneThen() {
        add("b", 20);
        add("a", 10);
        assertThat(scheduler.tasks()).extracting(Scheduler.Task::description).containsExactly("say 10", "say 20");

        time.advance(Duration.ofSeconds(10));
        assertThat(done).containsExactly("a 10");
        time.advance(Duration.ofSeconds(10));
        assertThat(done).containsExactly("a 10", "b 20");
        assertThat(scheduler.tasks()).isEmpty();
    }

    @Test
    void aTaskOrAGroupIsTakenBack() {
        long one = add("a", 10);
        add("a", 11);
        add("b", 12);
        add("b", 13);

        assertThat(scheduler.cancel(one)).isTrue();
        assertThat(scheduler.cancel(one)).isFalse();
        assertThat(scheduler.cancel("b")).isEqualTo(2);
        time.advance(Duration.ofSeconds(20));

        assertThat(done).containsExactly("a 11");
    }

    @Test
    void oneThatRepeatsRunsUntilItIsTakenBack() {
        long number = scheduler.add("a", "again", new When(Duration.ofSeconds(1), Duration.ofSeconds(5)), () -> done.add("again")).orElseThrow();

        time.advance(Duration.ofSeconds(11));
        assertThat(done).hasSize(3);
        scheduler.cancel(number);
        time.advance(Duration.ofSeconds(60));

        assertThat(done).hasSize(3);
    }

    @Test
    void aTaskMayTakeItselfBack() {
        long[] own = new long[1];
        own[0] = scheduler.add("a", "once", new When(Duration.ofSeconds(1), Duration.ofSeconds(1)), () -> {
            done.add("once");
            scheduler.cancel(own[0]);
        }).orElseThrow();

        time.advance(Duration.ofSeconds(10));
        assertThat(done).containsExactly("once");
    }

    @Test
    void thereAreOnlySoMany() {
        for (int i = 0; i < 10_000; i++) {
            add("a", 10);
        }

        assertThat(scheduler.add("a", "one more", When.in(Duration.ofSeconds(1)), () -> done.add("never"))).isEmpty();
        assertThat(counters.get(SwitchCounter.TASKS_REFUSED)).isEqualTo(1);
        scheduler.cancel("a");
        time.settle();
        assertThat(scheduler.add("a", "again", When.in(Duration.ofSeconds(1)), () -> done.add("now"))).isPresent();
    }
}
