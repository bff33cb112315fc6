package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.rtp.ReceiveStatistics;

/// How much longer the pictures of a peer are under way than its sound, as the peer's sender reports show it (RFC 3550 section 6.4.1): both kinds of
/// report tell the same clock.
@OwnedBy(Role.MEDIA_LOOP)
final class LipSync {
    /// What lies beyond is no way of a packet, but a peer that does not know what time it is.
    private static final int MAX_MILLIS = 1_000;
    private static final int NANOS = 1_000_000;
    private static final double SHARE = 0.25;

    private double sound = Double.NaN;
    private double picture = Double.NaN;

    /// @param reportNanos when a report was made, by our clock
    void onSound(ReceiveStatistics received, long reportNanos, int timestamp) {
        sound = smooth(sound, received, reportNanos, timestamp);
    }

    void onPicture(ReceiveStatistics received, long reportNanos, int timestamp) {
        picture = smooth(picture, received, reportNanos, timestamp);
    }

    private static double smooth(double before, ReceiveStatistics received, long reportNanos, int timestamp) {
        if (!received.knowsWay()) {
            return before;
        }
        double now = (double) received.wayNanos(reportNanos, timestamp) / NANOS;
        return Double.isNaN(before) || Math.abs(now - before) > MAX_MILLIS ? now : before + (now - before) * SHARE;
    }

    /// @return milliseconds, perhaps below 0; 0 when it is not known
    int millis() {
        double difference = picture - sound;
        return Double.isNaN(difference) || Math.abs(difference) > MAX_MILLIS ? 0 : (int) Math.round(difference);
    }
}
