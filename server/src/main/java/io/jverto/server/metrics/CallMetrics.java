package io.jverto.server.metrics;

import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/// Counts calls as they end, and hands their records on. Thread-safe.
public final class CallMetrics implements CallRecords {
    private final CallRecords records;
    private final MeterRegistry registry;
    private final Timer setup;
    private final Timer talk;
    private final DistributionSummary opinion;
    private final DistributionSummary loss;
    private final DistributionSummary concealed;
    private final Timer jitter;
    private final Timer roundTrip;

    /// @param records who keeps them
    public CallMetrics(CallRecords records, MeterRegistry registry) {
        this.records = records;
        this.registry = registry;
        this.setup = timer("jverto.call.setup", "from a channel's beginning to its answer", 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
        this.talk = timer("jverto.call.talk", "from a channel's answer to its end", 1_000, 10_000, 60_000, 300_000, 1_800_000, 7_200_000);
        this.opinion = summary("jverto.call.mos", "estimated mean opinion score of what clients said", 2, 2.5, 3, 3.2, 3.6, 4, 4.2, 4.4);
        this.loss = summary("jverto.call.loss", "share of a client's packets that did not come", shares());
        this.concealed = summary("jverto.call.concealed", "share of a client's sound that had to be made up", shares());
        this.jitter = timer("jverto.call.jitter", "a channel's mean interarrival jitter", 1, 2, 5, 10, 20, 50, 100, 200);
        this.roundTrip = timer("jverto.call.round.trip", "a channel's mean round trip, by its client's reports", 5, 10, 25, 50, 100, 200, 400, 1_000);
    }

    @Override
    public void ended(CallRecord record) {
        Counter.builder("jverto.calls.ended")
                .description("channels that have ended, by the cause of their end")
                .tag("cause", record.cause().name())
                .tag("leg", record.leg().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
        record.times().answered().ifPresent(answered -> {
            setup.record(Duration.between(record.times().created(), answered));
            talk.record(Duration.between(answered, record.times().ended()));
        });
        record.quality().ifPresent(this::sounded);
        records.ended(record);
    }

    private void sounded(CallQuality quality) {
        opinion.record(quality.mos());
        loss.record(quality.lost());
        concealed.record(quality.concealed());
        quality.jitter().ifPresent(spread -> jitter.record(millis(spread.mean())));
        quality.roundTrip().ifPresent(spread -> roundTrip.record(millis(spread.mean())));
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1_000_000));
    }

    private static double[] shares() {
        return new double[] {0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
    }

    private Timer timer(String name, String description, long... buckets) {
        Duration[] objectives = new Duration[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            objectives[i] = Duration.ofMillis(buckets[i]);
        }
        return Timer.builder(name).description(description).serviceLevelObjectives(objectives).register(registry);
    }

    private DistributionSummary summary(String name, String description, double... buckets) {
        return DistributionSummary.builder(name).description(description).serviceLevelObjectives(buckets).register(registry);
    }
}
