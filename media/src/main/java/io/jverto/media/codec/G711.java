package io.jverto.media.codec;

/// The tables of ITU-T G.711, both laws, made from the segment formulas.
final class G711 {
    private static final int MU_BIAS = 0x84;
    private static final int MU_CLIP = 32_635;

    private final short[] toLinear = new short[256];
    private final byte[] fromLinear = new byte[65_536];

    static final G711 MU_LAW = new G711(true);
    static final G711 A_LAW = new G711(false);

    private G711(boolean mu) {
        for (int code = 0; code < 256; code++) {
            toLinear[code] = (short) (mu ? muToLinear(code) : aToLinear(code));
        }
        for (int sample = -32_768; sample < 32_768; sample++) {
            fromLinear[sample & 0xffff] = (byte) (mu ? linearToMu(sample) : linearToA(sample));
        }
    }

    short decode(byte code) {
        return toLinear[code & 0xff];
    }

    byte encode(short sample) {
        return fromLinear[sample & 0xffff];
    }

    // Sign, three bits of segment, four of step; all bits inverted on the line (G.711 table 2).
    private static int muToLinear(int code) {
        int bits = ~code & 0xff;
        int magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << ((bits >> 4) & 7)) - MU_BIAS;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int linearToMu(int sample) {
        int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int bits = (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f) | (sample < 0 ? 0x80 : 0);
        return ~bits & 0xff;
    }

    // Even bits inverted on the line; segment 0 and 1 share one step (G.711 table 1).
    private static int aToLinear(int code) {
        int bits = (code ^ 0x55) & 0xff;
        int segment = (bits >> 4) & 7;
        int step = ((bits & 0x0f) << 4) + 8;
        int magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1);
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static int linearToA(int sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = sample >= 0 ? sample : -sample - 1;
        int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude | 0xff));
        int step = (magnitude >> (segment == 0 ? 4 : segment + 3)) & 0x0f;
        return (sign | (segment << 4) | step) ^ 0x55;
    }
}
