package io.jverto.server.metrics;

import io.jverto.base.net.Addresses;
import io.jverto.base.time.TimeSource;
import io.jverto.sip.profile.Profile;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.switchboard.port.TickTimes;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that monitoring can read of this server. Thread-safe.
public final class Metrics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private Optional<MetricsPort> port = Optional.empty();

    /// Where the figures come from.
    ///
    /// @param sessions how many there are of each Verto profile
    /// @param profiles of SIP, those that run
    /// @param recordBytes of call records that are on the disk and not yet in the database
    /// @param recordsInMemory call records that can be written nowhere at the moment
    /// @param database whether it could be used when it was last needed
    /// @param counters shows all that the server counts
    /// @param selfCalls empty when the server makes none
    /// @param disk room where the server writes
    public record Sources(
            LiveChannels channels, Supplier<Map<String, Integer>> sessions, Supplier<List<Profile>> profiles, Supplier<TickTimes> ticks,
            Supplier<Long> recordBytes, IntSupplier recordsInMemory, BooleanSupplier database, Consumer<CounterReader> counters, Optional<SelfCalls> selfCalls, DiskWatch disk) {}

    /// Takes counters.
    public interface CounterReader {
        /// @param part of the server, a word or several with points between them
        /// @param what in capital letters
        /// @param description a sentence
        void take(String part, String what, long value, String description);
    }

    /// @return counts calls as they end, and gives their records to somebody else
    public CallRecords counting(CallRecords records) {
        return new CallMetrics(records, registry);
    }

    /// Begins to answer. Does without when it cannot listen: calls are more important.
    ///
    /// @param config empty when nothing is to listen
    public void open(Optional<MetricsConfig> config, Sources sources, TimeSource time) {
        if (config.isEmpty()) {
            return;
        }
        registry.getPrometheusRegistry().register(new SwitchFigures(sources));
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
        try {
            port = Optional.of(MetricsPort.open(config.get().place(), registry, new Health(sources, time)));
        } catch (IOException refused) {
            log.warn("metrics cannot be asked for at {}: {}; stop what uses the port, or set another listen-port in metrics.conf.xml"
                    + " (metrics_port in vars.xml)", Addresses.text(config.get().place().address()), refused.getMessage());
        }
    }

    /// @return where it listens, if it does
    public Optional<MetricsPort> port() {
        return port;
    }

    @Override
    public void close() {
        port.ifPresent(MetricsPort::close);
        collector.close();
        registry.close();
    }
}
