package io.jverto.media.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatagramKindTest {
    @Test
    void tellsProtocolsApartByTheFirstByte() {
        for (int first = 0; first < 256; first++) {
            DatagramKind expected = first <= 3
                    ? DatagramKind.STUN
                    : first >= 20 && first <= 63
                            ? DatagramKind.DTLS
                            : first >= 128 && first <= 191 ? DatagramKind.RTP : DatagramKind.OTHER;
            assertThat(kind(first, 111)).as("first byte %d", first).isEqualTo(expected);
        }
    }

    @Test
    void tellsRtcpFromRtpByThePayloadType() {
        for (int second = 0; second < 256; second++) {
            DatagramKind expected = second >= 192 && second <= 223 ? DatagramKind.RTCP : DatagramKind.RTP;
            assertThat(kind(0x80, second)).as("second byte %d", second).isEqualTo(expected);
        }
    }

    @Test
    void knowsNothingOfADatagramTooShortToBeAnything() {
        assertThat(DatagramKind.of(new byte[] {0}, 0, 1)).isEqualTo(DatagramKind.OTHER);
        assertThat(DatagramKind.of(new byte[0], 0, 0)).isEqualTo(DatagramKind.OTHER);
    }

    private static DatagramKind kind(int first, int second) {
        return DatagramKind.of(new byte[] {99, (byte) first, (byte) second}, 1, 2);
    }
}
