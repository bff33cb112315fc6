package io.jverto.media.jitter;

/// How long to hold packets so that nearly all come in time: the 97 % quantile of how much later than the fastest of the
/// last seconds a packet came, in a histogram that forgets, plus one frame because reading is in steps of 20 ms. The moving
/// minimum follows clock drift between the sender and us.
final class DelayEstimator {
    private static final int BUCKET_MILLIS = 10;
    private static final int BUCKETS = 50;
    private static final int FRAME_MILLIS = 20;
    private static final float QUANTILE = 0.97f;
    /// A packet's weight is halved by 70 later ones.
    private static final float KEEP = 0.99f;
    /// The minimum is that of the last one to two windows.
    private static final int WINDOW = 100;
    /// Measurements before the start value is left.
    private static final int TRUSTED = 50;
    /// A transit time that leaps so far is another time line, not jitter.
    private static final long LEAP_NANOS = 2_000_000_000L;

    private JitterConfig config;
    private final float[] histogram = new float[BUCKETS];
    private long lowestBefore;
    private long lowestNow;
    private long lastTransit;
    private int inWindow;
    private int measured;
    private int targetMillis;

    DelayEstimator(JitterConfig config) {
        this.config = config;
        this.targetMillis = config.startMillis();
    }

    /// Other limits from now on.
    void limit(JitterConfig limits) {
        config = limits;
        targetMillis = measured < TRUSTED ? config.startMillis() : Math.clamp(targetMillis, config.minMillis(), config.maxMillis());
    }

    int targetMillis() {
        return targetMillis;
    }

    /// The time line begins anew; what was learned of the path is kept.
    void restart() {
        inWindow = 0;
        lowestBefore = Long.MAX_VALUE;
        lowestNow = Long.MAX_VALUE;
    }

    /// @param timestamp unwrapped
    void onPacket(long arrivalNanos, long timestamp) {
        long transit = arrivalNanos - nanos(timestamp);
        if (measured == 0 || Math.abs(transit - lastTransit) > LEAP_NANOS) {
            restart();
        }
        lastTransit = transit;
        lowestNow = Math.min(lowestNow, transit);
        if (++inWindow == WINDOW) {
            inWindow = 0;
            lowestBefore = lowestNow;
            lowestNow = transit;
        }
        add((transit - Math.min(lowestBefore, lowestNow)) / 1_000_000);
        if (measured < TRUSTED) {
            measured++;
        } else {
            targetMillis = Math.clamp(quantileMillis() + FRAME_MILLIS, config.minMillis(), config.maxMillis());
        }
    }

    private long nanos(long timestamp) {
        long seconds = Math.floorDiv(timestamp, config.clock());
        return seconds * 1_000_000_000L + Math.floorMod(timestamp, (long) config.clock()) * 1_000_000_000L / config.clock();
    }

    private void add(long lateMillis) {
        int bucket = (int) Math.min(BUCKETS - 1, lateMillis / BUCKET_MILLIS);
        for (int i = 0; i < BUCKETS; i++) {
            histogram[i] *= KEEP;
        }
        histogram[bucket] += 1 - KEEP;
    }

    private int quantileMillis() {
        float total = 0;
        for (float weight : histogram) {
            total += weight;
        }
        float sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += histogram[i];
            if (sum >= QUANTILE * total) {
                return i * BUCKET_MILLIS;
            }
        }
        return BUCKETS * BUCKET_MILLIS;
    }
}
