package io.jverto.bench.load;

import io.jverto.base.Broken;
import io.jverto.base.bytes.PacketRing;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.transport.PeerTransport;
import io.jverto.media.transport.Route;
import io.jverto.media.transport.TransportFailure;
import io.jverto.media.transport.TransportOutput;
import io.jverto.media.transport.TransportSetup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/// One call's media: a socket of its own, ICE, DTLS, and a packet each 20 ms. Its [MediaPeers] thread is the only one here,
/// except for what says otherwise.
final class MediaPeer implements TransportOutput {
    static final long PACKET_NANOS = 20_000_000;

    private static final int RING_PACKETS = 64;
    private static final int RING_BYTES = 256;
    private static final int SAMPLES = 960;
    /// As long as Opus at 32 kbit/s; a server that relays does not look into it.
    private static final int PAYLOAD = 80;
    /// RFC 6716 section 3.1: CELT, full band, 20 ms, mono.
    private static final byte OPUS_TOC = (byte) 0xF8;

    private final MediaPeers peers;
    private final DatagramChannel socket;
    private final InetSocketAddress local;
    private final PeerTransport transport;
    private final PacketRing rx = new PacketRing(RING_PACKETS, RING_BYTES);
    private final PacketRing tx = new PacketRing(RING_PACKETS, RING_BYTES);
    private final byte[] packet = new byte[RtpPacket.FIXED_HEADER + PAYLOAD];
    private final CompletableFuture<Void> connected = new CompletableFuture<>();

    private long deadline = Long.MAX_VALUE;
    private long nextPacket = Long.MAX_VALUE;
    private int timestamp;
    private volatile long sent;
    private volatile long received;

    MediaPeer(MediaPeers peers, DatagramChannel socket, IceCredentials ice, int ssrc) throws IOException {
        this.peers = peers;
        this.socket = socket;
        this.local = (InetSocketAddress) socket.getLocalAddress();
        this.transport = new PeerTransport(new TransportSetup(ice, ssrc, "load"), peers.shared());
        transport.route(new Route.Port(rx, tx));
        packet[RtpPacket.FIXED_HEADER] = OPUS_TOC;
    }

    /// From any thread.
    InetSocketAddress local() {
        return local;
    }

    /// From any thread: done when ICE and DTLS are up.
    CompletableFuture<Void> up() {
        return connected;
    }

    /// From any thread.
    long sent() {
        return sent;
    }

    /// From any thread.
    long received() {
        return received;
    }

    /// From any thread.
    void connect(MediaPlan plan) {
        peers.execute(() -> deadline = transport.apply(System.nanoTime(), plan, this));
    }

    /// From any thread.
    void close() {
        peers.execute(() -> {
            nextPacket = Long.MAX_VALUE;
            transport.close(System.nanoTime(), this);
            peers.remove(this);
            closeSocket();
        });
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException gone) {
            connected.completeExceptionally(gone);
        }
    }

    void onReadable(byte[] bytes, ByteBuffer buffer) {
        try {
            for (var from = socket.receive(buffer.clear()); from != null; from = socket.receive(buffer.clear())) {
                deadline = transport.onDatagram(System.nanoTime(), (InetSocketAddress) from, bytes, 0, buffer.position(), this);
            }
        } catch (IOException closed) {
            connected.completeExceptionally(closed);
        }
        while (rx.poll((tag, data, length) -> {})) {
            received++; // only this thread writes it
        }
    }

    void onTime(long now) {
        if (deadline - now <= 0) {
            deadline = transport.onTimeout(now, this);
        }
        if (nextPacket - now <= 0) {
            nextPacket += PACKET_NANOS;
            RtpPacket.writeHeader(packet, 0, sent == 0, Offer.OPUS, 0, timestamp, 0);
            timestamp += SAMPLES;
            tx.offer(now, packet, 0, packet.length);
            transport.onFed(now, this);
            sent++; // only this thread writes it
        }
    }

    @Override
    public void sendStun(InetSocketAddress to, byte[] bytes, int offset, int length) {
        send(to, bytes, offset, length);
    }

    @Override
    public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
        try {
            socket.send(ByteBuffer.wrap(bytes, offset, length), to);
        } catch (IOException lost) {
            peers.countLost(); // as if the network had lost it
        }
    }

    @Override
    public void sendControl(InetSocketAddress to, byte[] bytes, int offset, int length) {
        throw new Broken("RTCP goes where RTP goes");
    }

    @Override
    public void selected(InetSocketAddress remote) {}

    @Override
    public DtlsHandshake startHandshake(int number, DtlsRole role, Fingerprint remote) {
        DtlsHandshake handshake = peers.handshake(role, remote, new Return(number));
        Thread.ofVirtual().start(handshake);
        return handshake;
    }

    @Override
    public void connected() {
        // Not all in the same millisecond: as far apart as the calls themselves.
        nextPacket = System.nanoTime();
        connected.complete(null);
    }

    @Override
    public void digit(char digit, int durationMillis) {}

    @Override
    public void failed(TransportFailure failure) {
        connected.completeExceptionally(new IOException("media failed: " + failure));
    }

    /// Brings what the handshake says to our thread.
    private final class Return implements DtlsOutput {
        private final int number;

        Return(int number) {
            this.number = number;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            peers.execute(() -> transport.onHandshakeDatagram(number, copy, 0, copy.length, MediaPeer.this));
        }

        @Override
        public void finished(DtlsResult result) {
            peers.execute(() -> deadline = transport.onHandshakeFinished(System.nanoTime(), number, result, MediaPeer.this));
        }

        @Override
        public void closed() {
            peers.execute(() -> transport.onHandshakeClosed(number));
        }
    }
}
