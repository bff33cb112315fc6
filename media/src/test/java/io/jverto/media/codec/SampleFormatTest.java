package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SampleFormatTest {
    @Test
    void readsWholeNumbersOfEachWidth() {
        assertThat(decode(SampleFormat.PCM8, bytes(4).put((byte) 128).put((byte) 0).put((byte) 255).put((byte) 192))).containsExactly(0, -32_768, 32_512, 16_384);
        assertThat(decode(SampleFormat.PCM16, bytes(6).putShort((short) 1).putShort((short) -32_768).putShort((short) 32_767)))
                .containsExactly(1, -32_768, 32_767);
        assertThat(decode(SampleFormat.PCM24, bytes(12).put(three(0x123456)).put(three(-0x800000)).put(three(0x7fffff)).put(three(-0x100))))
                .containsExactly(0x1234, -32_768, 32_767, -1);
        assertThat(decode(SampleFormat.PCM32, bytes(12).putInt(0x12345678).putInt(Integer.MIN_VALUE).putInt(Integer.MAX_VALUE)))
                .containsExactly(0x1234, -32_768, 32_767);
    }

    @Test
    void readsFloatingPointAndClipsWhatIsTooLoud() {
        assertThat(decode(SampleFormat.FLOAT32, bytes(20).putFloat(0.5f).putFloat(-1).putFloat(7).putFloat(Float.NaN).putFloat(Float.NEGATIVE_INFINITY)))
                .containsExactly(16_384, -32_768, 32_767, 0, -32_768);
        assertThat(decode(SampleFormat.FLOAT64, bytes(16).putDouble(-0.25).putDouble(1))).containsExactly(-8_192, 32_767);
    }

    @Test
    void readsBothLawsOfTelephony() {
        assertThat(decode(SampleFormat.MU_LAW, bytes(2).put((byte) 0xff).put((byte) 0x00))).containsExactly(0, -32_124);
        assertThat(decode(SampleFormat.A_LAW, bytes(2).put((byte) 0xd5).put((byte) 0x2a))).containsExactly(8, -32_256);
    }

    private static int[] decode(SampleFormat format, ByteBuffer bytes) {
        short[] out = new short[bytes.capacity() / format.bytes()];
        format.decode(bytes.array(), out.length, out);
        int[] values = new int[out.length];
        for (int i = 0; i < out.length; i++) {
            values[i] = out[i];
        }
        return values;
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] three(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
    }
}
