package io.jverto.media.srtp;

import static io.jverto.media.srtp.SrtpFixture.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The examples in the RFCs.
class SrtpVectorsTest {
    private static final byte[] RTP = hex("""
            8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976
            69736120 696e2070 61727465 73207472 6573""");
    private static final byte[] SEALED_RTP = hex("""
            8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5
            0d294e6f 42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce""");
    private static final byte[] RTCP = hex("""
            81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
            deadbeef deadbeef deadbeef deadbeef deadbeef""");
    private static final byte[] SEALED_RTCP = hex("""
            81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d
            c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872
            45d9eade 800005d4""");
    private static final byte[] TAGGED_RTCP = hex("""
            81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
            deadbeef deadbeef deadbeef deadbeef deadbeef 841dd968 3dd78ec9 2ae58790
            125f62b3 000005d4""");

    @Test
    void makesTheKeyStreamOfRfc3711B2() {
        CounterModeStream stream = new CounterModeStream(
                hex("2B7E151628AED2A6ABF7158809CF4F3C"), hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"), new SrtpShared(new Counters<>(SrtpCounter.class)));
        byte[] zeros = new byte[48];

        stream.apply(zeros, 0, zeros.length, 0, 0);

        assertThat(zeros).isEqualTo(hex("""
                E03EAD0935C95E80E166B16DD92B4EB4
                D23513162B02D0F72A43A2FE4A5F97AB
                41E95B3BB0A2E8DD477901E4FCA894C0"""));
    }

    @Test
    void derivesTheKeysOfRfc3711B3() {
        SrtpKeyDerivation keys =
                new SrtpKeyDerivation(hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));

        assertThat(keys.derive(SrtpKeyDerivation.RTP_ENCRYPTION, 16)).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.derive(SrtpKeyDerivation.RTP_SALT, 14)).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.derive(SrtpKeyDerivation.RTP_AUTHENTICATION, 94)).isEqualTo(hex("""
                CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCE
                E049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC25
                6D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2"""));
    }

    @Test
    void sealsAndOpensTheRtpPacketOfRfc7714Section16() {
        byte[] bytes = Arrays.copyOf(RTP, RTP.length + 16);

        int sealed = gcm().sealRtp(bytes, 0, 12, RTP.length, 0xf17b);

        assertThat(Arrays.copyOf(bytes, sealed)).isEqualTo(SEALED_RTP);
        assertThat(gcm().openRtp(bytes, 0, 12, sealed, 0xf17b)).isEqualTo(RTP.length);
        assertThat(Arrays.copyOf(bytes, RTP.length)).isEqualTo(RTP);
    }

    @Test
    void sealsAndOpensTheRtcpPacketOfRfc7714Section17() {
        byte[] bytes = Arrays.copyOf(RTCP, RTCP.length + 20);

        int sealed = gcm().sealRtcp(bytes, 0, RTCP.length, 0x5d4);

        assertThat(Arrays.copyOf(bytes, sealed)).isEqualTo(SEALED_RTCP);
        assertThat(gcm().openRtcp(bytes, 0, sealed)).isEqualTo(RTCP.length);
        assertThat(Arrays.copyOf(bytes, RTCP.length)).isEqualTo(RTCP);
    }

    @Test
    void opensTheRtcpPacketOfRfc7714Section17ThatIsTaggedOnly() {
        byte[] bytes = TAGGED_RTCP.clone();

        int opened = gcm().openRtcp(bytes, 0, bytes.length);

        assertThat(Arrays.copyOf(bytes, opened)).isEqualTo(RTCP);
    }

    /// The RFC gives session keys, not master keys.
    private static GcmTransform gcm() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = hex("517569642070726f2071756f");
        return new GcmTransform(new GcmCipher(key, salt), new GcmCipher(key, salt));
    }
}
