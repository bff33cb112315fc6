package io.jverto.bench.load;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// The server's memory again and again while a load lasts: whether it grows. Prints each sample as it is taken.
final class MemorySamples {
    private static final double KB_OF_MB = 1_024;

    private final Optional<ServerProcess> process;
    private final double everySeconds;
    private final PrintStream out;
    private final List<ServerSample> samples = new ArrayList<>();

    /// @param process the server's, if it may be looked at
    /// @param everySeconds between two samples; 0 for none
    MemorySamples(Optional<ServerProcess> process, double everySeconds, PrintStream out) {
        this.process = process;
        this.everySeconds = everySeconds;
        this.out = out;
    }

    /// Lets that time pass.
    void during(double seconds) {
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        if (everySeconds > 0 && process.isPresent()) {
            long step = (long) (everySeconds * 1e9);
            for (long next = begin; next - end <= 0; next += step) {
                Pace.sleepUntil(next);
                add(process.get().sample());
            }
        }
        Pace.sleepUntil(end);
    }

    void add(ServerSample sample) {
        samples.add(sample);
        ServerSample first = samples.getFirst();
        String heap = sample.heapKb() > 0 ? String.format(Locale.ROOT, ", live heap %.1f MB", sample.heapKb() / KB_OF_MB) : "";
        out.printf(
                Locale.ROOT, "after %.0f s: RSS %.1f MB%s, %d threads, CPU %.1f s%n",
                sample.seconds(first), sample.rssKb() / KB_OF_MB, heap, sample.threads(), sample.cpuMicros(first) / 1e6);
    }

    /// Writes by how much each hour would see it grow, by the line that fits all samples best.
    void to(Report report) {
        if (samples.size() < 2) {
            return;
        }
        report.number("memory samples", "", samples.size());
        report.number("server memory (RSS) grows", "kB an hour", growth(ServerSample::rssKb));
        if (samples.getFirst().heapKb() > 0) {
            report.number("server live heap grows", "kB an hour", growth(ServerSample::heapKb));
        }
    }

    private double growth(ToLongFunction<ServerSample> figure) {
        ServerSample first = samples.getFirst();
        double meanX = samples.stream().mapToDouble(sample -> sample.seconds(first)).average().orElse(0);
        double meanY = samples.stream().mapToLong(figure).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (ServerSample sample : samples) {
            double off = sample.seconds(first) - meanX;
            covariance += off * (figure.applyAsLong(sample) - meanY);
            variance += off * off;
        }
        return covariance / variance * 3_600;
    }
}
