package io.jverto.media.srtp;

import java.util.Arrays;

/// Which packet indices of one source were seen (RFC 3711 section 3.3.2), and the guess of a full index from 16 bits
/// (section 3.3.1). Looking and recording are two steps: only an authentic packet may move the window.
final class ReplayWindow {
    /// The size that the reference uses; RFC 3711 demands at least 64.
    static final int SIZE = 1024;
    /// No packet can have this index.
    static final long IMPOSSIBLE = -1;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = IMPOSSIBLE;

    /// @return the 48-bit index that a sequence number most likely means, or [#IMPOSSIBLE]
    long guess(int sequence) {
        if (highest == IMPOSSIBLE) {
            return sequence;
        }
        long rollover = highest >>> 16;
        int last = (int) highest & 0xffff;
        if (last < 0x8000) {
            rollover -= sequence - last > 0x8000 ? 1 : 0;
        } else {
            rollover += last - 0x8000 > sequence ? 1 : 0;
        }
        // Before the first packet, or past the end of the key's life: 2^48 packets.
        return rollover < 0 || rollover > 0xffff_ffffL ? IMPOSSIBLE : rollover << 16 | sequence;
    }

    /// @return true when the index is new and not too old
    boolean accepts(long index) {
        if (index > highest) {
            return true;
        }
        return index >= 0 && highest - index < SIZE && (seen[word(index)] & bit(index)) == 0;
    }

    void record(long index) {
        if (index > highest) {
            forget(index);
            highest = index;
        }
        seen[word(index)] |= bit(index);
    }

    /// Reads what the next index is going to need; of no use but that it was read.
    int preload() {
        return (int) seen[word(highest + 1)];
    }

    void reset() {
        Arrays.fill(seen, 0);
        highest = IMPOSSIBLE;
    }

    private void forget(long index) {
        if (highest == IMPOSSIBLE || index - highest >= SIZE) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long skipped = highest + 1; skipped < index; skipped++) {
            seen[word(skipped)] &= ~bit(skipped);
        }
        seen[word(index)] &= ~bit(index);
    }

    private static int word(long index) {
        return (int) (index & SIZE - 1) / Long.SIZE;
    }

    private static long bit(long index) {
        return 1L << (index & Long.SIZE - 1);
    }
}
