package io.jverto.bench.load;

import io.jverto.base.Broken;
import io.jverto.base.bytes.PacketRing;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.transport.PeerTransport;
import io.jverto.media.transport.Route;
import io.jverto.media.transport.TransportFailure;
import io.jverto.media.transport.TransportOutput;
import io.jverto.media.transport.TransportSetup;
import io.jverto.media.transport.TransportStats;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One call's media: a socket of its own, ICE, DTLS, and the packets of a [Clip]. Its [MediaThread] is the only one here,
/// except for what says otherwise.
final class MediaPeer implements TransportOutput {
    static final long PACKET_NANOS = 20_000_000;
    private static final double NANOS_OF_SAMPLE = 1e9 / 48_000;

    private static final int RING_PACKETS = 4;
    private static final int RING_BYTES = 1_500;
    /// RFC 8285 section 4.2: the profile, one word, and in it one element of one byte.
    private static final byte[] EXTENSION = {(byte) 0xBE, (byte) 0xDE, 0, 1, 0, 0, 0, 0};
    private static final int VOICE = 0x80;

    private final MediaThread thread;
    private final DatagramChannel socket;
    private final InetSocketAddress local;
    private final PeerTransport transport;
    private final PacketRing rx = new PacketRing(RING_PACKETS, RING_BYTES);
    private final PacketRing tx = new PacketRing(RING_PACKETS, RING_BYTES);
    private final byte[] packet = new byte[RING_BYTES];
    private final RtpPacket incoming = new RtpPacket();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private final Clip clip;

    private long deadline = Long.MAX_VALUE;
    private long nextPacket = Long.MAX_VALUE;
    private int timestamp;
    private int position;
    private int levelExtension;
    private long arrivedNanos;
    private int arrivedTimestamp;
    private @Nullable VideoFeed feed;
    private volatile boolean publishes;
    private volatile long videoSent;
    private volatile long sent;
    private volatile long received;

    /// @param start frame of the clip that it begins with
    MediaPeer(MediaThread thread, DatagramChannel socket, IceCredentials ice, int ssrc, Clip clip, int start) throws IOException {
        this.thread = thread;
        this.socket = socket;
        this.local = (InetSocketAddress) socket.getLocalAddress();
        this.transport = new PeerTransport(new TransportSetup(ice, ssrc, "load"), thread.shared());
        transport.route(new Route.Port(rx, tx));
        this.clip = clip;
        this.position = start;
    }

    /// From any thread.
    InetSocketAddress local() {
        return local;
    }

    /// From any thread: done when ICE and DTLS are up.
    CompletableFuture<Void> up() {
        return connected;
    }

    /// From any thread: done when the first packet came.
    CompletableFuture<Void> heard() {
        return heard;
    }

    /// From any thread: packets that never came, by their sequence numbers.
    long lost() {
        return transport.stats().packetsLost();
    }

    /// From any thread: figures of its video.
    TransportStats video() {
        return transport.videoStats();
    }

    /// From any thread.
    long videoSent() {
        return videoSent;
    }

    /// From any thread: whether it sends video.
    boolean publishes() {
        return publishes;
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
    ///
    /// @param videoKbps of the video that it sends, 0 for none
    void connect(AnswerSdp answer, int videoKbps) {
        publishes = videoKbps > 0;
        thread.execute(() -> {
            levelExtension = answer.levelExtension();
            if (videoKbps > 0) {
                feed = new VideoFeed(System.nanoTime(), transport, videoKbps);
            }
            deadline = transport.apply(System.nanoTime(), answer.plan(), this);
        });
    }

    /// From any thread.
    void close() {
        thread.execute(() -> {
            nextPacket = Long.MAX_VALUE;
            transport.close(System.nanoTime(), this);
            thread.remove(this);
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
                buffer.get(0, bytes, 0, buffer.position());
                deadline = transport.onDatagram(System.nanoTime(), (InetSocketAddress) from, bytes, 0, buffer.position(), this);
                while (rx.poll(this::onRtp)) {
                    // one at most
                }
            }
        } catch (IOException closed) {
            connected.completeExceptionally(closed);
        }
    }

    private void onRtp(long nanos, byte[] data, int length) {
        incoming.read(data, 0, length);
        if (received > 0) {
            long spacing = nanos - arrivedNanos;
            thread.figures().arrived(spacing, spacing - (incoming.timestamp() - arrivedTimestamp) * NANOS_OF_SAMPLE);
        } else {
            heard.complete(null);
        }
        arrivedNanos = nanos;
        arrivedTimestamp = incoming.timestamp();
        received++; // only this thread writes it
    }

    void onTime(long now) {
        if (deadline - now <= 0) {
            deadline = transport.onTimeout(now, this);
        }
        VideoFeed camera = feed;
        if (camera != null && connected.isDone()) {
            videoSent += camera.onTime(now); // only this thread writes it
            transport.onFed(now, this);
        }
        while (nextPacket - now <= 0) {
            thread.figures().sentLate(now - nextPacket);
            say(now);
        }
    }

    private void say(long now) {
        Clip.Frame frame = clip.frames().get(position);
        tx.offer(now, packet, 0, write(frame));
        transport.onFed(now, this);
        sent++; // only this thread writes it
        nextPacket += clip.every() * PACKET_NANOS;
        timestamp += clip.every() * Clip.SAMPLES;
        position = (position + clip.every()) % clip.frames().size();
    }

    /// @return length of the packet
    private int write(Clip.Frame frame) {
        RtpPacket.writeHeader(packet, 0, sent == 0, Offer.OPUS, 0, timestamp, 0);
        int at = RtpPacket.FIXED_HEADER;
        if (levelExtension > 0) {
            RtpPacket.announceExtension(packet, 0);
            System.arraycopy(EXTENSION, 0, packet, at, EXTENSION.length);
            packet[at + 4] = (byte) (levelExtension << 4);
            packet[at + 5] = (byte) ((frame.voice() ? VOICE : 0) | frame.level());
            at += EXTENSION.length;
        }
        System.arraycopy(frame.opus(), 0, packet, at, frame.opus().length);
        return at + frame.opus().length;
    }

    @Override
    public void sendStun(InetSocketAddress to, byte[] bytes, int offset, int length) {
        send(to, bytes, offset, length);
    }

    @Override
    public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
        thread.send(socket, to, bytes, offset, length);
    }

    @Override
    public void sendControl(InetSocketAddress to, byte[] bytes, int offset, int length) {
        throw new Broken("RTCP goes where RTP goes");
    }

    @Override
    public void selected(InetSocketAddress remote) {}

    @Override
    public DtlsHandshake startHandshake(int number, DtlsRole role, Fingerprint remote, SrtpProfile best) {
        DtlsHandshake handshake = thread.handshake(role, remote, best, new Return(number));
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
            thread.execute(() -> transport.onHandshakeDatagram(number, copy, 0, copy.length, MediaPeer.this));
        }

        @Override
        public void finished(DtlsResult result) {
            thread.execute(() -> deadline = transport.onHandshakeFinished(System.nanoTime(), number, result, MediaPeer.this));
        }

        @Override
        public void closed() {
            thread.execute(() -> transport.onHandshakeClosed(number));
        }
    }
}
