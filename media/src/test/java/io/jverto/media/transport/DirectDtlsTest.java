package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Transports whose peer has DTLS and no ICE: real handshakes over a network in virtual time.
class DirectDtlsTest {
    private static final AudioPlan AUDIO = Leg.opus(111, 101);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InetSocketAddress NOBODY = new InetSocketAddress("127.0.0.1", 9);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("127.0.0.1", 6_666);
    private static final int STEPS = 20_000;
    private static final long PATIENCE_MILLIS = 50;

    private final Network network = new Network(7, 0);
    private final End server = end(1_000);
    private final End phone = end(2_000);

    @AfterEach
    void closeBoth() {
        server.transport.close(network.now(), server);
        phone.transport.close(network.now(), phone);
    }

    private End end(int port) {
        return new End(network, port, DtlsIdentity.generate(RANDOM, Instant.parse("2026-11-24T12:00:00Z"), Duration.ofDays(1)));
    }

    private boolean until(BooleanSupplier done) {
        for (int i = 0; i < STEPS && !done.getAsBoolean(); i++) {
            network.step();
            if (i % 50 == 0) {
                List.of(server, phone).forEach(end -> end.awaitHandshake(PATIENCE_MILLIS));
            }
        }
        return done.getAsBoolean();
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            network.step();
        }
    }

    private boolean bothConnected() {
        return server.told.contains("connected") && phone.told.contains("connected");
    }

    private void hearEachOther() {
        int before = server.received.size();
        int beforeToo = phone.received.size();
        for (int i = 0; i < 10; i++) {
            server.speak(111, i * 960, (byte) 1);
            phone.speak(111, i * 960, (byte) 2);
            pass(20);
        }
        pass(50);
        assertThat(server.received.size() - before).isEqualTo(10);
        assertThat(phone.received.size() - beforeToo).isEqualTo(10);
        assertThat(server.received).allMatch(packet -> packet[RtpPacket.FIXED_HEADER] == 2);
    }

    private void connect(DtlsRole ofServer) {
        server.connect(phone.address(), ofServer, phone.fingerprint(), AUDIO);
        phone.connect(server.address(), ofServer == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT, server.fingerprint(), AUDIO);
    }

    @Test
    void soundFlowsUnderKeysOfTheHandshakeWhicheverSideBegins() {
        connect(DtlsRole.CLIENT);
        server.speak(111, 0, (byte) 1);
        assertThat(server.mediaSent).isZero();
        assertThat(server.told).isEmpty();

        assertThat(until(this::bothConnected)).isTrue();

        hearEachOther();
    }

    @Test
    void theServerMayWaitForTheGreeting() {
        connect(DtlsRole.SERVER);

        assertThat(until(this::bothConnected)).isTrue();

        hearEachOther();
        assertThat(server.shared.counters.get(TransportCount.LEARNED)).isZero();
    }

    @Test
    void aPeerBehindANatProvesItselfByItsCertificateAndIsSentTo() {
        server.connect(NOBODY, DtlsRole.SERVER, phone.fingerprint(), AUDIO);
        phone.connect(server.address(), DtlsRole.CLIENT, server.fingerprint(), AUDIO);

        assertThat(until(this::bothConnected)).isTrue();

        hearEachOther();
        assertThat(server.shared.counters.get(TransportCount.LEARNED)).isEqualTo(1);
    }

    @Test
    void aPeerThatAnswersOurGreetingFromAnotherAddressProvesItselfToo() {
        server.connect(phone.address(), DtlsRole.CLIENT, phone.fingerprint(), AUDIO);
        phone.connect(server.address(), DtlsRole.SERVER, server.fingerprint(), AUDIO);
        phone.move(2_002);

        assertThat(until(this::bothConnected)).isTrue();

        hearEachOther();
        assertThat(server.shared.counters.get(TransportCount.LEARNED)).isEqualTo(1);
    }

    @Test
    void s24AStrangerWhoGreetsFirstEndsNothingAndTheOneThatIsNamedIsHeard() {
        server.connect(phone.address(), DtlsRole.SERVER, phone.fingerprint(), AUDIO);
        byte[] hello = new byte[200];
        hello[0] = 22;
        for (int i = 0; i < 50; i++) {
            server.onDatagram(network.now(), STRANGER, hello.clone(), hello.length);
            pass(1);
        }
        phone.connect(server.address(), DtlsRole.CLIENT, server.fingerprint(), AUDIO);

        assertThat(until(this::bothConnected)).isTrue();

        hearEachOther();
        assertThat(server.told).doesNotContain("failed DTLS");
        server.onDatagram(network.now(), STRANGER, hello.clone(), hello.length);
        assertThat(server.shared.counters.get(TransportCount.FOREIGN_ADDRESS)).isPositive();
        hearEachOther();
    }

    @Test
    void s24AStrangerWithAnotherCertificateDoesNotGetTheCall() {
        End thief = end(3_000);
        server.connect(phone.address(), DtlsRole.SERVER, phone.fingerprint(), AUDIO);
        thief.connect(server.address(), DtlsRole.CLIENT, server.fingerprint(), AUDIO);
        until(() -> {
            thief.awaitHandshake(PATIENCE_MILLIS);
            return server.handshakes() > 1;
        });
        assertThat(server.told).isEmpty();

        phone.connect(server.address(), DtlsRole.CLIENT, server.fingerprint(), AUDIO);

        assertThat(until(this::bothConnected)).isTrue();
        hearEachOther();
        thief.transport.close(network.now(), thief);
    }

    @Test
    void s22AnotherCertificateThanTheSdpsEndsTheCall() {
        server.connect(phone.address(), DtlsRole.SERVER, new Fingerprint("sha-256", phone.fingerprint().value().replace('0', 'F').replaceFirst(".", "0")), AUDIO);
        phone.connect(server.address(), DtlsRole.CLIENT, server.fingerprint(), AUDIO);

        assertThat(until(() -> server.told.contains("failed DTLS"))).isTrue();

        assertThat(server.told).doesNotContain("connected");
        phone.speak(111, 0, (byte) 2);
        pass(50);
        assertThat(server.received).isEmpty();
    }

    @Test
    void theSameDescriptionAgainKeepsTheKeysAndAnotherAddressMakesNewOnes() {
        connect(DtlsRole.SERVER);
        assertThat(until(this::bothConnected)).isTrue();

        connect(DtlsRole.SERVER);
        hearEachOther();
        assertThat(server.handshakes()).isEqualTo(1);

        phone.move(2_002);
        server.connect(phone.address(), DtlsRole.SERVER, phone.fingerprint(), AUDIO);
        assertThat(server.handshakes()).isEqualTo(2);
    }
}
