package io.jverto.bench.load;

import io.jverto.base.count.Counters;
import io.jverto.media.dtls.DtlsCounter;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.SrtpProfile;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The media of all calls, on a few threads that take turns in getting them.
final class MediaPeers implements AutoCloseable {
    /// Packets of so many members, both ways, are about half a core's work.
    private static final int MEMBERS_OF_THREAD = 300;

    private final InetAddress address;
    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.now();
    private final DtlsIdentity identity = DtlsIdentity.generate(random, now.minus(Duration.ofDays(1)), Duration.ofDays(30));
    private final Counters<DtlsCounter> dtlsCounters = new Counters<>(DtlsCounter.class);
    private final LongAdder lost = new LongAdder();
    private final List<MediaThread> threads = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    /// @param address of this machine, that the server can reach
    MediaPeers(InetAddress address, int threads) throws IOException {
        this.address = address;
        for (int i = 0; i < threads; i++) {
            this.threads.add(new MediaThread(i, this, now));
        }
    }

    /// @return with an address of this machine from which the server is reached
    static MediaPeers reachableFrom(Target target, int threads) throws IOException {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(target.uri().getHost(), target.port()));
            return new MediaPeers(probe.getLocalAddress(), threads);
        }
    }

    /// @return threads for so many members, at most one for each processor
    static int threadsFor(int members) {
        return Math.clamp(Math.ceilDiv(members, MEMBERS_OF_THREAD), 1, Runtime.getRuntime().availableProcessors());
    }

    MediaPeer open(IceCredentials ice, int ssrc, Clip clip, int start) throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        socket.bind(new InetSocketAddress(address, 0)).configureBlocking(false);
        MediaThread thread = threads.get(Math.floorMod(opened.getAndIncrement(), threads.size()));
        MediaPeer peer = new MediaPeer(thread, socket, ice, ssrc, clip, start);
        thread.add(socket, peer);
        return peer;
    }

    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    /// @return when packets came and went, of all threads together
    MediaFigures.Look look() {
        return threads.stream().map(thread -> thread.figures().look()).reduce(MediaFigures.Look::plus).orElseThrow();
    }

    SecureRandom random() {
        return random;
    }

    void countLost() {
        lost.increment();
    }

    /// @return datagrams that the kernel did not take
    long lost() {
        return lost.sum();
    }

    DtlsHandshake handshake(DtlsRole role, Fingerprint remote, SrtpProfile best, DtlsOutput out) {
        return new DtlsHandshake(identity, role, remote, best, random, dtlsCounters, out);
    }

    @Override
    public void close() throws IOException {
        for (MediaThread thread : threads) {
            thread.close();
        }
    }
}
