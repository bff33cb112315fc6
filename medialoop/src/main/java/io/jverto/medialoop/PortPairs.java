package io.jverto.medialoop;

import java.io.IOException;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Which UDP ports are free for transports that share none: pairs of an even number and the next one, taken round and round from a random
/// place, so that none comes again while packets of its last call may be on their way (media-rtc.md sections 2 and 18, number 18).
/// A number serves one call, whatever its address. Thread-safe.
final class PortPairs {
    static final long REST_NANOS = 5_000_000_000L;
    /// Numbers that others have, before we give up.
    private static final int MAX_TAKEN = 256;

    private final int first;
    private final BitSet used = new BitSet();
    private final long[] restsUntilNanos;
    private final LongSupplier nanoTime;
    private int next;

    PortPairs(int firstPort, int lastPort, RandomGenerator random, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.first = firstPort + (firstPort & 1);
        this.restsUntilNanos = new long[Math.max(0, (lastPort - first + 1) / 2)];
        this.next = restsUntilNanos.length == 0 ? 0 : random.nextInt(restsUntilNanos.length);
    }

    /// @return empty when none is free there
    synchronized Optional<DirectPort> take(InetAddress ip) {
        long nowNanos = nanoTime.getAsLong();
        int taken = 0;
        for (int tried = 0; tried < restsUntilNanos.length && taken < MAX_TAKEN; tried++) {
            int pair = next;
            next = (next + 1) % restsUntilNanos.length;
            boolean rests = restsUntilNanos[pair] != 0 && nowNanos - restsUntilNanos[pair] < 0;
            if (!used.get(pair) && !rests) {
                try {
                    DirectPort port = DirectPort.bind(ip, first + 2 * pair, this::free);
                    used.set(pair);
                    return Optional.of(port);
                } catch (IOException inUse) {
                    taken++; // by a media loop, or another process
                }
            }
        }
        return Optional.empty();
    }

    private synchronized void free(int number) {
        int pair = (number - first) / 2;
        used.clear(pair);
        restsUntilNanos[pair] = nanoTime.getAsLong() + REST_NANOS;
    }
}
