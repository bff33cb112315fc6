package io.jverto.medialoop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A way between one client and a server that loses RTP towards the client, and nothing else. It has two threads of its own.
final class LossyRelay implements AutoCloseable {
    private static final int MAX_BYTES = 2_048;

    private final DatagramSocket near;
    private final DatagramSocket far;
    /// Of so many packets of RTP one is lost; 0 for none.
    private volatile int loses;
    private volatile @Nullable SocketAddress client;

    LossyRelay(InetSocketAddress server) throws SocketException {
        near = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        far = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        far.connect(server);
        Thread.ofVirtual().name("relay up").start(() -> pump(near, packet -> {
            client = packet.getSocketAddress();
            far.send(new DatagramPacket(packet.getData(), packet.getLength()));
        }));
        int[] count = new int[1];
        Thread.ofVirtual().name("relay down").start(() -> pump(far, packet -> {
            SocketAddress to = client;
            boolean lost = loses > 0 && isRtp(packet.getData()) && ++count[0] % loses == 0;
            if (to != null && !lost) {
                near.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
            }
        }));
    }

    private interface Way {
        void take(DatagramPacket packet) throws IOException;
    }

    private static void pump(DatagramSocket from, Way way) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
                from.receive(packet);
                packet.setData(Arrays.copyOf(packet.getData(), packet.getLength()));
                way.take(packet);
            }
        } catch (IOException _) {
            // It is closed.
        }
    }

    /// RFC 7983 for RTP and RTCP together, RFC 5761 section 4 to tell them apart.
    private static boolean isRtp(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first >= 128 && first < 192 && (second < 192 || second > 223);
    }

    void loseOneOf(int packets) {
        loses = packets;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) near.getLocalSocketAddress();
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
