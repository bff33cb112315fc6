package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaNote;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A call of a client that reaches its server by TCP alone.
@Timeout(60)
class IceTcpTest extends EngineHarness {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void aClientWithoutUdpIsHeardAndHearsByTcp() throws IOException {
        MediaEngine engine = engine();
        Heard heard = new Heard();
        MediaRef media = open(engine, heard);
        assertThat(media.local().tcp()).isTrue();
        MediaClient client = client();
        Tunnel tunnel = closing(Tunnel.to(media.local().address()));

        media.apply(client.planWithoutCandidates(OPUS));
        client.connect(behind(media.local(), tunnel.address()), OPUS);
        assertThat(heard.awaits("connected")).isTrue();
        media.route(new AudioRoute.Echo());

        assertThat(converse(new Call(media, client, heard), 111, new Call(media, client, heard), 3)).isNotEmpty();
        assertThat(heard.noted).first().isInstanceOfSatisfying(MediaNote.PathFound.class, path -> {
            assertThat(path.tcp()).isTrue();
            assertThat(path.remote()).isEqualTo(tunnel.local());
        });
        assertThat(engine.counters().loop().get(LoopCount.TCP_ACCEPTED)).isOne();
        assertThat(engine.counters().loop().get(LoopCount.TCP_STRANGERS)).isZero();
    }

    @Test
    void whoeverConnectsAndBelongsToNoCallIsShownTheDoor() throws IOException {
        MediaEngine engine = engine();
        InetSocketAddress address = engine.addresses().getFirst();

        for (byte[] first : List.of(new byte[] {0, 4, 1, 2, 3, 4}, stunRequest())) {
            try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
                peer.getOutputStream().write(first);
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
        }

        assertThat(engine.counters().loop().get(LoopCount.TCP_STRANGERS)).isEqualTo(2);
    }

    @Test
    void withoutIceTcpNobodyListens() {
        MediaEngine engine = engine(1);

        InetSocketAddress address = engine.addresses().getFirst();
        assertThat(open(engine, new Heard()).local().tcp()).isFalse();
        assertThat(connects(address)).isFalse();
    }

    private static boolean connects(InetSocketAddress address) {
        try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
            return peer.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /// A binding request of a stranger: UDP answers it, but a connection has to belong to a call.
    private static byte[] stunRequest() {
        byte[] frame = new byte[22];
        frame[1] = 20;
        frame[3] = 1;
        frame[6] = 0x21;
        frame[7] = 0x12;
        frame[8] = (byte) 0xa4;
        frame[9] = 0x42;
        return frame;
    }

    private MediaEngine engine() {
        MediaConfig config = new MediaConfig(List.of(LOOPBACK), Optional.empty(), any -> true, 33_000, 39_000, 1, true);
        return closing(new MediaEngine(config, SERVER, new SecureRandom(), new SystemTime(), MediaCounters.create()));
    }

    private static LocalMedia behind(LocalMedia server, InetSocketAddress address) {
        return new LocalMedia(address, server.ice(), server.fingerprint(), server.audioSsrc(), server.cname(), server.streamId(), server.candidateFoundation());
    }

    /// Carries the datagrams of one client over one TCP connection, as a browser's ICE does within itself.
    private record Tunnel(DatagramSocket datagrams, Socket stream, AtomicReference<SocketAddress> client) implements AutoCloseable {
        static Tunnel to(InetSocketAddress server) throws IOException {
            Tunnel tunnel = new Tunnel(new DatagramSocket(0, LOOPBACK), new Socket(server.getAddress(), server.getPort()), new AtomicReference<>());
            Thread.ofVirtual().start(tunnel::there);
            Thread.ofVirtual().start(tunnel::back);
            return tunnel;
        }

        InetSocketAddress address() {
            return (InetSocketAddress) datagrams.getLocalSocketAddress();
        }

        InetSocketAddress local() {
            return (InetSocketAddress) stream.getLocalSocketAddress();
        }

        private void there() {
            DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
            try {
                DataOutputStream out = new DataOutputStream(stream.getOutputStream());
                while (true) {
                    datagrams.receive(packet);
                    client.set(packet.getSocketAddress());
                    out.writeShort(packet.getLength());
                    out.write(packet.getData(), 0, packet.getLength());
                    out.flush();
                    packet.setLength(2_048);
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        private void back() {
            try {
                DataInputStream in = new DataInputStream(stream.getInputStream());
                while (true) {
                    byte[] datagram = new byte[in.readUnsignedShort()];
                    in.readFully(datagram);
                    datagrams.send(new DatagramPacket(datagram, datagram.length, client.get()));
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        @Override
        public void close() throws IOException {
            datagrams.close();
            stream.close();
        }
    }
}
