package io.jverto.medialoop;

import io.jverto.base.thread.Inbox;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.base.time.TimeSource;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.ice.BindingServer;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.transport.TransportShared;
import io.jverto.switchboard.port.MediaListener;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A platform thread with one UDP port and the transports on it, some of which have ports of their own. While much comes it looks at its port every two milliseconds,
/// which costs half of what a wake-up for each packet does; while little comes it rests until there is something, or a time is up.
/// A bug in one transport ends that one only. design.md section 3.
@OwnedBy(Role.MEDIA_LOOP)
final class MediaLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MediaLoop.class);

    private static final int MAX_TRANSPORTS = 8_192;
    private static final int INBOX_CAPACITY = 4 * MAX_TRANSPORTS;
    private static final int MAX_DATAGRAMS_PER_TURN = 4_096;
    /// At a port that belongs to one transport.
    private static final int MAX_DATAGRAMS_OF_ONE = 64;
    private static final long TURN_NANOS = 2_000_000;
    /// How long one rest lasts; only a bound.
    private static final long REST_NANOS = 200_000_000;
    /// How often the loop asks itself whether much comes.
    private static final long PACE_NANOS = 16_000_000;
    /// Packets and commands in that time: from here on a wake-up for each costs more than turns do.
    private static final int MUCH = 8;
    /// Transports whose memory is fetched at a time.
    private static final int PRELOADED = 32;
    private static final long TIMER_NANOS = 5_000_000;
    private static final long CLOSE_MILLIS = 2_000;

    private final UdpPort port;
    /// Where peers without UDP connect; null where they cannot.
    private final @Nullable TcpPort tcp;
    private final Directory directory;
    private final TransportShared shared;
    private final DtlsIdentity identity;
    private final SecureRandom random;
    private final TimeSource time;
    private final MediaCounters counters;
    private final Thread thread;

    private final Inbox<LoopCommand> inbox = new Inbox<>(INBOX_CAPACITY);
    private final AtomicInteger load = new AtomicInteger();
    private final Runnable fedSignal = this::feed;
    private final Consumer<SelectionKey> readySignal = this::onReady;
    private volatile boolean fed;
    /// Whether the thread sleeps, or is about to, until it is woken.
    private volatile boolean resting;
    private volatile boolean closed;
    private volatile int entries;

    private final List<LoopTransport> transports = new ArrayList<>();
    private final List<LoopTransport> fedTransports = new ArrayList<>();
    /// Transports with ports of their own.
    private int direct;
    private final BindingServer bindings = new BindingServer();
    private final byte[] datagram = new byte[UdpPort.MAX_DATAGRAM];
    private long nowNanos;
    private long timersNanos;
    private long paceNanos;
    /// Packets and commands since the last time.
    private int came;
    /// Nobody needs it, but what it is made of has to be read.
    private int preloaded;
    /// Between two turns; 0 while the thread rests.
    private long pauseNanos;

    MediaLoop(int number, UdpPort port, DtlsIdentity identity, SecureRandom random, TimeSource time, MediaCounters counters) {
        this(number, port, null, identity, random, time, counters);
    }

    /// @param tcp where peers without UDP connect, at the port of the same number; null for nowhere
    MediaLoop(int number, UdpPort port, @Nullable TcpPort tcp, DtlsIdentity identity, SecureRandom random, TimeSource time, MediaCounters counters) {
        this.port = port;
        this.tcp = tcp;
        this.identity = identity;
        this.random = random;
        this.time = time;
        this.counters = counters;
        this.directory = new Directory(counters.loop());
        this.shared = new TransportShared(
                counters.transport(), counters.ice(), counters.srtp(), random, time.nanoTime(), time.wallTime());
        this.thread = Thread.ofPlatform().name("media-loop-" + number).daemon()
                .uncaughtExceptionHandler((loop, bug) -> log.error("{} ended by a bug", loop.getName(), bug))
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// From any thread.
    InetSocketAddress address() {
        return port.address();
    }

    /// From any thread: transports that are open or about to be.
    int load() {
        return load.get();
    }

    /// From any thread: takes a place for one more transport.
    ///
    /// @return false when the loop is full
    boolean reserve() {
        if (load.incrementAndGet() > MAX_TRANSPORTS) {
            load.decrementAndGet();
            return false;
        }
        return true;
    }

    /// From any thread: gives that place back; nothing came of it.
    void release() {
        load.decrementAndGet();
    }

    /// From any thread.
    void tell(LoopCommand command) {
        if (!inbox.offer(command)) {
            counters.loop().increment(LoopCount.INBOX_FULL);
            String lost = command.getClass().getSimpleName();
            log.error("channel {}: media loop is overloaded, {} is lost", command.transport().channel(), lost);
            return;
        }
        wakeUp();
    }

    /// Run it from any thread when a ring of some transport here has packets: they are sent within two milliseconds.
    /// Always the same object.
    Runnable fedSignal() {
        return fedSignal;
    }

    private void feed() {
        fed = true;
        wakeUp();
    }

    private void wakeUp() {
        if (resting) {
            port.wakeUp();
        }
    }

    /// From any thread: names and addresses that are known, a moment ago.
    int entries() {
        return entries;
    }

    TransportShared shared() {
        return shared;
    }

    /// When its turn began.
    long nowNanos() {
        return nowNanos;
    }

    UdpPort port() {
        return port;
    }

    /// From any thread: whether peers can connect by TCP, to the port of the same number.
    boolean takesTcp() {
        return tcp != null;
    }

    /// Whether that is the address of a TCP connection.
    boolean isTcp(InetSocketAddress remote) {
        return tcp != null && tcp.find(remote) != null;
    }

    /// Sends by UDP, or by the TCP connection that the peer made.
    void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
        TcpLink link = tcp == null ? null : tcp.find(to);
        if (link == null) {
            port.send(to, bytes, offset, length);
        } else {
            link.send(nowNanos, bytes, offset, length);
        }
    }

    Directory directory() {
        return directory;
    }

    private void run() {
        timersNanos = time.nanoTime();
        paceNanos = timersNanos;
        if (tcp != null) {
            tcp.watchBy(port);
        }
        while (!closed) {
            turn(time.nanoTime());
            pause();
        }
        List.copyOf(transports).forEach(this::close);
        closePorts();
    }

    void closePorts() {
        if (tcp != null) {
            tcp.close();
        }
        port.close();
    }

    private void turn(long now) {
        nowNanos = now;
        came += inbox.drain(this::onCommand);
        receive();
        if (fed) {
            fed = false; // before the rings are read: what comes later sets it again
            came++;
            for (int i = fedTransports.size() - 1; i >= 0; i--) {
                if (i % PRELOADED == PRELOADED - 1) {
                    preload(i);
                }
                onFed(fedTransports.get(i));
            }
        }
        if (now - timersNanos >= 0) {
            timersNanos = now + TIMER_NANOS;
            entries = directory.size();
            for (int i = transports.size() - 1; i >= 0; i--) {
                onTimeout(transports.get(i));
            }
            if (tcp != null) {
                tcp.onTimeout(now);
            }
        }
        if (now - paceNanos >= 0 || pauseNanos == 0 && came >= MUCH) {
            pauseNanos = came < MUCH ? 0 : TURN_NANOS;
            paceNanos = now + PACE_NANOS;
            came = 0;
        }
    }

    /// Of that transport and those whose turn comes after it.
    private void preload(int last) {
        for (int i = last; i > last - PRELOADED; i--) {
            preloaded += fedTransports.get(i).preloadSend();
        }
    }

    private void pause() {
        if (pauseNanos > 0) {
            LockSupport.parkNanos(this, pauseNanos);
        } else {
            rest();
        }
    }

    private void rest() {
        resting = true; // before the last look: whoever comes later wakes us
        if (inbox.isEmpty() && !fed && !closed) {
            port.await(Math.max(0, Math.min(REST_NANOS, nextTimer() - nowNanos)));
        }
        resting = false;
    }

    private long nextTimer() {
        long earliest = nowNanos + REST_NANOS;
        for (int i = transports.size() - 1; i >= 0; i--) {
            earliest = Math.min(earliest, transports.get(i).deadline(nowNanos));
        }
        return Math.max(earliest, timersNanos);
    }

    private void receive() {
        if (direct > 0 || tcp != null) {
            port.ready(readySignal);
        }
        for (int i = 0; i < MAX_DATAGRAMS_PER_TURN; i++) {
            Remote from = port.receive(datagram);
            if (from == null) {
                return;
            }
            came++;
            if (tcp != null && tcp.find(from.address) != null) {
                counters.loop().increment(LoopCount.TCP_ADDRESS);
            } else {
                onDatagram(from);
            }
        }
    }

    /// The loop's own port, whose key has no attachment, is looked at in any case.
    private void onReady(SelectionKey key) {
        if (key.attachment() instanceof LoopTransport transport && key.channel() instanceof DatagramChannel channel) {
            try {
                receive(transport, channel);
            } catch (RuntimeException bug) {
                fail(transport, bug);
            }
        } else if (tcp != null && key.attachment() instanceof TcpLink link) {
            onReady(tcp, link, key);
        } else if (tcp != null && key.attachment() == tcp) {
            tcp.accept(nowNanos, port, directory::isKnown);
        }
    }

    private void onReady(TcpPort connections, TcpLink link, SelectionKey key) {
        if (key.isValid() && key.isWritable()) {
            link.flush(nowNanos);
        }
        boolean goesOn = link.fill();
        int length = link.next(nowNanos, datagram);
        while (length > 0 && link.isOpen()) {
            came++;
            onFrame(connections, link, length);
            length = link.isOpen() ? link.next(nowNanos, datagram) : 0;
        }
        if (!goesOn || length < 0) {
            connections.drop(nowNanos, link);
        }
    }

    /// Whoever connects has to be known first: by a check for one of the transports.
    private void onFrame(TcpPort connections, TcpLink link, int length) {
        LoopTransport transport = null;
        try {
            transport = directory.find(nowNanos, link.remote(), datagram, length);
            if (!link.isNamed() && (transport == null || !Directory.isStunRequest(datagram, length))) {
                counters.loop().increment(LoopCount.TCP_STRANGERS);
                connections.drop(nowNanos, link);
                return;
            }
            connections.name(link);
            if (transport != null) {
                transport.onDatagram(nowNanos, link.remote(), datagram, length);
            }
        } catch (RuntimeException bug) {
            connections.drop(nowNanos, link);
            if (transport == null) {
                log.error("a frame was not understood because of a bug", bug);
            } else {
                fail(transport, bug);
            }
        }
    }

    private void receive(LoopTransport transport, DatagramChannel channel) {
        for (int i = 0; i < MAX_DATAGRAMS_OF_ONE; i++) {
            InetSocketAddress from = port.receive(channel, datagram);
            if (from == null) {
                return;
            }
            came++;
            transport.onDatagram(nowNanos, from, datagram, port.received());
        }
    }

    private void onDatagram(Remote from) {
        LoopTransport transport = null;
        try {
            transport = directory.find(nowNanos, from, datagram, port.received());
            if (transport != null) {
                transport.onDatagram(nowNanos, from.address, datagram, port.received());
            } else if (Directory.isStranger(datagram, port.received())) {
                onStranger(from.address);
            }
        } catch (RuntimeException bug) {
            if (transport == null) {
                log.error("a datagram was not understood because of a bug", bug);
            } else {
                fail(transport, bug);
            }
        }
    }

    private void onStranger(InetSocketAddress from) {
        int length = bindings.onRequest(nowNanos, from, datagram, 0, port.received());
        counters.loop().increment(length > 0 ? LoopCount.BINDINGS_ANSWERED : LoopCount.BINDINGS_DROPPED);
        if (length > 0) {
            port.send(from, bindings.bytes(), 0, length);
        }
    }

    private void onFed(LoopTransport transport) {
        try {
            transport.onFed(nowNanos);
        } catch (RuntimeException bug) {
            fail(transport, bug);
        }
    }

    private void onTimeout(LoopTransport transport) {
        try {
            transport.onTimeout(nowNanos);
        } catch (RuntimeException bug) {
            fail(transport, bug);
        }
    }

    private void onCommand(LoopCommand command) {
        LoopTransport transport = command.transport();
        if (command instanceof LoopCommand.Open) {
            transports.add(transport);
            open(transport);
            counters.loop().increment(LoopCount.TRANSPORTS_OPENED);
            return;
        }
        try {
            transport.onCommand(nowNanos, command);
        } catch (RuntimeException bug) {
            fail(transport, bug);
        }
        if (command instanceof LoopCommand.Close) {
            remove(transport);
        } else if (command instanceof LoopCommand.Reroute || command instanceof LoopCommand.Unroute
                || command instanceof LoopCommand.Watch || command instanceof LoopCommand.Apply) {
            fedTransports.remove(transport);
            if (transport.isFed() && transports.contains(transport)) {
                fedTransports.add(transport);
            }
        }
    }

    private void open(LoopTransport transport) {
        DirectPort own = transport.port();
        if (own == null) {
            directory.add(transport);
        } else {
            direct++;
            own.watchBy(port, transport);
        }
    }

    private void fail(LoopTransport transport, RuntimeException bug) {
        counters.loop().increment(LoopCount.TRANSPORTS_FAILED);
        log.error("channel {}: transport ended by a bug", transport.channel(), bug);
        close(transport);
        try {
            transport.listener().onFailed(MediaListener.Failure.INTERNAL);
        } catch (RuntimeException worse) {
            log.error("channel {}: its listener failed", transport.channel(), worse);
        }
    }

    private void close(LoopTransport transport) {
        try {
            transport.onCommand(nowNanos, new LoopCommand.Close(transport));
        } catch (RuntimeException worse) {
            log.error("channel {}: transport did not close", transport.channel(), worse);
        }
        remove(transport);
    }

    private void remove(LoopTransport transport) {
        if (transports.remove(transport)) {
            load.decrementAndGet();
            counters.loop().increment(LoopCount.TRANSPORTS_CLOSED);
            direct -= transport.port() == null ? 0 : 1;
        }
        fedTransports.remove(transport);
        transport.leave(directory);
    }

    boolean select(InetSocketAddress remote, LoopTransport transport) {
        boolean free = directory.select(nowNanos, remote, transport);
        if (!free) {
            counters.loop().increment(LoopCount.ADDRESS_TAKEN);
        }
        return free;
    }

    DtlsHandshake startHandshake(LoopTransport transport, int number, DtlsRole role, Fingerprint remote, SrtpProfile best) {
        DtlsHandshake handshake = new DtlsHandshake(
                identity, role, remote, best, random, counters.dtls(), new HandshakeReturn(transport, number));
        time.start("dtls-" + transport.channel(), handshake);
        return handshake;
    }

    @Override
    public void close() {
        closed = true;
        wakeUp();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
