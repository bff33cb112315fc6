package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunWriter;
import io.jverto.testkit.time.VirtualTime;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// `ext-rtp-ip` by STUN: in virtual time, with a STUN server on a real socket.
class ExternalAddressTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InetAddress FIRST = InetAddress.ofLiteral("203.0.113.5");
    private static final InetAddress LATER = InetAddress.ofLiteral("203.0.113.6");

    private final VirtualTime time = new VirtualTime();
    private final BlockingQueue<InetAddress> told = new LinkedBlockingQueue<>();
    private volatile InetAddress seen = FIRST;

    @Test
    void itIsAskedForAgainEveryMinuteAndOnlyAChangeIsTold() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
            Thread.ofVirtual().start(() -> answer(server));
            ExternalAddress address = ExternalAddress.open(new StunServer(LOOPBACK.getHostAddress(), server.getLocalPort()), LOOPBACK, told::add, new Random(1), time);
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(FIRST);

            time.advance(Duration.ofMinutes(3));
            seen = LATER;
            time.advance(Duration.ofMinutes(1).plusSeconds(1));

            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(LATER);
            assertThat(told).isEmpty();
            address.close();
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void aServerIsNamedWithOrWithoutItsPort() {
        assertThat(StunServer.of("stun:stun.example.com")).isEqualTo(new StunServer("stun.example.com", 3478));
        assertThat(StunServer.of("stun:[2001:db8::1]:19302")).isEqualTo(new StunServer("2001:db8::1", 19_302));
        assertThat(StunServer.is("stun:stun.example.com:99999")).isFalse();
        assertThat(StunServer.is("203.0.113.5")).isFalse();
    }

    private void answer(DatagramSocket server) {
        byte[] bytes = new byte[1_500];
        StunMessage request = new StunMessage();
        StunWriter writer = new StunWriter();
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                server.receive(packet);
                if (request.read(bytes, 0, packet.getLength())) {
                    int length = writer.begin(StunClass.SUCCESS, request.transaction()).mappedAddress(new InetSocketAddress(seen, 4_711)).finish();
                    server.send(new DatagramPacket(writer.bytes(), length, packet.getSocketAddress()));
                }
            }
        } catch (IOException over) {
            // the test has ended
        }
    }
}
