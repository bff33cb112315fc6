package io.jverto.sip.dialog;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipDecoder;
import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipEncoder;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// Datagrams between user agents in virtual time: as bytes, with losses, copies and delays that a seed decides.
final class Net {
    static final long MILLI = 1_000_000L;

    private record Due(long nanos, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(order, other.order);
        }
    }

    final Random random;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final Map<InetSocketAddress, Party> parties = new HashMap<>();
    private long order;
    long nowNanos = 10 * MILLI;

    /// Of each datagram.
    double loss;
    double copies;
    /// Up to so many milliseconds later, and therefore behind others.
    int jitterMillis = 1;

    Net(long seed) {
        this.random = new Random(seed);
    }

    void join(Party party) {
        parties.put(party.address(), party);
    }

    static Hop hop(int number) {
        try {
            return new Hop(SipTransport.UDP, new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) number}), 5060));
        } catch (java.net.UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static HostPort hostPort(int number) {
        return new HostPort("192.0.2." + number, 5060);
    }

    void send(InetSocketAddress from, Hop to, SipMessage message) {
        byte[] bytes = SipEncoder.encode(message);
        int times = random.nextDouble() < loss ? 0 : random.nextDouble() < copies ? 2 : 1;
        for (int i = 0; i < times; i++) {
            in(1 + random.nextInt(jitterMillis), () -> {
                Party party = parties.get(to.remote());
                if (party != null && SipDecoder.decode(bytes, 0, bytes.length) instanceof Decoded(SipMessage received)) {
                    party.receive(received, new Hop(to.transport(), from));
                }
            });
        }
    }

    void in(long millis, Runnable what) {
        queue.add(new Due(nowNanos + millis * MILLI, order++, what));
    }

    /// Lets time pass.
    void pass(long millis) {
        long until = nowNanos + millis * MILLI;
        while (true) {
            Party next = parties.values().stream().min(java.util.Comparator.comparingLong((Party party) -> party.deadline)
                    .thenComparing(party -> party.address().toString())).orElseThrow();
            long due = queue.isEmpty() ? Long.MAX_VALUE : queue.peek().nanos();
            if (Math.min(due, next.deadline) > until) {
                nowNanos = until;
                return;
            }
            if (due <= next.deadline) {
                nowNanos = due;
                queue.poll().what().run();
            } else {
                nowNanos = next.deadline;
                next.onTimeout();
            }
        }
    }
}
