package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.time.SystemTime;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.transport.Route;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A peer made of our own engines, with a socket and a loop of its own: sends and receives RTP over loopback.
/// One thread of a test uses it.
final class MediaClient implements AutoCloseable {
    private static final int FIRST_PORT = 40_000;
    private static final int LAST_PORT = 60_000;
    private static final int RING_PACKETS = 256;
    private static final int RING_BYTES = 1_400;

    private final MediaLoop loop;
    private final LoopTransport transport;
    private final DtlsIdentity identity;
    private final SecureRandom random;
    private final MediaCounters counters = MediaCounters.create();
    private final PacketRing rx = new PacketRing(RING_PACKETS, RING_BYTES);
    private final PacketRing tx = new PacketRing(RING_PACKETS, RING_BYTES);
    final Heard heard = new Heard();

    /// A packet that came.
    record Received(boolean marker, int type, int sequence, int timestamp, int ssrc, byte[] payload) {}

    MediaClient(DtlsIdentity identity, SecureRandom random) {
        this.identity = identity;
        this.random = random;
        UdpPort port = UdpPort.bind(
                InetAddress.getLoopbackAddress(), FIRST_PORT + random.nextInt(10_000), LAST_PORT, counters.loop());
        this.loop = new MediaLoop(0, port, identity, random, new SystemTime(), counters);
        int name = port.address().getPort();
        IceCredentials ice = new IceCredentials("clientUfrag" + name, "clientPasswordOfPort" + name);
        LocalMedia local = new LocalMedia(
                port.address(), ice, identity.fingerprint(), random.nextInt(), "client" + name, "stream", "1");
        loop.reserve();
        this.transport = new LoopTransport(loop, new ChannelId("client-" + name), local, CandidateAcl.ANY, heard);
        loop.start();
        loop.tell(new LoopCommand.Open(transport));
        loop.tell(new LoopCommand.Reroute(transport, new Route.Port(rx, tx), List.of()));
    }

    /// @return what the server is to be told of this client, when the client is the DTLS and the controlling side
    MediaPlan planForServer(AudioPlan audio) {
        return planForServer(audio, identity.fingerprint());
    }

    MediaPlan planForServer(AudioPlan audio, Fingerprint expected) {
        LocalMedia local = transport.local();
        return new MediaPlan(
                new IcePlan(local.ice(), List.of(local.address()), false, DtlsRole.SERVER, expected), audio);
    }

    /// The same, of a client that names its candidates later.
    MediaPlan planWithoutCandidates(AudioPlan audio) {
        IcePlan plan = (IcePlan) planForServer(audio).transport();
        return new MediaPlan(
                new IcePlan(
                        plan.remoteIce(), List.of(), plan.controlling(), plan.dtlsRole(), plan.remoteFingerprint()),
                audio);
    }

    RemoteCandidate candidate() {
        return new RemoteCandidate(transport.local().ice().ufrag(), transport.local().address());
    }

    /// Starts towards the server.
    void connect(LocalMedia server, AudioPlan audio) {
        connect(server, List.of(server.address()), audio);
    }

    /// The same by way of something in between.
    void connectBy(InetSocketAddress relay, LocalMedia server, AudioPlan audio) {
        connect(server, List.of(relay), audio);
    }

    /// Waits to be asked by the server.
    void listen(LocalMedia server, AudioPlan audio) {
        connect(server, List.of(), audio);
    }

    private void connect(LocalMedia server, List<InetSocketAddress> candidates, AudioPlan audio) {
        IcePlan plan =
                new IcePlan(server.ice(), candidates, true, DtlsRole.CLIENT, server.fingerprint());
        loop.tell(new LoopCommand.Apply(transport, new MediaPlan(plan, audio)));
    }

    /// Takes new ICE credentials, for an offer that restarts ICE.
    void renew() {
        transport.renew(LocalNames.renewed(transport.local(), random));
    }

    /// Sends one packet.
    void speak(int payloadType, int timestamp, byte... payload) {
        byte[] packet = new byte[RtpPacket.FIXED_HEADER + payload.length];
        RtpPacket.writeHeader(packet, 0, false, payloadType, 0, timestamp, 0);
        System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, payload.length);
        tx.offer(System.nanoTime(), packet, 0, packet.length);
        loop.fedSignal().run();
    }

    void sendDigit(char digit, int durationMillis) {
        loop.tell(new LoopCommand.Digit(transport, digit, durationMillis));
    }

    /// @return the next packet that came, if there is one
    Optional<Received> poll() {
        List<Received> one = new ArrayList<>(1);
        rx.poll((tag, bytes, length) -> {
            RtpPacket packet = new RtpPacket();
            packet.read(bytes, 0, length);
            int at = packet.payloadOffset();
            byte[] payload = Arrays.copyOfRange(bytes, at, at + packet.payloadLength());
            one.add(new Received(
                    packet.marker(), packet.payloadType(), packet.sequence(), packet.timestamp(), packet.ssrc(), payload));
        });
        return one.stream().findFirst();
    }

    InetSocketAddress address() {
        return transport.local().address();
    }

    MediaListener listener() {
        return heard;
    }

    MediaCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        loop.tell(new LoopCommand.Close(transport));
        loop.close();
    }
}
