package io.jverto.media.dtls;

import static io.jverto.media.dtls.DtlsEnd.OURS;
import static io.jverto.media.dtls.DtlsEnd.THEIRS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.bouncycastle.tls.CipherSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attack S21 on the handshake itself: no cipher that hides nothing, and no memory for what a fragment only claims.
class DtlsAttackTest {
    private static final long MEGABYTES = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(ints = {
        CipherSuite.TLS_NULL_WITH_NULL_NULL, CipherSuite.TLS_ECDHE_ECDSA_WITH_NULL_SHA, CipherSuite.TLS_RSA_WITH_NULL_SHA256,
        CipherSuite.TLS_ECDH_anon_WITH_AES_128_CBC_SHA, CipherSuite.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA, CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_PSK_WITH_NULL_SHA
    })
    void s21AClientThatOffersNoGoodCipherIsRefused(int suite) {
        ForeignPeer peer = new ForeignPeer();
        peer.suites = new int[] {suite};
        DtlsEnd server = new DtlsEnd(OURS, DtlsRole.SERVER, new Fingerprint("sha-256", peer.fingerprint()));
        peer.meet(server, DtlsRole.SERVER);

        assertThat(((DtlsResult.Failed) server.await()).reason()).isEqualTo(DtlsResult.Reason.PROTOCOL);
        peer.awaitEnd();
    }

    @Test
    void s21WeOfferAndTakeOnlySuitesThatEncryptWithFreshKeys() throws IllegalAccessException {
        for (Field constant : CipherSuite.class.getFields()) {
            int suite = constant.getInt(null);
            if (contains(DtlsTerms.CLIENT_SUITES, suite) || contains(DtlsTerms.ECDSA_SUITES, suite)) {
                assertThat(constant.getName()).matches("TLS_ECDHE_(ECDSA|RSA)_WITH_(AES|CHACHA20).*");
            }
        }
    }

    @Test
    void s21AFragmentThatClaimsSixteenMebibytesGetsNone() {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        DtlsEnd client = new DtlsEnd(OURS, DtlsRole.CLIENT, THEIRS.fingerprint());
        DtlsEnd server = new DtlsEnd(THEIRS, DtlsRole.SERVER, OURS.fingerprint());
        DtlsEnd.join(client, server);
        long before = threads.getTotalThreadAllocatedBytes();

        server.start();
        for (int sequence = 0; sequence < 16; sequence++) {
            byte[] fragment = fragment(1, sequence, 0xffffff, 0, 1);
            server.handshake.onDatagram(fragment, 0, fragment.length);
        }
        client.start();

        assertThat(client.await()).isInstanceOf(DtlsResult.Connected.class);
        assertThat(server.await()).isInstanceOf(DtlsResult.Connected.class);
        assertThat(server.counters.get(DtlsCounter.MESSAGE_TOO_LONG)).isEqualTo(16);
        assertThat(threads.getTotalThreadAllocatedBytes() - before).isLessThan(100 * MEGABYTES);
        client.handshake.abort();
        server.handshake.abort();
    }

    /// Who sends from the peer's own address can spoil the peer's handshake, since nothing is authentic yet, but nothing else.
    @Test
    void s21AFloodOfFragmentsThatNeverBecomeAMessageIsBoundedAndEndsWithTheCall() {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        DtlsEnd server = new DtlsEnd(THEIRS, DtlsRole.SERVER, OURS.fingerprint()).start();
        long before = threads.getTotalThreadAllocatedBytes();

        for (int i = 0; i < 5_000; i++) {
            byte[] fragment = fragment(11, i, 8_000, 100 + i % 7_000, 1);
            server.handshake.onDatagram(fragment, 0, fragment.length);
        }
        assertThat(server.isRunning()).isTrue();
        server.handshake.abort();

        assertThat(((DtlsResult.Failed) server.await()).reason()).isEqualTo(DtlsResult.Reason.ABORTED);
        server.awaitEnd();
        assertThat(threads.getTotalThreadAllocatedBytes() - before).isLessThan(50 * MEGABYTES);
    }

    /// The true peer, with keys, which claims it of its last message.
    @Test
    void s21AnEncryptedFragmentThatClaimsTooMuchEndsTheHandshake() {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        ForeignPeer peer = new ForeignPeer();
        peer.liesAboutItsFinished = true;
        DtlsEnd server = new DtlsEnd(OURS, DtlsRole.SERVER, new Fingerprint("sha-256", peer.fingerprint()));
        peer.meet(server, DtlsRole.SERVER);

        assertThat(((DtlsResult.Failed) server.await()).reason()).isEqualTo(DtlsResult.Reason.PROTOCOL);
        assertThat(server.counters.get(DtlsCounter.MESSAGE_TOO_LONG)).isEqualTo(1);
        peer.awaitEnd();
    }

    @Test
    void s21TheBoundLooksIntoEveryRecordOfADatagramAndNoFurther() {
        byte[] good = fragment(1, 0, 8_192, 0, 5);
        byte[] bad = fragment(1, 0, 8_193, 0, 5);
        byte[] both = Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, both, good.length, bad.length);
        byte[] sealed = bad.clone();
        sealed[4] = 1;

        assertThat(MessageBound.admits(good)).isTrue();
        assertThat(MessageBound.admits(bad)).isFalse();
        assertThat(MessageBound.admits(both)).isFalse();
        assertThat(MessageBound.admits(sealed)).as("is for the cipher").isTrue();
        for (int length = 0; length < both.length; length++) {
            assertThat(MessageBound.admits(Arrays.copyOf(both, length))).as("cut to " + length).isTrue();
        }
    }

    /// A record of the first epoch with one fragment (RFC 6347 sections 4.1 and 4.2.2).
    private static byte[] fragment(int type, int sequence, int total, int offset, int length) {
        int body = 12 + length;
        byte[] record = new byte[13 + body];
        byte[] header = {22, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, (byte) (sequence >>> 8), (byte) sequence, 0, (byte) body};
        System.arraycopy(header, 0, record, 0, 13);
        record[13] = (byte) type;
        put24(record, 14, total);
        record[17] = (byte) (sequence >>> 8);
        record[18] = (byte) sequence;
        put24(record, 19, offset);
        put24(record, 22, length);
        return record;
    }

    private static void put24(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 16);
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) value;
    }

    private static boolean contains(int[] suites, int suite) {
        return Arrays.stream(suites).anyMatch(one -> one == suite);
    }
}
