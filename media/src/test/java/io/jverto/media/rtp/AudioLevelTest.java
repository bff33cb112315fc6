package io.jverto.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AudioLevelTest {
    @Test
    void readsTheLevelWhereverItStandsAmongTheExtensions() {
        assertThat(level(1, 0xbe, 0xde, 0, 1, 0x10, 0x80 | 42, 0, 0)).isEqualTo(42);
        assertThat(level(1, 0xbe, 0xde, 0, 1, 0x10, 127, 0, 0)).isEqualTo(127);
        assertThat(level(5, 0xbe, 0xde, 0, 2, 0x41, 9, 9, 0, 0, 0x50, 7, 0)).isEqualTo(7);
    }

    @Test
    void doesNotKnowWhatIsNotThere() {
        assertThat(level(2, 0xbe, 0xde, 0, 1, 0x10, 42, 0, 0)).isEqualTo(AudioLevel.UNKNOWN);
        assertThat(level(1, 0xbe, 0xde, 0, 0)).isEqualTo(AudioLevel.UNKNOWN);
        assertThat(level(1)).isEqualTo(AudioLevel.UNKNOWN);
    }

    @Test
    void doesNotReadAnotherForm() {
        assertThat(level(1, 0x10, 0x00, 0, 1, 1, 1, 42, 0)).isEqualTo(AudioLevel.UNKNOWN);
    }

    @Test
    void endsAtTheNumberThatIsReservedForThat() {
        assertThat(level(1, 0xbe, 0xde, 0, 2, 0xf0, 0, 0x10, 42, 0, 0, 0, 0)).isEqualTo(AudioLevel.UNKNOWN);
    }

    @Test
    void doesNotReadBeyondTheExtension() {
        assertThat(level(1, 0xbe, 0xde, 0, 1, 0, 0, 0, 0x10)).isEqualTo(AudioLevel.UNKNOWN);
        assertThat(level(1, 0xbe, 0xde, 0, 1, 0x2f, 0, 0, 0)).isEqualTo(AudioLevel.UNKNOWN);
    }

    private static int level(int id, int... extension) {
        byte[] bytes = new byte[RtpPacket.FIXED_HEADER + extension.length + 1];
        RtpPacket.writeHeader(bytes, 0, false, 111, 1, 1, 1);
        for (int i = 0; i < extension.length; i++) {
            bytes[RtpPacket.FIXED_HEADER + i] = (byte) extension[i];
        }
        bytes[0] |= (byte) (extension.length > 0 ? 0x10 : 0);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.read(bytes, 0, bytes.length)).isTrue();
        return AudioLevel.read(packet, bytes, id);
    }
}
