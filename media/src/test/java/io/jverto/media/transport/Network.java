package io.jverto.media.transport;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// Carries datagrams between ends in virtual time, with delay, jitter and loss by a seeded generator.
final class Network {
    static final long MILLIS = 1_000_000L;

    private final Random random;
    private final double loss;
    private final Map<InetSocketAddress, End> ends = new HashMap<>();
    private final PriorityQueue<Flying> flying = new PriorityQueue<>(Comparator.comparingLong(Flying::at));
    private long nowNanos;

    private record Flying(long at, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

    Network(long seed, double loss) {
        this.random = new Random(seed);
        this.loss = loss;
    }

    long now() {
        return nowNanos;
    }

    void plug(InetSocketAddress address, End end) {
        ends.put(address, end);
    }

    /// @param reliable spared from loss
    void send(InetSocketAddress from, InetSocketAddress to, byte[] bytes, boolean reliable) {
        if (reliable || random.nextDouble() >= loss) {
            long delay = (5 + random.nextInt(10)) * MILLIS;
            flying.add(new Flying(nowNanos + delay, from, to, bytes.clone()));
        }
    }

    /// Lets a millisecond pass.
    void step() {
        nowNanos += MILLIS;
        while (!flying.isEmpty() && flying.peek().at() <= nowNanos) {
            Flying datagram = flying.remove();
            End end = ends.get(datagram.to());
            if (end != null) {
                end.onDatagram(nowNanos, datagram.from(), Arrays.copyOf(datagram.bytes(), 2_048), datagram.bytes().length);
            }
        }
        for (End end : ends.values().stream().distinct().toList()) {
            end.onTime(nowNanos);
        }
    }
}
