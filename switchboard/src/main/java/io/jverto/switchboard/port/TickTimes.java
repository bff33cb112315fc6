package io.jverto.switchboard.port;

import io.jverto.base.count.Histogram;

/// How punctual the threads are that mix and play every 20 ms, since the start of the server.
///
/// @param threads how many there are
/// @param realTime how many of them the system runs before all that is not as urgent
/// @param late nanoseconds by which ticks began after their time
/// @param took nanoseconds that ticks lasted
/// @param skipped ticks that were so late that they were left out
public record TickTimes(int threads, int realTime, Histogram.Snapshot late, Histogram.Snapshot took, long skipped) {
    public static final TickTimes NONE = new TickTimes(0, 0, Histogram.Snapshot.EMPTY, Histogram.Snapshot.EMPTY, 0);
}
