package io.jverto.media.srtp;

import static io.jverto.media.srtp.SrtpFixture.SSRC;
import static io.jverto.media.srtp.SrtpFixture.protectRtcp;
import static io.jverto.media.srtp.SrtpFixture.protectRtp;
import static io.jverto.media.srtp.SrtpFixture.rtcp;
import static io.jverto.media.srtp.SrtpFixture.rtp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jverto.media.plan.SrtpProfile;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Another implementation opens what we seal, and we open what it seals.
class SrtpOracleTest {
    /// Two rounds of the sequence number in steps, with packets of every alignment.
    private static final int LAST = 140_000;

    private static final int STEP = 37;

    @ParameterizedTest
    @EnumSource
    void jitsiOpensWhatWeSeal(SrtpProfile profile) throws GeneralSecurityException {
        SrtpFixture both = new SrtpFixture(profile);
        SrtpContextFactory factory = jitsi(both, false);
        SrtpCryptoContext media = factory.deriveContext(SSRC, 0);
        SrtcpCryptoContext control = factory.deriveControlContext(SSRC);
        for (int i = 60_000; i < LAST; i += STEP) {
            byte[] packet = rtp(SSRC, i & 0xffff, i % 300);
            Buffer sealed = new Buffer(protectRtp(both.client, packet));
            byte[] report = rtcp(SSRC, i % 50);
            Buffer sealedReport = new Buffer(protectRtcp(both.client, report));

            assertThat(media.reverseTransformPacket(sealed, false)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(control.reverseTransformPacket(sealedReport)).isEqualTo(SrtpErrorStatus.OK);

            assertThat(sealed.toBytes()).isEqualTo(packet);
            assertThat(sealedReport.toBytes()).isEqualTo(report);
        }
    }

    @ParameterizedTest
    @EnumSource
    void weOpenWhatJitsiSeals(SrtpProfile profile) throws GeneralSecurityException {
        SrtpFixture both = new SrtpFixture(profile);
        SrtpContextFactory factory = jitsi(both, true);
        SrtpCryptoContext media = factory.deriveContext(SSRC, 0);
        SrtcpCryptoContext control = factory.deriveControlContext(SSRC);
        for (int i = 60_000; i < LAST; i += STEP) {
            byte[] packet = rtp(SSRC, i & 0xffff, i % 300);
            Buffer sealed = new Buffer(packet);
            byte[] report = rtcp(SSRC, i % 50);
            Buffer sealedReport = new Buffer(report);
            media.transformPacket(sealed);
            control.transformPacket(sealedReport);

            int opened = both.server.unprotectRtp(sealed.bytes, sealed.offset, sealed.length);
            int openedReport = both.server.unprotectRtcp(sealedReport.bytes, sealedReport.offset, sealedReport.length);

            assertThat(Arrays.copyOfRange(sealed.bytes, sealed.offset, sealed.offset + opened)).isEqualTo(packet);
            assertThat(openedReport).isEqualTo(report.length);
            assertThat(Arrays.copyOf(sealedReport.bytes, openedReport)).isEqualTo(report);
        }
    }

    /// Both directions use the client's keys: our client seals, our server opens.
    private static SrtpContextFactory jitsi(SrtpFixture both, boolean sender) {
        SrtpPolicy policy = switch (both.keys.profile()) {
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
            case AES128_CM_HMAC_SHA1_80 ->
                new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        };
        try {
            SrtpContextFactory factory = new SrtpContextFactory(
                    sender, both.keys.clientKey().clone(), both.keys.clientSalt().clone(), policy, policy,
                    new LoggerImpl("oracle"));
            factory.deriveContext(1, 0);
            return factory;
        } catch (GeneralSecurityException | LinkageError missing) {
            assumeTrue(false, "jitsi-srtp cannot do " + both.keys.profile() + " on this machine: " + missing);
            throw new AssertionError(missing);
        }
    }

    /// Jitsi's idea of a packet.
    private static final class Buffer implements ByteArrayBuffer {
        private byte[] bytes;
        private int offset;
        private int length;

        Buffer(byte[] packet) {
            this.bytes = Arrays.copyOf(packet, packet.length + 64);
            this.length = packet.length;
        }

        byte[] toBytes() {
            return Arrays.copyOfRange(bytes, offset, offset + length);
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int newLength) {
            length = newLength;
        }

        @Override
        public void setOffset(int newOffset) {
            offset = newOffset;
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int at, int count, byte[] target) {
            System.arraycopy(bytes, offset + at, target, 0, count);
        }

        @Override
        public void grow(int by) {
            if (offset + length + by > bytes.length) {
                bytes = Arrays.copyOf(bytes, offset + length + by);
            }
        }

        @Override
        public void append(byte[] data, int count) {
            grow(count);
            System.arraycopy(data, 0, bytes, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int by) {
            length -= by;
        }
    }
}
