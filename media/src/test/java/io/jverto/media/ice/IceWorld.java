package io.jverto.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunKey;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// Agents and a network that delays, loses and doubles datagrams, in virtual time and by one seed.
final class IceWorld {
    final Random random;
    double loss;
    long nowNanos = -5_000_000_000L; // the clock's origin is arbitrary
    private long order;

    private final PriorityQueue<Datagram> inFlight =
            new PriorityQueue<>(Comparator.comparingLong(Datagram::atNanos).thenComparingLong(Datagram::order));
    private final Map<InetSocketAddress, Host> hosts = new HashMap<>();
    private final List<Host> all = new ArrayList<>();

    record Datagram(long atNanos, long order, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

    int leastDelayMillis = 10;
    int delaySpreadMillis = 60;

    IceWorld(long seed) {
        this.random = new Random(seed);
    }

    Host host(String name, int number, boolean controlling) {
        return host(name, number, controlling, CandidateAcl.ANY);
    }

    Host host(String name, int number, boolean controlling, CandidateAcl acl) {
        Host host = new Host(credentials(name), address(number), controlling, acl);
        all.add(host);
        return host;
    }

    static IceCredentials credentials(String name) {
        return new IceCredentials(name, "password of " + name);
    }

    static InetSocketAddress address(int number) {
        try {
            byte[] ip = {10, 0, (byte) (number >>> 8), (byte) number};
            return new InetSocketAddress(InetAddress.getByAddress(ip), 4000 + number);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static void introduce(Host one, Host other) {
        one.learn(other);
        other.learn(one);
    }

    void run(Duration duration) {
        long end = nowNanos + duration.toNanos();
        while (true) {
            long next = inFlight.isEmpty() ? Long.MAX_VALUE : inFlight.peek().atNanos;
            for (Host host : all) {
                next = Math.min(next, host.deadlineNanos);
            }
            if (next > end) {
                break;
            }
            nowNanos = Math.max(nowNanos, next);
            step();
        }
        nowNanos = end;
    }

    private void step() {
        while (!inFlight.isEmpty() && inFlight.peek().atNanos <= nowNanos) {
            Datagram datagram = inFlight.poll();
            Host host = hosts.get(datagram.to);
            if (host != null) {
                host.receive(datagram.from, datagram.bytes);
            }
        }
        for (Host host : all) {
            if (host.deadlineNanos <= nowNanos) {
                host.note(host.agent.onTimeout(nowNanos, host));
            }
        }
    }

    final class Host implements IceOutput {
        final Counters<IceCounter> counters = new Counters<>(IceCounter.class);
        final List<InetSocketAddress> selections = new ArrayList<>();
        final List<InetSocketAddress> sentTo = new ArrayList<>();
        IceAgent agent;
        IceCredentials credentials;
        InetSocketAddress address;
        /// Not an agent at all: answers what is authentic, and checks nothing (RFC 8445 section 2.5).
        boolean lite;
        /// Lite, and insisting on being controlled.
        boolean strict;
        /// Lite, and was nominated.
        boolean nominated;

        boolean cutOff;
        int failures;
        long deadlineNanos = Long.MAX_VALUE;

        Host(IceCredentials credentials, InetSocketAddress address, boolean controlling) {
            this(credentials, address, controlling, CandidateAcl.ANY);
        }

        private Host(IceCredentials credentials, InetSocketAddress address, boolean controlling, CandidateAcl acl) {
            this.credentials = credentials;
            this.agent = new IceAgent(credentials, controlling, acl, random, counters);
            move(address);
        }

        void move(InetSocketAddress to) {
            if (address != null) {
                hosts.remove(address);
            }
            address = to;
            hosts.put(to, this);
        }

        void learn(Host other) {
            learn(other.credentials, other.address);
        }

        void learn(IceCredentials other, InetSocketAddress... candidates) {
            note(agent.remote(nowNanos, other, Arrays.asList(candidates), this));
        }

        void learnLate(String ufrag, InetSocketAddress... candidates) {
            List<RemoteCandidate> late = Arrays.stream(candidates)
                    .map(address -> new RemoteCandidate(ufrag, address))
                    .toList();
            note(agent.candidates(nowNanos, late, this));
        }

        void restart(String name, boolean controlling) {
            credentials = credentials(name);
            note(agent.restart(nowNanos, credentials, controlling));
        }

        void receive(InetSocketAddress from, byte[] bytes) {
            if (lite) {
                answer(from, bytes);
                return;
            }
            note(agent.onStun(nowNanos, from, bytes, 0, bytes.length, this));
        }

        private void answer(InetSocketAddress from, byte[] bytes) {
            StunMessage message = new StunMessage();
            StunKey key = StunKey.ofPassword(credentials.password());
            if (!message.read(bytes, 0, bytes.length)
                    || message.messageClass() != StunClass.REQUEST
                    || !message.isAuthentic(key)) {
                return;
            }
            StunWriter writer = new StunWriter();
            if (strict && message.isControlled()) {
                writer.begin(StunClass.ERROR, message.transaction()).error(487, "Role Conflict");
            } else {
                nominated |= message.useCandidate() && message.isControlling();
                writer.begin(StunClass.SUCCESS, message.transaction()).mappedAddress(from);
            }
            int length = writer.finish(key);
            send(from, writer.bytes(), 0, length);
        }

        InetSocketAddress selected() {
            return selections.isEmpty() ? new InetSocketAddress(0) : selections.getLast();
        }

        void note(long deadline) {
            assertThat(deadline).isGreaterThan(nowNanos);
            deadlineNanos = deadline;
        }

        @Override
        public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
            sentTo.add(to);
            if (cutOff || random.nextDouble() < loss) {
                return;
            }
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
                long delay = Duration.ofMillis(leastDelayMillis + random.nextInt(delaySpreadMillis)).toNanos();
                inFlight.add(new Datagram(nowNanos + delay, order++, address, to, copy));
            }
        }

        @Override
        public void selected(InetSocketAddress remote) {
            selections.add(remote);
        }

        @Override
        public void failed() {
            failures++;
        }
    }
}
