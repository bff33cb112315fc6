package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What ends a wait. A wait that nothing ends lasts a minute here, and then the test has failed.
@Timeout(30)
class UdpPortTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Counters<LoopCount> counters = new Counters<>(LoopCount.class);
    private final UdpPort port = UdpPort.bind(InetAddress.getLoopbackAddress(), 47_000, 47_998, counters);
    private final UdpPort other = UdpPort.bind(InetAddress.getLoopbackAddress(), 47_000, 47_998, counters);
    private final byte[] bytes = new byte[UdpPort.MAX_DATAGRAM];

    @AfterEach
    void close() {
        port.close();
        other.close();
    }

    @Test
    void aDatagramEndsTheWait() {
        other.send(port.address(), new byte[] {1, 2, 3}, 1, 2);

        port.await(MINUTE);

        InetSocketAddress from = port.receive(bytes);
        assertThat(from).isEqualTo(other.address());
        assertThat(port.received()).isEqualTo(2);
    }

    @Test
    void aDatagramThatIsStillThereEndsTheNextWaitToo() {
        other.send(port.address(), new byte[] {1}, 0, 1);

        port.await(MINUTE);
        port.await(MINUTE);

        assertThat(port.receive(bytes)).isNotNull();
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
}
