package io.jverto.bench.load;

/// What a process had used at one moment: `/proc/PID/stat` and `status` (proc(5)), and the heap where it was asked for.
///
/// @param cpuMicros user and system time of all its threads
/// @param heapKb live heap of a Java process after a collection; 0 when not asked
record ServerSample(long atNanos, long cpuMicros, long rssKb, int threads, long heapKb) {
    /// The kernel shows times in these units on every architecture that Java runs on.
    private static final long MICROS_IN_TICK = 10_000;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    /// @param stat one line; the command in brackets may hold anything, so fields count from the last bracket
    static ServerSample parse(long atNanos, String stat, String status, long heapKb) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
        return new ServerSample(
                atNanos, ticks * MICROS_IN_TICK, value(status, "VmRSS:"), (int) value(status, "Threads:"), heapKb);
    }

    private static long value(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip().split("\\s")[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    double seconds(ServerSample earlier) {
        return (atNanos - earlier.atNanos) / 1e9;
    }

    long cpuMicros(ServerSample earlier) {
        return cpuMicros - earlier.cpuMicros;
    }
}
