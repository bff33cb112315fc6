package io.jverto.media.video;

/// When the packets of one peer arrived, by their transport-wide numbers, and what to tell it of that, so that it learns how much the way bears
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1).
public final class ArrivalLog {
    /// Bytes of the longest message, without its header.
    public static final int MAX_BYTES = 8 + 2 * ArrivalLog.MAX_CHUNKS + 2 * ArrivalLog.MAX_STATUS;

    private static final int SIZE = 1024;
    private static final int MASK = SIZE - 1;
    private static final int PER_CHUNK = 7;
    private static final int MAX_CHUNKS = 40;
    private static final int MAX_STATUS = MAX_CHUNKS * PER_CHUNK;
    private static final long TICK_NANOS = 250_000;
    private static final int REFERENCE_TICKS = 256;
    private static final int SMALL = 1;
    private static final int LARGE = 2;
    private static final int TWO_BIT_CHUNK = 0xc000;

    private final long[] numbers = new long[SIZE];
    private final long[] ticks = new long[SIZE];
    private final byte[] symbols = new byte[MAX_STATUS];
    private boolean started;
    private long highest;
    private long next;
    private int messages;

    /// @param number 0 to 65535
    public void onPacket(long nowNanos, int number) {
        if (!started) {
            started = true;
            // above 0, so that an empty slot is never taken for a packet
            highest = (1L << 16) + number;
            next = highest;
        }
        long full = highest + (short) (number - (int) highest);
        if (full - highest >= SIZE || highest - full >= SIZE) {
            return; // a jump that no network makes
        }
        highest = Math.max(highest, full);
        // What came late is not told any more: its place has been reported as empty.
        if (full >= next) {
            numbers[(int) full & MASK] = full;
            ticks[(int) full & MASK] = nowNanos / TICK_NANOS;
        }
    }

    /// @return whether there is anything to tell
    public boolean hasNews() {
        return started && next <= highest;
    }

    /// Writes what arrived since the last time, as far as one message can tell it.
    ///
    /// @param to gets at most [#MAX_BYTES] from its beginning on, a multiple of four
    /// @return how many
    public int write(byte[] to) {
        long base = oldest();
        int count = (int) Math.min(MAX_STATUS, highest - base + 1);
        long reference = Math.floorDiv(ticks[(int) base & MASK], REFERENCE_TICKS);
        int deltas = 8 + 2 * ((count + PER_CHUNK - 1) / PER_CHUNK);
        int at = deltas;
        long last = reference * REFERENCE_TICKS;
        int told = 0;
        for (; told < count; told++) {
            int slot = (int) (base + told) & MASK;
            symbols[told] = 0;
            if (numbers[slot] != base + told) {
                continue;
            }
            long delta = ticks[slot] - last;
            if (delta != (short) delta) {
                break; // too far from the one before: another message
            }
            boolean small = delta >= 0 && delta <= 0xff;
            symbols[told] = (byte) (small ? SMALL : LARGE);
            if (!small) {
                to[at++] = (byte) (delta >> 8);
            }
            to[at++] = (byte) delta;
            last = ticks[slot];
        }
        int length = finish(to, deltas, at, told);
        header(to, base, told, reference);
        next = base + told;
        return length;
    }

    private long oldest() {
        long base = Math.max(next, highest - SIZE + 1);
        while (base < highest && numbers[(int) base & MASK] != base) {
            base++;
        }
        return base;
    }

    /// The chunks, the deltas right behind them, and zeros up to a multiple of four.
    private int finish(byte[] to, int deltas, int end, int told) {
        int chunks = (told + PER_CHUNK - 1) / PER_CHUNK;
        for (int chunk = 0; chunk < chunks; chunk++) {
            int word = TWO_BIT_CHUNK;
            for (int i = 0; i < PER_CHUNK; i++) {
                int index = chunk * PER_CHUNK + i;
                int symbol = index < told ? symbols[index] : 0;
                word |= symbol << 2 * (PER_CHUNK - 1 - i);
            }
            put16(to, 8 + 2 * chunk, word);
        }
        int begin = 8 + 2 * chunks;
        System.arraycopy(to, deltas, to, begin, end - deltas);
        int length = begin + end - deltas;
        while (length % 4 != 0) {
            to[length++] = 0;
        }
        return length;
    }

    private void header(byte[] to, long base, int told, long reference) {
        put16(to, 0, (int) base);
        put16(to, 2, told);
        to[4] = (byte) (reference >> 16);
        to[5] = (byte) (reference >> 8);
        to[6] = (byte) reference;
        to[7] = (byte) messages++;
    }

    private static void put16(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 8);
        to[at + 1] = (byte) value;
    }
}
