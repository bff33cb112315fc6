package io.jverto.media.codec;

/// How one sample stands in a file, little-endian, and how it becomes 16-bit PCM.
public enum SampleFormat {
    /// Unsigned, as WAV has it.
    PCM8(1),
    PCM16(2),
    PCM24(3),
    PCM32(4),
    FLOAT32(4),
    FLOAT64(8),
    A_LAW(1),
    MU_LAW(1);

    private final int bytes;

    SampleFormat(int bytes) {
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }

    /// @param values samples of all channels
    public void decode(byte[] in, int values, short[] out) {
        for (int i = 0; i < values; i++) {
            out[i] = (short) Math.clamp(sample(in, i * bytes), -32_768, 32_767);
        }
    }

    private int sample(byte[] in, int at) {
        return switch (this) {
            case PCM8 -> ((in[at] & 0xff) - 128) << 8;
            case PCM16 -> (short) littleEndian(in, at, 2);
            case PCM24 -> ((int) (littleEndian(in, at, 3) << 8) >> 8) + 0x80 >> 8;
            case PCM32 -> (int) ((int) littleEndian(in, at, 4) + 0x8000L >> 16);
            case FLOAT32 -> scaled(Float.intBitsToFloat((int) littleEndian(in, at, 4)));
            case FLOAT64 -> scaled(Double.longBitsToDouble(littleEndian(in, at, 8)));
            case A_LAW -> G711.A_LAW.decode(in[at]);
            case MU_LAW -> G711.MU_LAW.decode(in[at]);
        };
    }

    /// What is no number is silence.
    private static int scaled(double value) {
        return (int) Math.round(Math.clamp(Double.isNaN(value) ? 0 : value, -1, 1) * 32_768);
    }

    private static long littleEndian(byte[] in, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | in[at + i] & 0xff;
        }
        return value;
    }
}
