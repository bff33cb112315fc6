package io.jverto.media.codec;

import java.util.Arrays;

/// The 24 taps by which ITU-T G.722 parts 16 kHz into two bands of 8 kHz and joins them again (section 3.1 and 4.4, table 11). Two samples
/// go in, the sums over the even and over the odd ones come out.
final class G722Filter {
    private static final int TAPS = 24;
    /// Half of them; the other half is the same backwards.
    private static final int[] HALF = {3, -11, 12, 32, -210, 951, 3_876, -805, 362, -156, 53, -11};

    private final int[] line = new int[TAPS];
    private int first;
    private int second;

    void put(int older, int newer) {
        System.arraycopy(line, 2, line, 0, TAPS - 2);
        line[TAPS - 2] = older;
        line[TAPS - 1] = newer;
        int a = 0;
        int b = 0;
        for (int i = 0; i < TAPS / 2; i++) {
            a += line[2 * i] * HALF[i];
            b += line[2 * i + 1] * HALF[TAPS / 2 - 1 - i];
        }
        first = a;
        second = b;
    }

    /// @return the sum over the older ones of all pairs
    int first() {
        return first;
    }

    int second() {
        return second;
    }

    void reset() {
        Arrays.fill(line, 0);
    }
}
