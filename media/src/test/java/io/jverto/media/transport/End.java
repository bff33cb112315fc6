package io.jverto.media.transport;

import io.jverto.base.Broken;
import io.jverto.base.bytes.PacketRing;
import io.jverto.base.count.Counters;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.dtls.DtlsCounter;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.DtlsPeer;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One end of a [Network]: a whole transport with a real handshake thread, and rings to send and receive RTP.
final class End implements TransportOutput {
    private static final int MAX_PACKET = 1_000;

    final List<String> told = new ArrayList<>();
    final List<MediaNote> noted = new ArrayList<>();
    final List<byte[]> received = new ArrayList<>();
    final List<InetSocketAddress> sentTo = new ArrayList<>();
    /// Protected packets as they came, while `keep` is on.
    final List<byte[]> kept = new ArrayList<>();
    boolean keep;
    int mediaSent;
    int stunSent;
    final TransportShared shared = Leg.shared();
    final PeerTransport transport;

    private final Network network;
    private final DtlsIdentity identity;
    private final IceCredentials ice;
    private final LinkedBlockingQueue<Runnable> fromHandshake = new LinkedBlockingQueue<>();
    private final PacketRing rx = new PacketRing(64, MAX_PACKET);
    private final PacketRing tx = new PacketRing(64, MAX_PACKET);
    private InetSocketAddress address;
    private long nowNanos;
    private long deadline = Long.MAX_VALUE;
    private int handshakes;

    End(Network network, int port, DtlsIdentity identity) {
        this.network = network;
        this.identity = identity;
        this.address = new InetSocketAddress("127.0.0.1", port);
        this.ice = new IceCredentials("ufragOfPort" + port, "passwordOfThePortNumber" + port);
        this.transport = new PeerTransport(new TransportSetup(ice, port, "cname" + port), shared);
        network.plug(address, this);
        transport.route(new Route.Port(rx, tx));
    }

    /// Applies what the two would have agreed by offer and answer.
    void connect(End peer, boolean controlling, DtlsRole role, Fingerprint expected, AudioPlan audio) {
        connect(peer, controlling, role, expected, audio, Optional.empty());
    }

    void connect(End peer, boolean controlling, DtlsRole role, Fingerprint expected, AudioPlan audio, Optional<VideoPlan> video) {
        IcePlan plan = new IcePlan(peer.ice, List.of(peer.address), controlling, role, expected);
        deadline = transport.apply(network.now(), new MediaPlan(plan, audio, video), this);
    }

    /// The same without ICE.
    ///
    /// @param at where the peer's description says that it is
    void connect(InetSocketAddress at, DtlsRole role, Fingerprint expected, AudioPlan audio) {
        DirectPlan plan = new DirectPlan(at, at, Optional.empty(), Optional.of(new DtlsPeer(role, expected)));
        deadline = transport.apply(network.now(), new MediaPlan(plan, audio), this);
    }

    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    InetSocketAddress address() {
        return address;
    }

    /// A NAT gives another port to what it sends.
    void move(int port) {
        address = new InetSocketAddress("127.0.0.1", port);
        network.plug(address, this);
    }

    /// Sends an RTP packet as a mixer would.
    void speak(int payloadType, int timestamp, byte... payload) {
        byte[] packet = new byte[RtpPacket.FIXED_HEADER + payload.length];
        RtpPacket.writeHeader(packet, 0, false, payloadType, 0, timestamp, 0);
        System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, payload.length);
        tx.offer(network.now(), packet, 0, packet.length);
        transport.onFed(network.now(), this);
    }

    /// Waits a little, in real time, for a handshake's thread.
    ///
    /// @return whether it said something
    boolean awaitHandshake(long millis) {
        try {
            Runnable next = fromHandshake.poll(millis, TimeUnit.MILLISECONDS);
            if (next != null) {
                next.run();
            }
            return next != null;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    void onDatagram(long now, InetSocketAddress from, byte[] bytes, int length) {
        nowNanos = now;
        if (keep && DatagramKind.of(bytes, 0, length) == DatagramKind.RTP) {
            kept.add(Arrays.copyOf(bytes, length));
        }
        deadline = transport.onDatagram(now, from, bytes, 0, length, this);
        drain();
    }

    void onTime(long now) {
        nowNanos = now;
        while (awaitHandshake(0)) {
            // all it has to say
        }
        if (deadline <= now) {
            deadline = transport.onTimeout(now, this);
        }
    }

    private void drain() {
        while (rx.poll((tag, bytes, length) -> received.add(Arrays.copyOf(bytes, length)))) {
            // all that came
        }
    }

    @Override
    public void sendStun(InetSocketAddress to, byte[] bytes, int offset, int length) {
        stunSent++;
        network.send(address, to, Arrays.copyOfRange(bytes, offset, offset + length), false);
    }

    @Override
    public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
        sentTo.add(to);
        // Lost flights would be repeated in real time, a second later.
        boolean dtls = bytes[offset] >= 20 && bytes[offset] <= 63;
        mediaSent += dtls ? 0 : 1;
        network.send(address, to, Arrays.copyOfRange(bytes, offset, offset + length), dtls);
    }

    @Override
    public void sendControl(InetSocketAddress to, byte[] bytes, int offset, int length) {
        throw new Broken("RTCP goes where RTP goes");
    }

    @Override
    public void selected(InetSocketAddress remote) {
        told.add("selected " + remote.getPort());
    }

    @Override
    public DtlsHandshake startHandshake(int number, DtlsRole role, Fingerprint remote, SrtpProfile best) {
        handshakes++;
        DtlsHandshake handshake = new DtlsHandshake(
                identity, role, remote, best, new SecureRandom(), new Counters<>(DtlsCounter.class), new Back(number));
        Thread.ofVirtual().start(handshake);
        return handshake;
    }

    int handshakes() {
        return handshakes;
    }

    @Override
    public void noted(MediaNote note) {
        noted.add(note);
    }

    @Override
    public void connected() {
        told.add("connected");
    }

    @Override
    public void digit(char digit, int durationMillis) {
        told.add("digit " + digit + " " + durationMillis);
    }

    @Override
    public void failed(TransportFailure failure) {
        told.add("failed " + failure);
    }

    /// Brings what the handshake says to the test's thread.
    private final class Back implements DtlsOutput {
        private final int number;

        Back(int number) {
            this.number = number;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            fromHandshake.add(() -> transport.onHandshakeDatagram(number, copy, 0, copy.length, End.this));
        }

        @Override
        public void finished(DtlsResult result) {
            fromHandshake.add(() -> deadline = transport.onHandshakeFinished(nowNanos, number, result, End.this));
        }

        @Override
        public void closed() {
            fromHandshake.add(() -> transport.onHandshakeClosed(number));
        }
    }
}
