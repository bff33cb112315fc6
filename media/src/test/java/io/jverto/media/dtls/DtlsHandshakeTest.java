package io.jverto.media.dtls;

import static io.jverto.media.dtls.DtlsEnd.OURS;
import static io.jverto.media.dtls.DtlsEnd.THEIRS;
import static io.jverto.media.dtls.DtlsEnd.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsHandshakeTest {
    private DtlsEnd client = new DtlsEnd(OURS, DtlsRole.CLIENT, THEIRS.fingerprint());
    private DtlsEnd server = new DtlsEnd(THEIRS, DtlsRole.SERVER, OURS.fingerprint());

    @AfterEach
    void leaveNoThread() {
        client.handshake.abort();
        server.handshake.abort();
    }

    @ParameterizedTest
    @EnumSource
    void theServersFavouriteProfileIsTaken(SrtpProfile best) {
        server = new DtlsEnd(THEIRS, DtlsRole.SERVER, OURS.fingerprint(), best);
        begin();

        assertThat(keys(client).profile()).isEqualTo(best);
        assertThat(keys(client)).usingRecursiveComparison().isEqualTo(keys(server));
    }

    @Test
    void bothEndsHaveTheSameKeysOfTheBestProfile() {
        begin();

        SrtpKeys ofClient = keys(client);
        SrtpKeys ofServer = keys(server);

        assertThat(ofClient.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(ofClient).usingRecursiveComparison().isEqualTo(ofServer);
        assertThat(ofClient.clientKey()).hasSize(16).isNotEqualTo(ofClient.serverKey());
        assertThat(ofClient.clientSalt()).hasSize(12).isNotEqualTo(ofClient.serverSalt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-1", "sha-256", "sha-384", "sha-512", "SHA-256"})
    void knowsEachHash(String hash) {
        client = new DtlsEnd(OURS, DtlsRole.CLIENT, THEIRS.fingerprint(hash).orElseThrow());
        server = new DtlsEnd(THEIRS, DtlsRole.SERVER, OURS.fingerprint(hash).orElseThrow());
        begin();

        assertThat(client.await()).isInstanceOf(DtlsResult.Connected.class);
        assertThat(server.await()).isInstanceOf(DtlsResult.Connected.class);
    }

    @ParameterizedTest
    @EnumSource
    void s22RefusesAnotherCertificateThanTheOneAgreed(DtlsRole deceived) {
        Fingerprint other = DtlsEnd.identity().fingerprint();
        if (deceived == DtlsRole.CLIENT) {
            client = new DtlsEnd(OURS, DtlsRole.CLIENT, other);
        } else {
            server = new DtlsEnd(THEIRS, DtlsRole.SERVER, other);
        }
        begin();
        DtlsEnd wary = deceived == DtlsRole.CLIENT ? client : server;
        DtlsEnd impostor = deceived == DtlsRole.CLIENT ? server : client;

        assertThat(reason(wary)).isEqualTo(DtlsResult.Reason.FINGERPRINT_MISMATCH);
        assertThat(wary.counters.get(DtlsCounter.FINGERPRINT_MISMATCH)).isEqualTo(1);
        assertThat(reason(impostor)).isEqualTo(DtlsResult.Reason.PROTOCOL);
        wary.awaitEnd();
        impostor.awaitEnd();
    }

    @Test
    void s22RefusesAFingerprintWithOneDigitChanged() {
        String right = THEIRS.fingerprint().value();
        String wrong = (right.charAt(0) == 'A' ? 'B' : 'A') + right.substring(1);
        client = new DtlsEnd(OURS, DtlsRole.CLIENT, new Fingerprint("sha-256", wrong));
        begin();

        assertThat(reason(client)).isEqualTo(DtlsResult.Reason.FINGERPRINT_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha-224", "", "none"})
    void s22RefusesAHashItDoesNotTrust(String hash) {
        client = new DtlsEnd(OURS, DtlsRole.CLIENT, new Fingerprint(hash, THEIRS.fingerprint().value()));
        begin();

        assertThat(reason(client)).isEqualTo(DtlsResult.Reason.UNKNOWN_HASH);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void connectsThoughDatagramsAreLost(long seed) {
        client.lets = losing(new Random(seed));
        server.lets = losing(new Random(seed + 100));
        begin();

        assertThat(keys(client)).usingRecursiveComparison().isEqualTo(keys(server));
    }

    @Test
    void connectsThoughTheClientsCertificateVerifyIsLostBeforeItsCipherChange() {
        AtomicInteger lost = new AtomicInteger();
        client.lets = datagram -> datagram[0] != 22 || datagram[4] != 0 || datagram[13] != 15 || lost.getAndIncrement() > 0;
        begin();

        assertThat(keys(client)).usingRecursiveComparison().isEqualTo(keys(server));
        assertThat(lost.get()).isGreaterThan(1);
    }

    @Test
    void repeatsItsLastFlightForAClientThatMissedIt() {
        AtomicInteger finals = new AtomicInteger();
        // The server's Finished is its first record of epoch 1, and the server is through when it has sent it.
        server.lets = datagram -> datagram[4] != 1 || finals.incrementAndGet() > 2;
        begin();

        assertThat(server.await()).isInstanceOf(DtlsResult.Connected.class);
        assertThat(client.await()).isInstanceOf(DtlsResult.Connected.class);
        assertThat(finals.get()).isEqualTo(3);
    }

    @Test
    void s21IgnoresForeignRecordsDuringAndAfterTheHandshake() {
        Random random = new Random(8);
        client.lets = datagram -> {
            server.handshake.onDatagram(noise(random), 0, 60);
            return true;
        };
        server.lets = datagram -> {
            client.handshake.onDatagram(noise(random), 0, 60);
            return true;
        };
        begin();
        keys(client);
        keys(server);

        for (int i = 0; i < 20; i++) {
            byte[] forged = noise(random);
            forged[0] = (byte) (20 + i % 5);
            forged[4] = 1; // the epoch in use
            server.handshake.onDatagram(forged, 0, forged.length);
        }
        client.handshake.abort();

        assertThat(DtlsEnd.get(server.closed)).isTrue(); // it still hears the true client
    }

    @Test
    void tellsThatThePeerHasClosed() {
        begin();
        keys(client);
        keys(server);

        client.handshake.abort();

        assertThat(DtlsEnd.get(server.closed)).isTrue();
        client.awaitEnd();
        server.awaitEnd();
        assertThat(client.closed).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void endsItsThreadWhenAborted(DtlsRole role) {
        DtlsEnd lonely = new DtlsEnd(OURS, role, THEIRS.fingerprint()).start();

        lonely.handshake.abort();

        assertThat(reason(lonely)).isEqualTo(DtlsResult.Reason.ABORTED);
        lonely.awaitEnd();
        assertThat(lonely.counters.get(DtlsCounter.ABORTED)).isEqualTo(1);
    }

    @Test
    void s21BoundsWhatWaitsToBeRead() {
        DtlsEnd idle = new DtlsEnd(OURS, DtlsRole.SERVER, THEIRS.fingerprint()); // never started
        for (int i = 0; i < 10_000; i++) {
            idle.handshake.onDatagram(new byte[100], 0, 100);
        }
        idle.handshake.onDatagram(new byte[5000], 0, 5000);

        assertThat(idle.counters.get(DtlsCounter.DATAGRAM_OVERFLOW)).isEqualTo(10_000 - DtlsPipe.QUEUE);
        assertThat(idle.counters.get(DtlsCounter.DATAGRAM_TOO_LONG)).isEqualTo(1);
    }

    @Test
    void sendsNoDatagramAboveItsMtu() {
        AtomicInteger longest = new AtomicInteger();
        server.lets = datagram -> {
            longest.accumulateAndGet(datagram.length, Math::max);
            return true;
        };
        begin();
        keys(client);

        assertThat(longest.get()).isLessThanOrEqualTo(DtlsPipe.MTU);
    }

    private void begin() {
        join(client, server);
        server.start();
        client.start();
    }

    /// Loses a few datagrams and then no more: how often real time lets a flight be repeated is not for chance to decide.
    private static Predicate<byte[]> losing(Random random) {
        AtomicInteger left = new AtomicInteger(4);
        return datagram -> random.nextInt(10) < 6 || left.decrementAndGet() < 0;
    }

    /// Looks like a DTLS record.
    private static byte[] noise(Random random) {
        byte[] noise = new byte[60];
        synchronized (random) {
            random.nextBytes(noise);
            noise[0] = (byte) (20 + random.nextInt(5));
        }
        System.arraycopy(new byte[] {(byte) 0xfe, (byte) 0xfd, 0, 1}, 0, noise, 1, 4);
        Arrays.fill(noise, 5, 11, (byte) 0);
        noise[11] = 0;
        noise[12] = 47;
        return noise;
    }

    private static SrtpKeys keys(DtlsEnd end) {
        return ((DtlsResult.Connected) end.await()).keys();
    }

    private static DtlsResult.Reason reason(DtlsEnd end) {
        return ((DtlsResult.Failed) end.await()).reason();
    }
}
