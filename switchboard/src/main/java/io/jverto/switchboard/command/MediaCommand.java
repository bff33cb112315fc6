package io.jverto.switchboard.command;

import io.jverto.base.count.Histogram;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.TickTimes;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `media ticks`: how punctual the threads are that mix and play. With `json` the buckets too, so that who asks twice can tell what was
/// between.
public final class MediaCommand implements ApiCommand {
    /// Late from here on: design.md section 5 bounds their share.
    private static final long LATE_NANOS = 2_000_000;
    private static final double NANOS_OF_MILLI = 1e6;
    private static final double PERCENT = 100;
    private static final int NANOS_OF_MICRO = 1_000;

    private final Supplier<TickTimes> ticks;

    /// @param ticks as they are when it is called
    public MediaCommand(Supplier<TickTimes> ticks) {
        this.ticks = ticks;
    }

    @Override
    public String name() {
        return "media";
    }

    @Override
    public String run(String arguments) {
        return switch (arguments) {
            case "ticks" -> text(ticks.get());
            case "ticks json" -> json(ticks.get());
            default -> "-USAGE: media ticks [json]\n";
        };
    }

    private static String text(TickTimes times) {
        long ticks = times.late().count();
        double share = ticks == 0 ? 0 : PERCENT * times.late().over(LATE_NANOS) / ticks;
        return String.format(Locale.ROOT, "%d ticks of %d threads (%d real-time), %d left out, %.3f %% began over 2 ms late\n%s%s",
                ticks, times.threads(), times.realTime(), times.skipped(), share, line("late", times.late()), line("took", times.took()));
    }

    private static String line(String name, Histogram.Snapshot nanos) {
        return String.format(Locale.ROOT, "%s p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, at most %.3f ms\n", name,
                nanos.percentile(0.5) / NANOS_OF_MILLI, nanos.percentile(0.99) / NANOS_OF_MILLI,
                nanos.percentile(0.999) / NANOS_OF_MILLI, nanos.percentile(1) / NANOS_OF_MILLI);
    }

    /// Numbers alone: nothing is to be quoted.
    private static String json(TickTimes times) {
        return "{\"threads\":%d,\"realTime\":%d,\"ticks\":%d,\"skipped\":%d,\"overTwoMillis\":%d,\"late\":%s,\"took\":%s}\n".formatted(
                times.threads(), times.realTime(), times.late().count(), times.skipped(), times.late().over(LATE_NANOS), json(times.late()), json(times.took()));
    }

    /// @param nanos shown in microseconds, but for the buckets: pairs of the most nanoseconds and the count
    private static String json(Histogram.Snapshot nanos) {
        String buckets = nanos.buckets().stream()
                .map(bucket -> "[" + bucket.atMost() + "," + bucket.count() + "]")
                .collect(Collectors.joining(","));
        return "{\"p50\":%d,\"p99\":%d,\"p99.9\":%d,\"max\":%d,\"buckets\":[%s]}".formatted(
                nanos.percentile(0.5) / NANOS_OF_MICRO, nanos.percentile(0.99) / NANOS_OF_MICRO,
                nanos.percentile(0.999) / NANOS_OF_MICRO, nanos.percentile(1) / NANOS_OF_MICRO, buckets);
    }
}
