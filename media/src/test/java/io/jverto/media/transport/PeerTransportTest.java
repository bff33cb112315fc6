package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpCounter;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two whole transports, ICE over a network with loss, DTLS on threads of its own.
class PeerTransportTest {
    private static final AudioPlan AUDIO = Leg.opus(111, 110);
    private static final VideoPlan VIDEO = new VideoPlan(
            new VideoFormat(VideoCodec.VP8, 96), 97, VideoPlan.Feedback.ALL, new VideoPlan.Extensions(4, 3, 5), "1", 0, 3_072, true, true);
    private static final int STEPS = 20_000;
    private static final long HANDSHAKE_MILLIS = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Network network = new Network(3, 0.1);
    private final End server = end(1_000);
    private final End client = end(2_000);

    @AfterEach
    void closeBoth() {
        server.transport.close(network.now(), server);
        client.transport.close(network.now(), client);
    }

    @Test
    void soundFlowsBothWaysOverALossyNetwork() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();

        for (int i = 0; i < 500; i++) {
            server.speak(111, i * 960, (byte) 1, (byte) i);
            client.speak(111, i * 960, (byte) 2, (byte) i);
            pass(20);
        }
        pass(100);

        assertThat(server.received).hasSizeBetween(420, 480).allMatch(packet -> packet[RtpPacket.FIXED_HEADER] == 2);
        assertThat(client.received).hasSizeBetween(420, 480).allMatch(packet -> packet[RtpPacket.FIXED_HEADER] == 1);
        assertThat(server.transport.stats().packetsLost()).isBetween(20L, 80L);
        assertThat(server.transport.stats().roundTrip().mean()).isBetween(5.0, 35.0);
        assertThat(server.transport.stats().jitter().mean()).isBetween(0.0, 30.0);
        assertThat(server.transport.stats().remoteLost()).isBetween(20L, 80L);
        assertThat(server.told).doesNotContain("failed ICE", "failed DTLS");
    }

    @Test
    void howMediaCameUpIsNotedOnceInOrder() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();
        for (int i = 0; i < 50; i++) {
            client.speak(111, i * 960, (byte) 2);
            pass(20);
        }

        assertThat(client.noted).filteredOn(new MediaNote.FirstSent()::equals).hasSize(1);
        assertThat(server.noted).extracting(note -> (Object) note.getClass()).containsExactly(
                MediaNote.PathFound.class, MediaNote.HandshakeBegun.class, MediaNote.FirstReceived.class);
        MediaNote.PathFound path = (MediaNote.PathFound) server.noted.getFirst();
        assertThat(path.remote()).isEqualTo(client.address());
        assertThat(path.tally().sent()).isPositive();
        assertThat(path.tally().answered()).isBetween(1L, path.tally().sent());
        assertThat(path.tally().asked()).isPositive();
        assertThat(server.noted.get(1)).isEqualTo(new MediaNote.HandshakeBegun(DtlsRole.SERVER));
        server.transport.close(network.now(), server);
        assertThat(server.noted).hasSize(3);
    }

    @Test
    void theServerMayBeTheDtlsClient() {
        server.connect(client, false, DtlsRole.CLIENT, client.fingerprint(), AUDIO);
        client.connect(server, true, DtlsRole.SERVER, server.fingerprint(), AUDIO);

        assertThat(until(this::bothConnected)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, 10", "true, 16"})
    void aPacketHasTheTagThatIsCheapestForSoundAloneAndBesidePictures(boolean pictures, int tag) {
        Optional<VideoPlan> video = pictures ? Optional.of(VIDEO) : Optional.empty();
        server.connect(client, false, DtlsRole.SERVER, client.fingerprint(), AUDIO, video);
        client.connect(server, true, DtlsRole.CLIENT, server.fingerprint(), AUDIO, video);
        assertThat(until(this::bothConnected)).isTrue();

        client.keep = true;
        for (int i = 0; i < 20; i++) {
            server.speak(111, 960 * i, (byte) 1);
        }
        pass(100);

        assertThat(client.kept).isNotEmpty().allSatisfy(packet -> assertThat(packet).hasSize(RtpPacket.FIXED_HEADER + 1 + tag));
    }

    @Test
    void s22AnotherCertificateThanTheSdpsEndsTheCallAndNoSoundFlows() {
        connect(new Fingerprint("sha-256", client.fingerprint().value().replace('0', 'F').replaceFirst(".", "0")));

        assertThat(until(() -> server.told.contains("failed DTLS"))).isTrue();
        client.speak(111, 0, (byte) 2);
        server.speak(111, 0, (byte) 1);
        pass(100);

        assertThat(server.told).doesNotContain("connected");
        assertThat(server.noted).last().isEqualTo(new MediaNote.HandshakeFailed("FINGERPRINT_MISMATCH"));
        assertThat(server.received).isEmpty();
        assertThat(client.received).isEmpty();
        assertThat(server.transport.stats().packetsTx()).isZero();
    }

    @Test
    void s21NothingIsTakenFromAddressesThatIceDidNotSelect() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();
        InetSocketAddress stranger = new InetSocketAddress("127.0.0.1", 6_666);

        byte[] hello = new byte[64];
        hello[0] = 22;
        server.onDatagram(network.now(), stranger, hello.clone(), hello.length);
        byte[] rtp = new byte[64];
        RtpPacket.writeHeader(rtp, 0, false, 111, 1, 1, 2_000);
        server.onDatagram(network.now(), stranger, rtp.clone(), rtp.length);

        assertThat(server.shared.counters.get(TransportCount.FOREIGN_ADDRESS)).isEqualTo(2);
        assertThat(server.received).isEmpty();
    }

    @Test
    void s23PacketsThatAreNotAuthenticAreDroppedAndTheCallGoesOn() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();

        for (int i = 0; i < 1_000; i++) {
            byte[] forged = new byte[64];
            RtpPacket.writeHeader(forged, 0, false, i % 2 == 0 ? 111 : 72, i, i, 2_000);
            server.onDatagram(network.now(), client.address(), forged, forged.length);
        }
        for (int i = 0; i < 50; i++) {
            client.speak(111, i * 960, (byte) 2);
            pass(20);
        }

        assertThat(server.shared.counters.get(TransportCount.UNAUTHENTIC)).isEqualTo(1_000);
        assertThat(server.received).hasSizeGreaterThan(30);
        assertThat(server.told).doesNotContain("failed DTLS", "failed ICE");
    }

    @Test
    void mediaFollowsThePeerToItsNewAddress() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();

        client.move(2_002);
        assertThat(until(() -> server.told.contains("selected 2002"))).isTrue();
        server.sentTo.clear();
        client.received.clear();
        for (int i = 0; i < 50; i++) {
            server.speak(111, i * 960, (byte) 1);
            pass(20);
        }

        assertThat(server.sentTo).isNotEmpty().allMatch(to -> to.getPort() == 2_002);
        assertThat(client.received).hasSizeGreaterThan(30);
    }

    @Test
    void digitsArriveOnce() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();

        assertThat(client.transport.sendDigit('4', 100)).isTrue();
        assertThat(client.transport.sendDigit('2', 100)).isTrue();
        client.onDatagram(network.now(), server.address(), new byte[] {9}, 1);
        pass(1_000);

        assertThat(server.told).filteredOn(line -> line.startsWith("digit")).containsExactly("digit 4 100", "digit 2 100");
    }

    @Test
    void datagramsBeforeAPlanAreRefused() {
        server.onDatagram(0, client.address(), new byte[40], 40);

        assertThat(server.shared.counters.get(TransportCount.NOT_APPLIED)).isEqualTo(1);
    }

    @Test
    void thePlanAgainChangesNothing() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();

        connect(client.fingerprint());
        pass(500);

        assertThat(server.handshakes()).isEqualTo(1);
        client.speak(111, 0, (byte) 2);
        client.speak(111, 960, (byte) 2);
        client.speak(111, 1_920, (byte) 2);
        pass(50);
        assertThat(server.received).isNotEmpty();
    }

    @Test
    void anotherPeerTakesTheCallOver() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();

        End other = end(3_000);
        server.told.clear();
        server.connect(other, false, DtlsRole.SERVER, other.fingerprint(), AUDIO);
        other.connect(server, true, DtlsRole.CLIENT, server.fingerprint(), AUDIO);
        assertThat(until(() -> server.told.contains("connected") && other.told.contains("connected"))).isTrue();
        for (int i = 0; i < 20; i++) {
            other.speak(111, i * 960, (byte) 3);
            pass(20);
        }

        assertThat(server.received).isNotEmpty().allMatch(packet -> packet[RtpPacket.FIXED_HEADER] == 3);
        other.transport.close(network.now(), other);
    }

    @Test
    void aPeerThatNeverAnswersEndsTheCall() {
        server.connect(client, false, DtlsRole.SERVER, client.fingerprint(), AUDIO);

        pass(60_000);

        assertThat(server.told).containsExactly("failed ICE");
        assertThat(server.noted).singleElement().isInstanceOfSatisfying(MediaNote.PathLost.class, lost -> {
            assertThat(lost.tally().sent()).isPositive();
            assertThat(lost.tally().answered()).isZero();
            assertThat(lost.tally().asked()).isZero();
        });
    }

    @Test
    void whoGivesUpBeforeIceDoesLeavesHowFarItCame() {
        server.connect(client, false, DtlsRole.SERVER, client.fingerprint(), AUDIO);
        pass(5_000);
        server.transport.close(network.now(), server);
        server.transport.close(network.now(), server);

        assertThat(server.noted).singleElement().isInstanceOfSatisfying(MediaNote.PathMissing.class, missing -> {
            assertThat(missing.tally().sent()).isPositive();
            assertThat(missing.tally().answered()).isZero();
        });
    }

    @Test
    void s16NothingButChecksGoesToACandidateBeforeItHasAnswered() {
        server.connect(client, false, DtlsRole.CLIENT, client.fingerprint(), AUDIO);

        for (int i = 0; i < 500; i++) {
            server.speak(111, i * 960, (byte) 1);
            pass(20);
        }

        assertThat(server.stunSent).isBetween(1, 7);
        assertThat(server.sentTo).as("neither DTLS nor RTP").isEmpty();
        assertThat(server.handshakes()).isZero();
    }

    /// The race of CVE-2023-51443: a foreign ClientHello comes first.
    @Test
    void s21AForeignHelloBeforeTheTrueOneNeitherAnswersNorEndsAnything() {
        InetSocketAddress stranger = new InetSocketAddress("127.0.0.1", 6_666);
        byte[] hello = HexFormat.of().parseHex("16fefd0000000000000000002c010000200000000000000020fefd" + "00".repeat(32) + "0000000200000100");
        server.connect(client, false, DtlsRole.SERVER, client.fingerprint(), AUDIO);
        for (int i = 0; i < 100; i++) {
            server.onDatagram(network.now(), stranger, hello.clone(), hello.length);
            server.onDatagram(network.now(), client.address(), hello.clone(), hello.length);
        }
        assertThat(server.shared.counters.get(TransportCount.FOREIGN_ADDRESS)).as("ICE has selected nobody yet").isEqualTo(200);

        connect(client.fingerprint());
        assertThat(until(() -> {
            server.onDatagram(network.now(), stranger, hello.clone(), hello.length);
            return bothConnected();
        })).isTrue();

        assertThat(server.sentTo).allMatch(client.address()::equals);
        assertThat(server.told).doesNotContain("failed DTLS", "failed ICE");
    }

    @Test
    void s23SealedPacketsThatComeAgainAreCountedAndHeardOnce() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();
        server.keep = true;
        for (int i = 0; i < 50; i++) {
            client.speak(111, i * 960, (byte) 2, (byte) i);
            pass(20);
        }
        int heard = server.received.size();
        server.keep = false;

        for (int again = 0; again < 20; again++) {
            server.kept.forEach(packet -> server.onDatagram(network.now(), client.address(), packet.clone(), packet.length));
        }
        client.speak(111, 60 * 960, (byte) 2, (byte) 60);
        client.speak(111, 61 * 960, (byte) 2, (byte) 61);
        pass(100);

        assertThat(heard).isGreaterThan(30);
        assertThat(server.kept).hasSizeGreaterThanOrEqualTo(heard);
        assertThat(server.received).hasSizeBetween(heard, heard + 2);
        assertThat(server.shared.srtp.counters().get(SrtpCounter.REPLAYED)).isGreaterThanOrEqualTo(20L * heard);
        assertThat(server.told).doesNotContain("failed DTLS", "failed ICE");
    }

    /// SSRC churn: the packets are not authentic, so their sources get no state.
    @Test
    void s23ForgedSourcesCostNothingAndPushNobodyOut() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();

        for (int i = 0; i < 20_000; i++) {
            byte[] forged = new byte[64];
            RtpPacket.writeHeader(forged, 0, false, 111, i, i, i * 31);
            server.onDatagram(network.now(), client.address(), forged, forged.length);
        }
        for (int i = 0; i < 50; i++) {
            client.speak(111, i * 960, (byte) 2);
            pass(20);
        }

        assertThat(server.shared.counters.get(TransportCount.UNAUTHENTIC)).isEqualTo(20_000);
        assertThat(server.received).hasSizeGreaterThan(30);
    }

    @Test
    void afterCloseNothingIsSent() {
        connect(client.fingerprint());
        assertThat(until(this::bothConnected)).isTrue();
        server.transport.close(network.now(), server);
        server.mediaSent = 0;

        server.speak(111, 0, (byte) 1);
        client.speak(111, 0, (byte) 2);
        pass(5_000);

        assertThat(server.mediaSent).isZero();
        assertThat(server.received).isEmpty();
    }

    private void connect(Fingerprint ofClient) {
        server.connect(client, false, DtlsRole.SERVER, ofClient, AUDIO);
        client.connect(server, true, DtlsRole.CLIENT, server.fingerprint(), AUDIO);
    }

    private boolean bothConnected() {
        return server.told.contains("connected") && client.told.contains("connected");
    }

    private End end(int port) {
        return new End(network, port, DtlsIdentity.generate(RANDOM, Instant.parse("2026-11-24T12:00:00Z"), Duration.ofDays(1)));
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            network.step();
        }
    }

    /// Lets time pass, but waits for handshake threads where the network has nothing to do.
    private boolean until(BooleanSupplier done) {
        for (int i = 0; i < STEPS && !done.getAsBoolean(); i++) {
            network.step();
            if (server.handshakes() + client.handshakes() > 0 && i % HANDSHAKE_MILLIS == 0) {
                server.awaitHandshake(patienceMillis());
                client.awaitHandshake(patienceMillis());
            }
        }
        return done.getAsBoolean();
    }

    /// On a busy machine the first handshake of a process takes seconds.
    private long patienceMillis() {
        boolean settled = List.of(server, client).stream()
                .allMatch(end -> end.told.contains("connected") || end.told.contains("failed DTLS"));
        return settled ? 4 : 20;
    }
}
