package io.jverto.media.transport;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.bytes.PacketRing;
import io.jverto.base.count.Counters;
import io.jverto.media.dtls.DtlsCounter;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.ice.IceAgent;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.ice.IceOutput;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.srtp.SrtpSession;
import io.jverto.media.srtp.SrtpShared;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Any order of datagrams, timeouts, routes, plans and handshake results: no exception, and no flood of our own.
class PeerTransportFuzz {
    private static final DtlsIdentity IDENTITY =
            DtlsIdentity.generate(new SecureRandom(), Instant.parse("2026-11-24T12:00:00Z"), Duration.ofDays(1));
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4_000);
    private static final InetSocketAddress US = new InetSocketAddress("192.0.2.2", 5_000);
    private static final IceCredentials OURS = new IceCredentials("ufrag", "password");
    private static final int MAX_CHECKS = 16;
    private static final int MAX_STEPS = 2_000;
    /// A step makes at most a few packets: checks, a report, late digits, a ring that is emptied.
    private static final int MAX_SENT_PER_STEP = 64;

    @FuzzTest
    void survivesAnyOrderOfEvents(byte[] input) {
        Run run = new Run();
        ByteBuffer bytes = ByteBuffer.wrap(input);
        for (int i = 0; i < MAX_STEPS && bytes.hasRemaining(); i++) {
            int before = run.sent;
            run.step(bytes);
            if (run.sent - before > MAX_SENT_PER_STEP) {
                throw new AssertionError(run.sent - before + " packets for one event");
            }
        }
    }

    /// An operation beside those of four bits.
    private static final int LATE_CANDIDATES = 0x10;

    /// A transport and what the input does to it.
    private static final class Run extends Recorder {
        private final PeerTransport transport =
                new PeerTransport(new TransportSetup(OURS, 1, "cname"), Leg.shared());
        private final PacketRing rx = new PacketRing(4, 1_400);
        private final PacketRing tx = new PacketRing(4, 1_400);
        private final SrtpKeys keys =
                new SrtpKeys(SrtpProfile.AES128_CM_HMAC_SHA1_80, new byte[16], new byte[14], new byte[16], new byte[14]);
        private final SrtpSession peer = new SrtpSession(keys, DtlsRole.CLIENT, new SrtpShared(new Counters<>(SrtpCounter.class)));
        private final IceAgent peerIce =
                new IceAgent(new IceCredentials("theirs0", "secret"), true, new Random(1), new Counters<>(IceCounter.class));
        private final ArrayDeque<byte[]> toPeer = new ArrayDeque<>();
        private final ArrayDeque<byte[]> fromPeer = new ArrayDeque<>();
        private final IceOutput peerIceOut = new ToTransport(fromPeer);
        private long now;
        private int handshake;
        private int sent;

        Run() {
            peerIce.remote(0, OURS, List.of(US), peerIceOut);
        }

        void step(ByteBuffer bytes) {
            int operation = bytes.get() & 0x1f;
            int wanted = bytes.hasRemaining() ? bytes.get() & 0xff : 0;
            byte[] rest = new byte[Math.min(wanted, bytes.remaining())];
            bytes.get(rest);
            now += rest.length * 1_000_000L;
            switch (operation == LATE_CANDIDATES ? LATE_CANDIDATES : operation & 0x0f) {
                case LATE_CANDIDATES -> transport.candidates(now, candidates(rest), this);
                case 0 -> transport.apply(now, plan(rest), this);
                case 1 -> transport.onTimeout(now, this);
                case 2 -> datagram(rest, rest.length);
                case 3 -> sealed(false, rest);
                case 4 -> sealed(true, rest);
                case 5 -> transport.onHandshakeFinished(now, handshake, new DtlsResult.Connected(keys), this);
                case 6 -> transport.onHandshakeFinished(
                        now, handshake, new DtlsResult.Failed(DtlsResult.Reason.PROTOCOL, ""), this);
                case 7 -> transport.onHandshakeClosed(handshake);
                case 8 -> transport.onHandshakeDatagram(handshake, rest, 0, rest.length, this);
                case 9 -> transport.route(new Route.Echo());
                case 10 -> transport.route(new Route.Port(rx, tx));
                case 11 -> transport.route(new Route.Across(rx, () -> {}, Leg.opus(96, 101), tx, true));
                case 12 -> transport.route(new Route.Relay(transport, true));
                case 13 -> {
                    tx.offer(now, rest, 0, rest.length);
                    transport.onFed(now, this);
                }
                case 14 -> transport.sendDigit(rest.length == 0 ? '1' : (char) rest[0], rest.length * 100);
                default -> now += 10_000_000_000L;
            }
            exchangeChecks();
            while (rx.poll((tag, packet, length) -> {})) {
                // nobody listens
            }
        }

        private void datagram(byte[] rest, int length) {
            transport.onDatagram(now, PEER, Arrays.copyOf(rest, 2_048), 0, length, this);
        }

        private void sealed(boolean rtcp, byte[] rest) {
            byte[] packet = Arrays.copyOf(rest, 2_048);
            int length = rtcp ? peer.protectRtcp(packet, 0, rest.length) : peer.protectRtp(packet, 0, rest.length);
            if (length > 0) {
                transport.onDatagram(now, PEER, packet, 0, length, this);
            }
        }

        private static List<RemoteCandidate> candidates(byte[] rest) {
            return IntStream.range(0, rest.length)
                    .mapToObj(i -> new RemoteCandidate(
                            rest[i] < 0 ? "" : "theirs" + rest[i] % 3, new InetSocketAddress("10.0.0." + (rest[i] & 0x7f), 5_000 + i)))
                    .toList();
        }

        private static MediaPlan plan(byte[] rest) {
            int variant = rest.length == 0 ? 0 : rest[0];
            AudioPlan audio = Leg.opus(variant & 0x7f, variant % 3 == 0 ? -1 : 101);
            return new MediaPlan(
                    new IcePlan(
                            new IceCredentials("theirs" + variant % 2, "secret"),
                            List.of(PEER),
                            variant % 2 == 0,
                            variant % 4 < 2 ? DtlsRole.CLIENT : DtlsRole.SERVER,
                            new Fingerprint("sha-256", "00:" + variant % 5)),
                    audio);
        }

        @Override
        public void sendStun(InetSocketAddress to, byte[] bytes, int offset, int length) {
            sent++;
            toPeer.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        /// The peer's agent is an honest one, so that the states behind a selected pair are reached.
        private void exchangeChecks() {
            peerIce.onTimeout(now, peerIceOut);
            for (int i = 0; i < MAX_CHECKS && !(toPeer.isEmpty() && fromPeer.isEmpty()); i++) {
                if (!toPeer.isEmpty()) {
                    byte[] check = toPeer.remove();
                    peerIce.onStun(now, US, check, 0, check.length, peerIceOut);
                }
                if (!fromPeer.isEmpty()) {
                    byte[] check = fromPeer.remove();
                    datagram(check, check.length);
                }
            }
            toPeer.clear();
            fromPeer.clear();
        }

        @Override
        public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
            sent++;
        }

        @Override
        public DtlsHandshake startHandshake(int number, DtlsRole role, Fingerprint remote, SrtpProfile best) {
            handshake = number;
            return new DtlsHandshake(
                    IDENTITY, role, remote, best, new SecureRandom(), new Counters<>(DtlsCounter.class), new Nowhere());
        }
    }

    private record ToTransport(ArrayDeque<byte[]> queue) implements IceOutput {
        @Override
        public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
            queue.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public void selected(InetSocketAddress remote) {}

        @Override
        public void failed() {}
    }

    private static final class Nowhere implements DtlsOutput {
        @Override
        public void send(byte[] bytes, int offset, int length) {}

        @Override
        public void finished(DtlsResult result) {}

        @Override
        public void closed() {}
    }
}
