package io.jverto.media.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.count.Counters;
import io.jverto.media.plan.VideoCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

class FrameFuzz {
    private static final int MOST = 400;

    /// The input is packets: a length, a byte of header, and so many bytes. They go through the assemblers of all codecs, and what comes out of those that
    /// libvpx has through its decoders.
    @FuzzTest
    void packetsComeThroughTheDecoder(byte[] input) {
        Assumptions.assumeTrue(Vpx.version().isPresent());
        for (VideoCodec codec : VideoCodec.values()) {
            Counters<FrameCount> counters = new Counters<>(FrameCount.class);
            FrameAssembler assembler = new FrameAssembler(codec, counters);
            boolean decoded = codec == VideoCodec.VP8 || codec == VideoCodec.VP9;
            try (VpxDecoder decoder = new Vpx(counters).decoder(decoded ? codec : VideoCodec.VP8)) {
                go(input, assembler, decoded ? decoder : null);
            }
        }
    }

    private static void go(byte[] input, FrameAssembler assembler, @Nullable VpxDecoder decoder) {
        int[] frames = new int[1];
        int sequence = 0;
        for (int at = 0; at + 2 <= input.length; ) {
            int length = Math.min((input[at] & 0xff) * 4, input.length - at - 2);
            int header = input[at + 1];
            sequence = sequence + ((header & 0x40) != 0 ? header & 0x0f : 1) & 0xffff;
            assembler.onPacket(at * 10_000_000L, sequence, (header & 0x30) >> 4, (header & 0x80) != 0, input, at + 2, length, (bytes, size, _) -> {
                if (decoder != null && frames[0]++ < MOST && decoder.decode(frames[0] * 33_000_000L, bytes, size)) {
                    byte[] plane = new byte[decoder.width() * decoder.height()];
                    decoder.copyPlane(0, plane, decoder.width(), decoder.height());
                }
            });
            at += 2 + length;
        }
    }
}
