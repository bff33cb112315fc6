package io.jverto.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the server's process between the parts of a load. All its figures stay away when the server is elsewhere.
final class Meter {
    private final Optional<ServerProcess> process;
    private final List<ServerSample> samples = new ArrayList<>();

    Meter(Optional<ServerProcess> process) {
        this.process = process;
        if (process.isEmpty()) {
            System.err.println("jverto load: the server is not a process of this machine that we may read: no CPU, memory, threads");
        }
    }

    /// @return the number of the sample
    int mark() {
        process.ifPresent(found -> samples.add(found.sample()));
        return samples.size() - 1;
    }

    /// The same without the memory of a Java server, which it would have to collect its garbage for.
    int glance() {
        process.ifPresent(found -> samples.add(found.glance()));
        return samples.size() - 1;
    }

    /// CPU time between two marks, for each unit of work.
    void cpu(Report report, String name, int from, int to, double units) {
        if (process.isPresent()) {
            report.number(name, "ms", samples.get(to).cpuMicros(samples.get(from)) / 1e3 / units);
        }
    }

    /// CPU time between two marks, as a multiple of some other.
    ///
    /// @param millis that other
    void cpuTimes(Report report, String name, int from, int to, double millis) {
        if (process.isPresent()) {
            report.number(name, "times", samples.get(to).cpuMicros(samples.get(from)) / 1e3 / millis);
        }
    }

    /// CPU time between two marks, of the time that passed.
    void load(Report report, String name, int from, int to) {
        if (process.isPresent()) {
            ServerSample end = samples.get(to);
            report.number(name, "% of a core", end.cpuMicros(samples.get(from)) / 1e4 / end.seconds(samples.get(from)));
        }
    }

    /// Seconds between two marks.
    double seconds(int from, int to) {
        return process.isPresent() ? samples.get(to).seconds(samples.get(from)) : 0;
    }

    /// What the process has, and how it grew between two marks.
    void memory(Report report, String prefix, int from, int to) {
        if (process.isPresent()) {
            ServerSample before = samples.get(from);
            ServerSample after = samples.get(to);
            report.number(prefix + "server memory (RSS)", "MB", after.rssKb() / 1_024.0);
            if (after.heapKb() > 0) {
                report.number(prefix + "server live heap", "MB", after.heapKb() / 1_024.0);
                report.number(prefix + "server live heap more than at first", "MB", (after.heapKb() - before.heapKb()) / 1_024.0);
            }
            report.number(prefix + "server threads more than at first", "", after.threads() - before.threads());
        }
    }

    /// What grew between two marks, for each unit.
    void growth(Report report, String unit, int from, int to, double units) {
        if (process.isEmpty()) {
            return;
        }
        ServerSample before = samples.get(from);
        ServerSample after = samples.get(to);
        report.number("server memory (RSS) for each " + unit, "kB", (after.rssKb() - before.rssKb()) / units);
        if (after.heapKb() > 0) {
            report.number("server live heap for each " + unit, "kB", (after.heapKb() - before.heapKb()) / units);
        }
        report.number("server memory (RSS)", "MB", after.rssKb() / 1_024.0);
        report.number("server threads more", "", after.threads() - before.threads());
    }
}
