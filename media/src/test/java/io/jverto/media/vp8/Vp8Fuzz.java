package io.jverto.media.vp8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.count.Counters;
import org.junit.jupiter.api.Assumptions;

class Vp8Fuzz {
    private static final int MOST = 400;

    /// The input is packets: a length, a byte of header, and so many bytes.
    @FuzzTest
    void packetsComeThroughTheDecoder(byte[] input) {
        Assumptions.assumeTrue(Vp8Codec.version().isPresent());
        Counters<Vp8Count> counters = new Counters<>(Vp8Count.class);
        Vp8Assembler assembler = new Vp8Assembler(counters);
        int[] frames = new int[1];
        try (Vp8Decoder decoder = new Vp8Codec(counters).decoder()) {
            int sequence = 0;
            for (int at = 0; at + 2 <= input.length; ) {
                int length = Math.min((input[at] & 0xff) * 4, input.length - at - 2);
                int header = input[at + 1];
                sequence = sequence + ((header & 0x40) != 0 ? header & 0x0f : 1) & 0xffff;
                assembler.onPacket(at * 10_000_000L, sequence, (header & 0x30) >> 4, (header & 0x80) != 0, input, at + 2, length, (bytes, size, _) -> {
                    if (frames[0]++ < MOST && decoder.decode(frames[0] * 33_000_000L, bytes, size)) {
                        byte[] plane = new byte[decoder.width() * decoder.height()];
                        decoder.copyPlane(0, plane, decoder.width(), decoder.height());
                    }
                });
                at += 2 + length;
            }
        }
    }
}
