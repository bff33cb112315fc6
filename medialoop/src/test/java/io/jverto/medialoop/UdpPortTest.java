package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jverto.base.count.Counters;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes, by many at once and by the JDK's channel, and what ends a wait. A wait that nothing ends lasts a minute here, and then the test has
/// failed.
@Timeout(30)
@ParameterizedClass
@ValueSource(booleans = {true, false})
class UdpPortTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Counters<LoopCount> counters = new Counters<>(LoopCount.class);
    private final List<UdpPort> ports = new ArrayList<>();
    private final boolean many;
    private final UdpPort port;
    private final UdpPort other;
    private final byte[] bytes = new byte[UdpPort.MAX_DATAGRAM];

    UdpPortTest(boolean many) {
        this.many = many;
        this.port = bind(InetAddress.getLoopbackAddress());
        this.other = bind(InetAddress.getLoopbackAddress());
    }

    private UdpPort bind(InetAddress address) {
        UdpPort bound = UdpPort.bind(address, 47_000, 47_998, counters, many);
        ports.add(bound);
        return bound;
    }

    @AfterEach
    void close() {
        ports.forEach(UdpPort::close);
    }

    @Test
    void aDatagramEndsTheWait() {
        other.send(port.address(), new byte[] {1, 2, 3}, 1, 2);

        port.await(MINUTE);

        Remote from = port.receive(bytes);
        assertThat(from.address).isEqualTo(other.address());
        assertThat(port.received()).isEqualTo(2);
        assertThat(bytes).startsWith(2, 3);
    }

    @Test
    void aDatagramThatIsStillThereEndsTheNextWaitToo() {
        other.send(port.address(), new byte[] {1}, 0, 1);

        port.await(MINUTE);
        port.await(MINUTE);

        assertThat(port.receive(bytes)).isNotNull();
    }

    @Test
    void datagramsOfSeveralComeInTheirOrderEachWithItsSenderAndLength() {
        UdpPort third = bind(InetAddress.getLoopbackAddress());
        IntStream.range(0, 200).forEach(i -> (i % 3 == 0 ? third : other).send(port.address(), new byte[] {(byte) i, 7, 8, 9, 9}, 0, 1 + i % 5));

        for (int i = 0; i < 200; i++) {
            port.await(MINUTE);
            assertThat(port.receive(bytes).address).isEqualTo((i % 3 == 0 ? third : other).address());
            assertThat(port.received()).isEqualTo(1 + i % 5);
            assertThat(bytes[0]).isEqualTo((byte) i);
        }
        assertThat(port.receive(bytes)).isNull();
        assertThat(counters.get(LoopCount.DATAGRAMS_RX)).isEqualTo(200);
    }

    @Test
    void aDatagramThatIsTooLongIsCut() throws IOException {
        byte[] longer = new byte[UdpPort.MAX_DATAGRAM + 10];
        try (DatagramSocket sender = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            sender.send(new DatagramPacket(longer, longer.length, port.address()));
        }
        port.await(MINUTE);

        assertThat(port.receive(bytes)).isNotNull();
        assertThat(port.received()).isEqualTo(UdpPort.MAX_DATAGRAM);
    }

    @Test
    void anIpv6SenderIsKnownByItsAddress() throws UnknownHostException {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeTrue(isOurs(loopback), "this machine has IPv6");
        UdpPort six = bind(loopback);
        UdpPort sender = bind(loopback);
        sender.send(six.address(), new byte[] {1}, 0, 1);

        six.await(MINUTE);

        assertThat(six.receive(bytes).address).isEqualTo(sender.address());
    }

    @Test
    void aPortThatIsClosedHasNothing() {
        other.send(port.address(), new byte[] {1}, 0, 1);
        port.await(MINUTE);

        port.close();

        assertThat(port.receive(bytes)).isNull();
    }

    @Test
    void aWakeUpBeforehandIsNotLost() {
        port.wakeUp();

        port.await(MINUTE);

        assertThat(port.receive(bytes)).isNull();
    }

    @Test
    void timeEndsTheWait() {
        port.await(1);
        port.await(0);

        assertThat(port.receive(bytes)).isNull();
    }

    private static boolean isOurs(InetAddress address) {
        try {
            new DatagramSocket(0, address).close();
            return true;
        } catch (IOException foreign) {
            return false;
        }
    }
}
