package io.jverto.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A bad network between one SIP telephone and the server, over UDP.
final class Wire implements AutoCloseable {
    /// What becomes of a message.
    interface Fate {
        /// @param message its method or status and its CSeq, for instance `INVITE 2 INVITE` or `200 2 INVITE`
        /// @param before how often it went that way before
        /// @return how late it arrives; empty when it is lost
        Optional<Duration> of(String message, int before);
    }

    private final InetSocketAddress server;
    private final Fate fate;
    private final DatagramSocket near = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramSocket far = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile SocketAddress phone;

    Wire(int serversPort, Fate fate) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serversPort);
        this.fate = fate;
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
    }

    /// Where the telephone finds the server.
    int port() {
        return near.getLocalPort();
    }

    private void carry(DatagramSocket from, DatagramSocket to) {
        Map<String, Integer> seen = new HashMap<>();
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
                from.receive(packet);
                if (from == near) {
                    phone = packet.getSocketAddress();
                }
                String name = name(packet);
                int before = seen.merge(name, 1, Integer::sum) - 1;
                packet.setSocketAddress(from == near ? server : phone);
                fate.of(name, before).ifPresent(delay -> deliver(to, packet, delay));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void deliver(DatagramSocket to, DatagramPacket packet, Duration delay) {
        Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(delay.toNanos());
            try {
                to.send(packet);
            } catch (IOException closed) {
                // the test is over
            }
        });
    }

    private static String name(DatagramPacket packet) {
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
        String first = text.startsWith("SIP/2.0 ") ? text.substring(8, 11) : text.split(" ", 2)[0];
        String sequence = text.lines().filter(line -> line.startsWith("CSeq: ")).map(line -> line.substring(6)).findFirst().orElse("");
        return first + " " + sequence;
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
