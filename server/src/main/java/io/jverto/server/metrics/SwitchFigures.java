package io.jverto.server.metrics;

import io.jverto.base.count.Histogram;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.port.TickTimes;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The state of the switch at the moment when somebody asks; between two questions it costs nothing. Thread-safe.
final class SwitchFigures implements MultiCollector {
    /// Seconds: a tick is 20 ms, and one that is 2 ms late is not heard yet.
    private static final double[] TICK_BUCKETS = {0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1};
    private static final double NANOS = 1e9;

    private final Metrics.Sources sources;

    SwitchFigures(Metrics.Sources sources) {
        this.sources = sources;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        LiveChannels channels = sources.channels();
        all.metricSnapshot(byState(channels.rows()));
        all.metricSnapshot(gauge("jverto_channels_limit", "channels that there may be at once", channels.limit()));
        all.metricSnapshot(gauge("jverto_channels_paused", "1 while new calls are refused", channels.paused() ? 1 : 0));
        all.metricSnapshot(counter("jverto_channels_started", "channels since the start", channels.sinceStart()));
        GaugeSnapshot.Builder sessions = GaugeSnapshot.builder().name("jverto_sessions").help("clients that are logged in over Verto");
        sources.sessions().get().forEach((profile, count) -> sessions.dataPoint(point(count, Labels.of("profile", profile))));
        all.metricSnapshot(sessions.build());
        sip(all);
        ticks(all, sources.ticks().get());
        all.metricSnapshot(gauge("jverto_records_waiting_bytes", "call records on the disk that are not in the database yet", sources.recordBytes().get()));
        all.metricSnapshot(gauge("jverto_records_waiting_memory", "call records that can be written nowhere at the moment", sources.recordsInMemory().getAsInt()));
        GaugeSnapshot.Builder disk = GaugeSnapshot.builder().name("jverto_disk_free_bytes").help("room where the server writes");
        sources.disk().free().forEach((folder, bytes) -> disk.dataPoint(point(bytes, Labels.of("folder", folder))));
        all.metricSnapshot(disk.build());
        sources.selfCalls().ifPresent(calls -> selfCalls(all, calls));
        sources.counters().accept((part, what, value, description) ->
                all.metricSnapshot(counter("jverto_" + part.replace('.', '_') + "_" + what.toLowerCase(Locale.ROOT), description, value)));
        return all.build();
    }

    private static GaugeSnapshot byState(List<ChannelRow> rows) {
        Map<String, Integer> inbound = new TreeMap<>();
        Map<String, Integer> outbound = new TreeMap<>();
        rows.forEach(row -> (row.outbound() ? outbound : inbound).merge(row.callState().toLowerCase(Locale.ROOT), 1, Integer::sum));
        GaugeSnapshot.Builder states = GaugeSnapshot.builder().name("jverto_channels").help("channels, each a party's side of a call, by their state");
        inbound.forEach((state, count) -> states.dataPoint(point(count, Labels.of("direction", "inbound", "state", state))));
        outbound.forEach((state, count) -> states.dataPoint(point(count, Labels.of("direction", "outbound", "state", state))));
        if (rows.isEmpty()) {
            states.dataPoint(point(0, Labels.of("direction", "inbound", "state", "active")));
        }
        return states.build();
    }

    private void sip(MetricSnapshots.Builder all) {
        GaugeSnapshot.Builder telephones = GaugeSnapshot.builder().name("jverto_sip_registrations").help("telephones that are registered");
        GaugeSnapshot.Builder calls = GaugeSnapshot.builder().name("jverto_sip_profile_calls").help("calls over a SIP profile");
        GaugeSnapshot.Builder up = GaugeSnapshot.builder().name("jverto_sip_gateway_up").help("1 when calls can go over the gateway");
        for (Profile profile : sources.profiles().get()) {
            telephones.dataPoint(point(profile.telephones().size(), Labels.of("profile", profile.name())));
            calls.dataPoint(point(profile.calls(), Labels.of("profile", profile.name())));
            for (GatewayLine gateway : profile.gateways()) {
                up.dataPoint(point(gateway.isUp() ? 1 : 0, Labels.of("profile", profile.name(), "gateway", gateway.config().name())));
            }
        }
        all.metricSnapshot(telephones.build());
        all.metricSnapshot(calls.build());
        all.metricSnapshot(up.build());
    }

    private static void selfCalls(MetricSnapshots.Builder all, SelfCalls calls) {
        all.metricSnapshot(CounterSnapshot.builder().name("jverto_self_calls").help("calls of the server to itself")
                .dataPoint(CounterDataPointSnapshot.builder().value(calls.good()).labels(Labels.of("result", "good")).build())
                .dataPoint(CounterDataPointSnapshot.builder().value(calls.failed()).labels(Labels.of("result", "failed")).build())
                .build());
        calls.up().ifPresent(up -> all.metricSnapshot(gauge("jverto_self_call_up", "1 when the last call of the server to itself was answered and heard", up)));
        calls.seconds().ifPresent(took -> all.metricSnapshot(gauge("jverto_self_call_seconds", "how long that call took", took)));
        calls.beganSeconds().ifPresent(at -> all.metricSnapshot(gauge("jverto_self_call_timestamp_seconds", "when it began, since 1970", at)));
    }

    private static void ticks(MetricSnapshots.Builder all, TickTimes ticks) {
        all.metricSnapshot(gauge("jverto_tick_threads", "threads that mix and play every 20 ms", ticks.threads()));
        all.metricSnapshot(histogram("jverto_tick_late_seconds", "by how much ticks began after their time", ticks.late()));
        all.metricSnapshot(histogram("jverto_tick_took_seconds", "how long ticks lasted", ticks.took()));
        all.metricSnapshot(counter("jverto_ticks_skipped", "ticks that were so late that they were left out", ticks.skipped()));
    }

    /// The buckets of the source are narrower than these; the sum is within a sixteenth.
    private static HistogramSnapshot histogram(String name, String help, Histogram.Snapshot values) {
        double[] bounds = new double[TICK_BUCKETS.length + 1];
        long[] counts = new long[bounds.length];
        long before = 0;
        for (int i = 0; i < TICK_BUCKETS.length; i++) {
            bounds[i] = TICK_BUCKETS[i];
            long upTo = values.count() - values.over((long) (TICK_BUCKETS[i] * NANOS));
            counts[i] = upTo - before;
            before = upTo;
        }
        bounds[TICK_BUCKETS.length] = Double.POSITIVE_INFINITY;
        counts[TICK_BUCKETS.length] = values.count() - before;
        double sum = values.buckets().stream().mapToDouble(bucket -> bucket.atMost() / NANOS * bucket.count()).sum();
        return HistogramSnapshot.builder().name(name).help(help)
                .dataPoint(HistogramDataPointSnapshot.builder().classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts)).sum(sum).build())
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder().name(name).help(help).dataPoint(point(value, Labels.EMPTY)).build();
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static CounterSnapshot counter(String name, String help, long value) {
        return CounterSnapshot.builder().name(name).help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
