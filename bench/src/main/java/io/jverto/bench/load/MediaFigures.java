package io.jverto.bench.load;

import io.jverto.base.count.Histogram;

/// When packets came and went, of all calls of one thread together. That thread adds; any thread looks.
final class MediaFigures {
    private static final double NANOS_OF_MILLI = 1e6;

    private final Histogram jitter = new Histogram();
    private final Histogram spacing = new Histogram();
    private final Histogram sentLate = new Histogram();

    /// What is known at one moment. Nanoseconds.
    record Look(Histogram.Snapshot jitter, Histogram.Snapshot spacing, Histogram.Snapshot sentLate) {
        Look plus(Look other) {
            return new Look(jitter.plus(other.jitter), spacing.plus(other.spacing), sentLate.plus(other.sentLate));
        }

        /// Writes what came since an earlier look.
        void to(Report report, Look earlier) {
            Histogram.Snapshot jitters = jitter.minus(earlier.jitter);
            Histogram.Snapshot gaps = spacing.minus(earlier.spacing);
            Histogram.Snapshot own = sentLate.minus(earlier.sentLate);
            millis(report, "inter-arrival jitter p50", jitters, 0.5);
            millis(report, "inter-arrival jitter p99", jitters, 0.99);
            millis(report, "inter-arrival jitter max", jitters, 1);
            millis(report, "time between packets p99", gaps, 0.99);
            millis(report, "time between packets max", gaps, 1);
            millis(report, "own packets sent late p99", own, 0.99);
            millis(report, "own packets sent late max", own, 1);
            if (own.percentile(0.99) > MediaPeer.PACKET_NANOS) {
                System.err.println("jverto load: this machine is too busy for so many members: their packets go late, and come late");
            }
        }

        private static void millis(Report report, String name, Histogram.Snapshot nanos, double share) {
            report.number(name, "ms", nanos.percentile(share) / NANOS_OF_MILLI);
        }
    }

    /// @param spacingNanos since the packet before
    /// @param offNanos by how much that is not what the timestamps say (D of RFC 3550 section 6.4.1)
    void arrived(long spacingNanos, double offNanos) {
        spacing.add(spacingNanos);
        jitter.add(Math.round(Math.abs(offNanos)));
    }

    /// A packet of ours went that late: what the load generator adds to the jitter itself.
    void sentLate(long nanos) {
        sentLate.add(nanos);
    }

    /// From any thread.
    Look look() {
        return new Look(jitter.snapshot(), spacing.snapshot(), sentLate.snapshot());
    }
}
