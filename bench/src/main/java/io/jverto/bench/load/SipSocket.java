package io.jverto.bench.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// A UDP socket for SIP, and the timer that sends again what nobody answers (RFC 3261 section 17.1.1.2: 500 ms, doubling).
final class SipSocket implements AutoCloseable {
    private static final int BUFFER = 4 << 20;
    private static final double FIRST_SECONDS = 0.5;
    private static final double LOOK_SECONDS = 0.05;
    private static final double GIVE_UP_SECONDS = 32;

    private final DatagramSocket socket;
    private final Map<String, Unanswered> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong repeated = new AtomicLong();
    private volatile boolean closed;

    /// @param pause seconds until it is sent again
    private record Unanswered(String message, InetSocketAddress to, double pause, long at, long first) {}

    /// @param received gets each message, in one thread
    SipSocket(InetSocketAddress local, BiConsumer<SipText, InetSocketAddress> received) throws IOException {
        socket = new DatagramSocket(local);
        socket.setReceiveBufferSize(BUFFER);
        socket.setSendBufferSize(BUFFER);
        Thread.ofPlatform().daemon().name("load-sip").start(() -> receive(received));
        Thread.ofVirtual().start(this::repeat);
    }

    /// @return `address:port` as Via and Contact have it
    String name() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    String address() {
        return socket.getLocalAddress().getHostAddress();
    }

    void send(String message, InetSocketAddress to) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException lost) {
            // as on any way: it is sent again
        }
    }

    /// Sends it again and again.
    ///
    /// @param key until this is [#answered]
    void insist(String key, String message, InetSocketAddress to) {
        long now = System.nanoTime();
        unanswered.put(key, new Unanswered(message, to, FIRST_SECONDS, now, now));
        send(message, to);
    }

    void answered(String key) {
        unanswered.remove(key);
    }

    /// @return messages that had to be sent again
    long repeated() {
        return repeated.get();
    }

    private void repeat() {
        while (!closed) {
            Pace.sleepSeconds(LOOK_SECONDS);
            long now = System.nanoTime();
            unanswered.forEach((key, one) -> {
                if (now - one.first > GIVE_UP_SECONDS * 1e9) {
                    unanswered.remove(key);
                } else if (now - one.at > one.pause * 1e9
                        && unanswered.replace(key, one, new Unanswered(one.message, one.to, one.pause * 2, now, one.first))) {
                    repeated.incrementAndGet();
                    send(one.message, one.to);
                }
            });
        }
    }

    private void receive(BiConsumer<SipText, InetSocketAddress> received) {
        byte[] bytes = new byte[65_536];
        while (!closed) {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            try {
                socket.receive(packet);
            } catch (IOException over) {
                return;
            }
            received.accept(new SipText(new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8)), (InetSocketAddress) packet.getSocketAddress());
        }
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
