package io.jverto.media.codec;

/// Reads the frame lengths of an Opus packet without decoding it (RFC 6716 sections 3.1 and 3.2).
public final class OpusPacket {
    private static final int MAX_SAMPLES = 5760;

    private OpusPacket() {}

    /// @return samples at 48 kHz of each channel; -1 when it is no Opus packet
    public static int samples(byte[] bytes, int offset, int length) {
        if (length < 1) {
            return -1;
        }
        int toc = bytes[offset] & 0xff;
        int frames =
                switch (toc & 3) {
                    case 0 -> 1;
                    case 1 -> (length - 1) % 2 == 0 ? 2 : 0; // R3: two frames of one size
                    case 2 -> 2;
                    default -> length < 2 ? 0 : bytes[offset + 1] & 0x3f;
                };
        int samples = frames * frameSamples(toc >> 3);
        return samples == 0 || samples > MAX_SAMPLES ? -1 : samples;
    }

    /// @return whether the packet says no more than that the sender is silent (section 2.1.9: one frame of 0 or 1 byte)
    public static boolean isDiscontinuous(int length) {
        return length <= 2;
    }

    private static int frameSamples(int configuration) {
        if (configuration < 12) { // SILK: 10, 20, 40, 60 ms
            return switch (configuration & 3) {
                case 0 -> 480;
                case 1 -> 960;
                case 2 -> 1920;
                default -> 2880;
            };
        }
        if (configuration < 16) { // hybrid: 10, 20 ms
            return (configuration & 1) == 0 ? 480 : 960;
        }
        return 120 << (configuration & 3); // CELT: 2.5, 5, 10, 20 ms
    }
}
