package io.jverto.bench.load;

import io.jverto.base.count.Counters;
import io.jverto.media.dtls.DtlsCounter;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.transport.TransportCount;
import io.jverto.media.transport.TransportShared;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// Drives the media of all calls on one thread.
final class MediaPeers implements AutoCloseable {
    private static final int TICK_MILLIS = 1;
    /// Between two looks at all clocks, however often something comes.
    private static final long LOOK_NANOS = 500_000;
    private static final int MAX_DATAGRAM = 2_048;
    private static final long JOIN_MILLIS = 2_000;

    private final InetAddress address;
    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.now();
    private final DtlsIdentity identity = DtlsIdentity.generate(random, now.minus(Duration.ofDays(1)), Duration.ofDays(30));
    private final Counters<DtlsCounter> dtlsCounters = new Counters<>(DtlsCounter.class);
    private final TransportShared shared = new TransportShared(
            new Counters<>(TransportCount.class),
            new Counters<>(IceCounter.class),
            new Counters<>(SrtpCounter.class),
            random,
            System.nanoTime(),
            now);
    private final MediaFigures figures = new MediaFigures();
    private final LongAdder lost = new LongAdder();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<MediaPeer> peers = new ArrayList<>();
    private final Selector selector;
    private final Thread thread = Thread.ofPlatform().name("media").daemon().unstarted(this::run);
    private volatile boolean stopping;

    /// @param address of this machine, that the server can reach
    MediaPeers(InetAddress address) throws IOException {
        this.address = address;
        this.selector = Selector.open();
        thread.start();
    }

    /// @return with an address of this machine from which the server is reached
    static MediaPeers reachableFrom(Target target) throws IOException {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(target.uri().getHost(), target.port()));
            return new MediaPeers(probe.getLocalAddress());
        }
    }

    MediaPeer open(IceCredentials ice, int ssrc, Clip clip, int start) throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        socket.bind(new InetSocketAddress(address, 0)).configureBlocking(false);
        MediaPeer peer = new MediaPeer(this, socket, ice, ssrc, clip, start);
        execute(() -> {
            register(socket, peer);
            peers.add(peer);
        });
        return peer;
    }

    private void register(DatagramChannel socket, MediaPeer peer) {
        try {
            socket.register(selector, SelectionKey.OP_READ, peer);
        } catch (IOException closed) {
            peer.up().completeExceptionally(closed);
        }
    }

    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    MediaFigures figures() {
        return figures;
    }

    TransportShared shared() {
        return shared;
    }

    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    void remove(MediaPeer peer) {
        peers.remove(peer);
    }

    void countLost() {
        lost.increment();
    }

    /// @return datagrams that the kernel did not take
    long lost() {
        return lost.sum();
    }

    DtlsHandshake handshake(DtlsRole role, Fingerprint remote, DtlsOutput out) {
        return new DtlsHandshake(identity, role, remote, random, dtlsCounters, out);
    }

    private void run() {
        byte[] bytes = new byte[MAX_DATAGRAM];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long looked = System.nanoTime();
        while (!stopping) {
            try {
                selector.select(key -> ((MediaPeer) key.attachment()).onReadable(bytes, buffer), TICK_MILLIS);
            } catch (IOException broken) {
                return;
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            long time = System.nanoTime();
            if (time - looked >= LOOK_NANOS) {
                looked = time;
                peers.forEach(peer -> peer.onTime(time));
            }
        }
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
