package io.jverto.media.studio;

/// Classes of bit rates, in which those who watch a canvas share an encoder. Each has half as much as the one above; the lower two have half
/// as many columns and rows.
final class Rates {
    static final int LEVELS = 4;
    /// The first with half as many columns and rows.
    static final int HALF_SIZE = 2;
    private static final int[] DIVISOR = {1, 2, 4, 8};
    /// Much more than its lower end, so that nobody goes up and down for nothing.
    private static final int UP_PERCENT = 120;

    private Rates() {}

    /// @return bit/s of that class at most
    static int top(int bitsPerSecond, int level) {
        return bitsPerSecond / DIVISOR[level];
    }

    static boolean isHalfSize(int level) {
        return level >= HALF_SIZE;
    }

    /// @param able bit/s that somebody can take; 0 when he does not say
    /// @param before his class; -1 when he is new
    /// @return the class for him
    static int level(int bitsPerSecond, int able, int before) {
        if (able <= 0) {
            return before < 0 ? 0 : before;
        }
        for (int level = 0; level < LEVELS - 1; level++) {
            long floor = top(bitsPerSecond, level + 1);
            boolean up = before >= 0 && level < before;
            if (able > (up ? floor * UP_PERCENT / 100 : floor)) {
                return level;
            }
        }
        return LEVELS - 1;
    }
}
