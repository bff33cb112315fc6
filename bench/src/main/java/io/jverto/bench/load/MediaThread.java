package io.jverto.bench.load;

import io.jverto.base.count.Counters;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.transport.TransportCount;
import io.jverto.media.transport.TransportShared;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Drives the media of some calls, with whatever these share.
final class MediaThread implements AutoCloseable {
    private static final int TICK_MILLIS = 1;
    /// Between two looks at all clocks, however often something comes.
    private static final long LOOK_NANOS = 500_000;
    private static final int MAX_DATAGRAM = 2_048;
    private static final long JOIN_MILLIS = 2_000;

    private final MediaPeers all;
    private final TransportShared shared;
    private final MediaFigures figures = new MediaFigures();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<MediaPeer> peers = new LinkedHashSet<>();
    private final Selector selector;
    private final Thread thread;
    /// What goes to a socket: it would make a copy of anything else.
    private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private volatile boolean stopping;

    /// Starts it.
    MediaThread(int number, MediaPeers all, Instant now) throws IOException {
        this.all = all;
        this.shared = new TransportShared(
                new Counters<>(TransportCount.class),
                new Counters<>(IceCounter.class),
                new Counters<>(SrtpCounter.class),
                all.random(),
                System.nanoTime(),
                now);
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().name("media-" + number).daemon().start(this::run);
    }

    /// From any thread.
    void add(DatagramChannel socket, MediaPeer peer) {
        execute(() -> {
            try {
                socket.register(selector, SelectionKey.OP_READ, peer);
                peers.add(peer);
            } catch (IOException closed) {
                peer.up().completeExceptionally(closed);
            }
        });
    }

    void remove(MediaPeer peer) {
        peers.remove(peer);
    }

    /// From any thread.
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    void send(DatagramChannel socket, InetSocketAddress to, byte[] bytes, int offset, int length) {
        try {
            if (socket.send(out.clear().put(bytes, offset, length).flip(), to) == 0) {
                all.countLost();
            }
        } catch (IOException lost) {
            all.countLost(); // as if the network had lost it
        }
    }

    MediaFigures figures() {
        return figures;
    }

    TransportShared shared() {
        return shared;
    }

    DtlsHandshake handshake(DtlsRole role, Fingerprint remote, SrtpProfile best, DtlsOutput out) {
        return all.handshake(role, remote, best, out);
    }

    private void run() {
        byte[] bytes = new byte[MAX_DATAGRAM];
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
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
