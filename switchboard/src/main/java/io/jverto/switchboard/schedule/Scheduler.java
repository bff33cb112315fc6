package io.jverto.switchboard.schedule;

import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Tasks for later, each on a virtual thread that waits for its time. Bounded: one too many is refused and counted. Thread-safe.
public final class Scheduler {
    private static final int MAX_TASKS = 10_000;

    private final TimeSource time;
    private final Counters<SwitchCounter> counters;
    private final ConcurrentHashMap<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();

    public Scheduler(TimeSource time, Counters<SwitchCounter> counters) {
        this.time = time;
        this.counters = counters;
    }

    /// What waits.
    ///
    /// @param group by which several can be taken back, for instance a channel's id
    /// @param description what it is, for lists
    /// @param at when it runs next
    /// @param does what a call does then, where that can be told; it is kept while the server is started again
    public record Task(long number, String group, String description, Instant at, Optional<Does> does) {}

    /// @param application of the dialplan that was to make the task
    /// @param data of it behind the time
    public record Does(String application, Text data) {}

    private record Waiting(Task task, Mailbox<Boolean> stop) {}

    /// When something is to happen.
    ///
    /// @param every the time between two turns of something that repeats; zero for once
    public record When(Duration delay, Duration every) {
        public static When in(Duration delay) {
            return new When(delay, Duration.ZERO);
        }
    }

    /// @return the task's number; empty when there are too many
    public Optional<Long> add(String group, String description, When when, Runnable work) {
        return add(group, description, when, Optional.empty(), work);
    }

    /// @param group the channel's id, if `does` is there
    /// @return the task's number; empty when there are too many
    public Optional<Long> add(String group, String description, When when, Optional<Does> does, Runnable work) {
        if (count.incrementAndGet() > MAX_TASKS) {
            count.decrementAndGet();
            counters.increment(SwitchCounter.TASKS_REFUSED);
            return Optional.empty();
        }
        long number = numbers.incrementAndGet();
        Mailbox<Boolean> stop = time.mailbox(1);
        waiting.put(number, new Waiting(new Task(number, group, description, time.wallTime().plus(when.delay()), does), stop));
        time.start("task " + number, () -> run(number, when, stop, work));
        return Optional.of(number);
    }

    private void run(long number, When when, Mailbox<Boolean> stop, Runnable work) {
        long deadline = time.nanoTime() + when.delay().toNanos();
        try {
            while (stop.await(deadline).isEmpty() && waiting.containsKey(number)) {
                if (when.every().isZero()) {
                    waiting.remove(number);
                } else {
                    deadline += when.every().toNanos();
                    waiting.computeIfPresent(number, (_, one) -> new Waiting(new Task(number, one.task().group(), one.task().description(),
                            one.task().at().plus(when.every()), one.task().does()), stop));
                }
                work.run();
            }
        } finally {
            waiting.remove(number);
            count.decrementAndGet();
        }
    }

    /// @return whether it was waiting
    public boolean cancel(long number) {
        Waiting one = waiting.remove(number);
        if (one != null) {
            one.stop().tell(true);
        }
        return one != null;
    }

    /// Takes back all of a group.
    ///
    /// @return how many
    public int cancel(String group) {
        return (int) waiting.values().stream()
                .map(Waiting::task)
                .filter(task -> task.group().equals(group))
                .filter(task -> cancel(task.number()))
                .count();
    }

    /// @return what waits, the next first
    public List<Task> tasks() {
        return waiting.values().stream()
                .map(Waiting::task)
                .sorted(Comparator.comparing(Task::at).thenComparing(Task::number))
                .toList();
    }
}
