package io.jverto.bench.load;

import io.jverto.base.count.Histogram;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// How punctual the server's mixers are, when it is one that says so: the command `media ticks json`, by `jsapi`.
///
/// @param late nanoseconds by which ticks began after their time
/// @param took nanoseconds that ticks lasted
/// @param skipped ticks that were left out
record TickFigures(Histogram.Snapshot late, Histogram.Snapshot took, long skipped) {
    private static final long LATE_NANOS = 2_000_000;
    private static final double NANOS_OF_MILLI = 1e6;

    /// @return empty when the server has no such command, or does not let this user run it
    static CompletableFuture<Optional<TickFigures>> ask(VertoSocket socket) {
        JsonObject command = new JsonObjectBuilder().put("cmd", "media").put("arg", "ticks json").build();
        return socket.request("jsapi", new JsonObjectBuilder().put("command", "fsapi").put("data", command))
                .handle((reply, refused) -> refused != null
                        ? Optional.empty()
                        : reply.string("message").flatMap(JsonText::parse).flatMap(JsonValue::asObject).flatMap(TickFigures::read));
    }

    static Optional<TickFigures> read(JsonObject told) {
        Optional<Histogram.Snapshot> late = told.object("late").map(TickFigures::histogram);
        Optional<Histogram.Snapshot> took = told.object("took").map(TickFigures::histogram);
        return late.flatMap(one -> took.map(other -> new TickFigures(one, other, told.get("skipped").map(TickFigures::number).orElse(0L))));
    }

    private static Histogram.Snapshot histogram(JsonObject told) {
        List<JsonValue> pairs = told.get("buckets").map(TickFigures::items).orElse(List.of());
        return Histogram.Snapshot.of(pairs.stream()
                .map(TickFigures::items)
                .filter(pair -> pair.size() == 2)
                .map(pair -> new Histogram.Bucket(number(pair.get(0)), number(pair.get(1))))
                .toList());
    }

    private static List<JsonValue> items(JsonValue value) {
        return value instanceof JsonArray array ? array.items() : List.of();
    }

    private static long number(JsonValue value) {
        return value instanceof JsonNumber number ? Long.parseLong(number.digits()) : 0;
    }

    /// Writes what came since an earlier look.
    void to(Report report, TickFigures earlier) {
        Histogram.Snapshot lateness = late.minus(earlier.late);
        Histogram.Snapshot durations = took.minus(earlier.took);
        long ticks = lateness.count();
        report.number("server ticks", "", ticks);
        millis(report, "server tick late p50", lateness, 0.5);
        millis(report, "server tick late p99", lateness, 0.99);
        millis(report, "server tick late p99.9", lateness, 0.999);
        report.number("server ticks over 2 ms late", "%", ticks == 0 ? 0 : 100.0 * lateness.over(LATE_NANOS) / ticks);
        report.number("server ticks left out", "", skipped - earlier.skipped);
        millis(report, "server tick took p50", durations, 0.5);
        millis(report, "server tick took p99", durations, 0.99);
    }

    private static void millis(Report report, String name, Histogram.Snapshot nanos, double share) {
        report.number(name, "ms", nanos.percentile(share) / NANOS_OF_MILLI);
    }
}
