package io.jverto.media.video;

/// How much of one stream comes, and how high its pictures are.
public final class LayerMeter {
    private static final long WINDOW_NANOS = 1_000_000_000L;

    private boolean started;
    private long sinceNanos;
    private long lastNanos;
    private long bytes;
    private int kbps;
    private int height;

    /// @param pictureHeight of a picture that begins in the packet, 0 when that is not known
    public void onPacket(long nowNanos, int length, int pictureHeight) {
        if (!started || nowNanos - lastNanos > WINDOW_NANOS) {
            started = true;
            sinceNanos = nowNanos;
            bytes = 0;
            kbps = 0;
        }
        lastNanos = nowNanos;
        bytes += length;
        height = pictureHeight > 0 ? pictureHeight : height;
        if (nowNanos - sinceNanos >= WINDOW_NANOS) {
            kbps = rate(nowNanos);
            sinceNanos = nowNanos;
            bytes = 0;
        }
    }

    private int rate(long nowNanos) {
        return (int) Math.min(Integer.MAX_VALUE, bytes * 8_000_000L / Math.max(1, nowNanos - sinceNanos));
    }

    /// @return when the last packet came; anything before the first one
    public long lastNanos() {
        return lastNanos;
    }

    /// @param patienceNanos after which a stream of which nothing comes is none
    public Layer layer(long nowNanos, long patienceNanos) {
        if (!started || nowNanos - lastNanos > patienceNanos) {
            return Layer.NOTHING;
        }
        // At first the second is not full: what there is of it says enough.
        return new Layer(Math.max(1, kbps > 0 ? kbps : rate(Math.max(nowNanos, sinceNanos + WINDOW_NANOS / 4))), height);
    }
}
