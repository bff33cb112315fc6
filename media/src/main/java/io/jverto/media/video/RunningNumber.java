package io.jverto.media.video;

/// A number in a few bits that runs on from picture to picture, in a stream that changes its source: where the source changes, the next number follows
/// the last; from then on numbers are as far apart as the source's. Numbers may come late: they are told apart as RFC 1982 does it.
final class RunningNumber {
    private boolean started;
    private boolean moved;
    /// How far behind the last number the first one of a new source lies; 0 while the source stays.
    private int step;
    /// Most that were seen: a source may go from 7 to 15 bits, and a stream then never goes back.
    private int sourceBits;
    private int ownBits;
    private int newestOfSource;
    private int newestOwn;

    /// Another source begins.
    ///
    /// @param ahead of its first number to the last one, above 0
    void change(int ahead) {
        step = started ? ahead : 0;
    }

    /// @param number of the source
    /// @param bits that it has
    /// @return the stream's own number, in [#bits] bits
    int next(int number, int bits) {
        ownBits = Math.max(ownBits, bits);
        if (!started || step > 0) {
            begin(number, bits);
        }
        sourceBits = Math.max(sourceBits, bits);
        int ahead = number - newestOfSource << Integer.SIZE - bits >> Integer.SIZE - bits;
        int own = newestOwn + ahead & mask(ownBits);
        if (ahead > 0) {
            newestOfSource = newestOfSource + ahead & mask(sourceBits);
            newestOwn = own;
        }
        return own;
    }

    private void begin(int number, int bits) {
        newestOwn = (started ? newestOwn + step : number) & mask(ownBits);
        newestOfSource = number;
        sourceBits = bits;
        moved = started;
        started = true;
        step = 0;
    }

    private static int mask(int bits) {
        return (1 << bits) - 1;
    }

    /// @return whether the source has ever changed: until then the own numbers are the source's
    boolean moved() {
        return moved;
    }

    int bits() {
        return ownBits;
    }
}
