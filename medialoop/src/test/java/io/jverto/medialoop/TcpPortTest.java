package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The bounds of what peers can do by TCP. The time is the test's.
@Timeout(30)
class TcpPortTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long START = 1_000;

    private final Counters<LoopCount> counters = new Counters<>(LoopCount.class);
    private final UdpPort udp = UdpPort.bind(InetAddress.getLoopbackAddress(), 48_000, 48_998, counters);
    private final byte[] bytes = new byte[UdpPort.MAX_DATAGRAM];
    private final List<Socket> peers = new ArrayList<>();
    private TcpPort tcp;
    private long nowNanos = START;

    @BeforeEach
    void listen() throws IOException {
        tcp = TcpPort.bind(udp.address(), counters);
        tcp.watchBy(udp);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket peer : peers) {
            peer.close();
        }
        tcp.close();
        udp.close();
    }

    @Test
    void datagramsComeOneByOneHoweverTheirBytesArrive() throws IOException {
        Socket peer = peer();
        TcpLink link = accepted(peer);
        peer.getOutputStream().write(new byte[] {0, 3, 1, 2, 3, 0, 0, 0, 2, 4});
        arrives(link);

        assertThat(link.next(nowNanos, bytes)).isEqualTo(3);
        assertThat(bytes).startsWith(1, 2, 3);
        assertThat(link.next(nowNanos, bytes)).as("an empty one is skipped, and half a one is none yet").isZero();
        peer.getOutputStream().write(5);
        arrives(link);
        assertThat(link.next(nowNanos, bytes)).isEqualTo(2);
        assertThat(bytes).startsWith(4, 5);

        link.send(nowNanos, new byte[] {9, 7, 8, 9}, 1, 2);
        byte[] read = new byte[4];
        new DataInputStream(peer.getInputStream()).readFully(read);
        assertThat(read).containsExactly(0, 2, 7, 8);
    }

    @Test
    void aDatagramLongerThanThereAreEndsIt() throws IOException {
        Socket peer = peer();
        TcpLink link = accepted(peer);
        peer.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        arrives(link);

        assertThat(link.next(nowNanos, bytes)).isEqualTo(-1);
        assertThat(counters.get(LoopCount.TCP_TOO_LONG)).isOne();
    }

    @Test
    void whoSaysNothingIsLetGoAfterFiveSeconds() throws IOException {
        Socket peer = peer();
        TcpLink link = accepted(peer);

        after(TcpLink.FIRST_NANOS);
        assertThat(link.isOpen()).isTrue();
        after(MINUTE / 60);

        assertThat(link.isOpen()).isFalse();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        assertThat(counters.get(LoopCount.TCP_STRANGERS)).isOne();
        assertThat(tcp.find(link.remote())).as("a stranger leaves nothing behind").isNull();
    }

    @Test
    void aCallThatFallsSilentIsLetGoAfterAMinuteAndDatagramsDoNotGoThereForAnother() throws IOException {
        TcpLink link = accepted(peer());
        link.name();

        after(TcpLink.IDLE_NANOS);
        assertThat(link.isOpen()).isTrue();
        after(MINUTE / 60);

        assertThat(link.isOpen()).isFalse();
        assertThat(counters.get(LoopCount.TCP_IDLE)).isOne();
        assertThat(tcp.find(link.remote())).isSameAs(link);
        link.send(nowNanos, bytes, 0, 10);
        assertThat(counters.get(LoopCount.SEND_FAILED)).isOne();
        after(TcpLink.FORGET_NANOS + MINUTE / 60);
        assertThat(tcp.find(link.remote())).isNull();
    }

    @Test
    void whoDoesNotReadLosesWhatDoesNotFitAndIsLetGo() throws IOException {
        TcpLink link = accepted(peer());
        link.name();
        int sent = 0;
        while (counters.get(LoopCount.SEND_FULL) == 0 && sent < 100_000) {
            link.send(nowNanos, bytes, 0, 1_200);
            sent++;
        }

        assertThat(counters.get(LoopCount.SEND_FULL)).isOne();
        after(TcpLink.SLOW_NANOS);
        assertThat(link.isOpen()).isTrue();
        after(MINUTE / 60);
        assertThat(link.isOpen()).isFalse();
        assertThat(counters.get(LoopCount.TCP_SLOW)).isOne();
    }

    @Test
    void strangersOfOneAddressAreFewAndThoseWithACallDoNotCount() throws IOException {
        for (int i = 0; i < TcpPort.MAX_STRANGERS_OF_ONE; i++) {
            accepted(peer());
        }
        Socket oneTooMany = peer();
        udp.await(MINUTE);
        tcp.accept(nowNanos, udp, _ -> false);
        assertThat(oneTooMany.getInputStream().read()).isEqualTo(-1);
        assertThat(counters.get(LoopCount.TCP_REFUSED)).isOne();

        tcp.find((InetSocketAddress) peers.getFirst().getLocalSocketAddress()).name();
        assertThat(accepted(peer()).isOpen()).isTrue();
    }

    @Test
    void anAddressThatSendsDatagramsMayNotConnectToo() throws IOException {
        Socket peer = peer();

        udp.await(MINUTE);
        tcp.accept(nowNanos, udp, remote -> remote.equals(peer.getLocalSocketAddress()));

        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        assertThat(counters.get(LoopCount.TCP_REFUSED)).isOne();
    }

    private Socket peer() throws IOException {
        Socket peer = new Socket();
        peer.setReceiveBufferSize(8_192); // for the one that does not read
        peer.connect(udp.address());
        peers.add(peer);
        return peer;
    }

    private TcpLink accepted(Socket peer) {
        InetSocketAddress remote = (InetSocketAddress) peer.getLocalSocketAddress();
        while (tcp.find(remote) == null) {
            udp.await(MINUTE);
            tcp.accept(nowNanos, udp, _ -> false);
        }
        return tcp.find(remote);
    }

    private void arrives(TcpLink link) {
        udp.await(MINUTE);
        assertThat(link.fill()).isTrue();
    }

    private void after(long nanos) {
        nowNanos += nanos;
        tcp.onTimeout(nowNanos);
    }
}
