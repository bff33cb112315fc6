package io.jverto.media.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.media.plan.VideoCodec;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VpxTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;

    private final Counters<FrameCount> counters = new Counters<>(FrameCount.class);
    private final Vpx codec = new Vpx(counters);
    private long time;

    @BeforeEach
    void theLibraryIsThere() {
        assumeThat(Vpx.version()).as("libvpx of Debian: %s", Vpx.obstacle()).isPresent();
    }

    @Test
    void whatIsEncodedIsSeenAfterDecoding() {
        try (VpxEncoder encoder = codec.encoder(VideoCodec.VP8, WIDTH, HEIGHT, 30, 500_000); VpxDecoder decoder = codec.decoder(VideoCodec.VP8)) {
            for (int i = 0; i < 20; i++) {
                int length = encode(encoder, i, false);
                assertThat(encoder.isKey()).as("frame %d", i).isEqualTo(i == 0);
                assertThat(decoder.decode(0, encoder.output(), length)).isTrue();
            }

            assertThat(decoder.width()).isEqualTo(WIDTH);
            assertThat(decoder.height()).isEqualTo(HEIGHT);
            byte[] seen = new byte[WIDTH * HEIGHT];
            decoder.copyPlane(0, seen, WIDTH, HEIGHT);
            assertThat(meanDifference(seen, luma(19))).isLessThan(6);
            byte[] chroma = new byte[WIDTH * HEIGHT / 4];
            decoder.copyPlane(1, chroma, WIDTH / 2, HEIGHT / 2);
            assertThat(meanDifference(chroma, flat(90))).isLessThan(3);
            decoder.copyPlane(2, chroma, WIDTH / 2, HEIGHT / 2);
            assertThat(meanDifference(chroma, flat(200))).isLessThan(3);
        }
        assertThat(counters.get(FrameCount.FRAMES_ENCODED)).isEqualTo(20);
        assertThat(counters.get(FrameCount.FRAMES_DECODED)).isEqualTo(20);
    }

    @Test
    void vp9IsSeenAfterDecodingToo() {
        int bytes = 0;
        try (VpxEncoder encoder = codec.encoder(VideoCodec.VP9, WIDTH, HEIGHT, 30, 500_000); VpxDecoder decoder = codec.decoder(VideoCodec.VP9)) {
            for (int i = 0; i < 20; i++) {
                int length = encode(encoder, i, i == 12);
                bytes += length;
                assertThat(encoder.isKey()).as("frame %d", i).isEqualTo(i == 0 || i == 12);
                FrameHeader header = FrameHeader.parse(VideoCodec.VP9, encoder.output(), length);
                assertThat(header).isEqualTo(encoder.isKey() ? new FrameHeader(true, WIDTH, HEIGHT) : FrameHeader.DEPENDS);
                assertThat(decoder.decode(0, encoder.output(), length)).isTrue();
            }
            byte[] seen = new byte[WIDTH * HEIGHT];
            decoder.copyPlane(0, seen, WIDTH, HEIGHT);
            assertThat(meanDifference(seen, luma(19))).isLessThan(6);
            byte[] chroma = new byte[WIDTH * HEIGHT / 4];
            decoder.copyPlane(2, chroma, WIDTH / 2, HEIGHT / 2);
            assertThat(meanDifference(chroma, flat(200))).isLessThan(3);
        }
        assertThat(bytes * 8 * 30 / 20).as("bit/s").isBetween(150_000, 1_200_000);
        assertThat(counters.get(FrameCount.FRAMES_DECODED)).isEqualTo(20);
    }

    /// What a frame says of itself is believed nowhere: neither of one that refers to others, nor of one behind another.
    @Test
    void picturesOfVp9ThatAreTooLargeAreRefused() {
        try (VpxEncoder encoder = codec.encoder(VideoCodec.VP9, WIDTH, HEIGHT, 30, 500_000); VpxDecoder decoder = codec.decoder(VideoCodec.VP9)) {
            int length = encode(encoder, 0, true);
            byte[] key = Arrays.copyOf(encoder.output(), length);
            assertThat(decoder.decode(0, key, length)).isTrue();
            byte[] large = key.clone();
            large[5] |= (byte) 0xff;
            large[4] |= 0x0f;
            assertThat(decoder.decode(0, large, length)).isFalse();
            assertThat(counters.get(FrameCount.PICTURES_TOO_LARGE)).isEqualTo(1);

            assertThat(decoder.decode(0, key, length)).isTrue();
            byte[] inter = {(byte) 0x86, 0, 0, 0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0};
            assertThat(decoder.decode(0, inter, inter.length)).as("with a size of its own").isFalse();
            assertThat(counters.get(FrameCount.PICTURES_TOO_LARGE)).isEqualTo(2);

            byte[] both = Arrays.copyOf(key, length + large.length);
            System.arraycopy(large, 0, both, length, large.length);
            decoder.decode(0, both, both.length);
            assertThat(decoder.width()).as("what stands behind it is not looked at").isEqualTo(WIDTH);
        }
    }

    @Test
    void brokenFramesOfVp9DoNoHarm() {
        Random random = new Random(3);
        try (VpxEncoder encoder = codec.encoder(VideoCodec.VP9, WIDTH, HEIGHT, 30, 500_000); VpxDecoder decoder = codec.decoder(VideoCodec.VP9)) {
            for (int i = 0; i < 120; i++) {
                int length = encode(encoder, i, i % 7 == 0);
                byte[] frame = Arrays.copyOf(encoder.output(), random.nextInt(4) == 0 ? random.nextInt(1, length + 1) : length);
                for (int hit = random.nextInt(4); hit > 0; hit--) {
                    frame[random.nextInt(Math.min(frame.length, random.nextBoolean() ? 16 : frame.length))] ^= (byte) (1 << random.nextInt(8));
                }
                if (decoder.decode(TimeUnit.MILLISECONDS.toNanos(33L * i), frame, frame.length)) {
                    byte[] luma = new byte[decoder.width() * decoder.height()];
                    decoder.copyPlane(0, luma, decoder.width(), decoder.height());
                }
            }
            int length = encode(encoder, 600, true);
            assertThat(decoder.decode(TimeUnit.HOURS.toNanos(1), encoder.output(), length)).as("a whole one is seen again").isTrue();
        }
        assertThat(counters.get(FrameCount.FRAMES_BROKEN)).isPositive();
    }

    @Test
    void aKeyFrameComesWhenItIsWanted() {
        try (VpxEncoder encoder = codec.encoder(VideoCodec.VP8, WIDTH, HEIGHT, 30, 500_000)) {
            encode(encoder, 0, false);
            encode(encoder, 1, true);
            assertThat(encoder.isKey()).isTrue();
            encode(encoder, 2, false);
            assertThat(encoder.isKey()).isFalse();
        }
    }

    @Test
    void anotherBitRateIsObeyedAtOnce() {
        try (VpxEncoder encoder = codec.encoder(VideoCodec.VP8, WIDTH, HEIGHT, 30, 800_000)) {
            int much = bytes(encoder, 0, 60);
            encoder.bitsPerSecond(150_000);
            bytes(encoder, 60, 15);
            int little = bytes(encoder, 75, 60);

            assertThat(much * 8 / 2).as("bit/s of two seconds").isBetween(500_000, 1_200_000);
            assertThat(little * 8 / 2).isBetween(80_000, 250_000);
        }
    }

    @Test
    void picturesThatAreTooLargeAreRefused() {
        try (VpxDecoder decoder = codec.decoder(VideoCodec.VP8)) {
            assertThat(decoder.decode(0, key(16_383, 16_383), 1_000)).isFalse();
            assertThat(decoder.decode(0, key(3_840, 2_162), 1_000)).isFalse();
            assertThat(decoder.decode(0, key(0, 10), 1_000)).isFalse();
        }
        assertThat(counters.get(FrameCount.PICTURES_TOO_LARGE)).isEqualTo(2);
    }

    @Test
    void aSizeThatChangesInEveryFrameIsBounded() {
        try (VpxDecoder decoder = codec.decoder(VideoCodec.VP8)) {
            int decoded = 0;
            for (int i = 0; i < 40; i++) {
                try (VpxEncoder encoder = codec.encoder(VideoCodec.VP8, 64 + 2 * i, 64, 30, 100_000)) {
                    int pixels = encoder.width() * 64;
                    int length = encoder.encode(new byte[pixels], new byte[pixels / 4], new byte[pixels / 4], 1, false);
                    decoded += decoder.decode(TimeUnit.MILLISECONDS.toNanos(33L * i), encoder.output(), length) ? 1 : 0;
                }
            }
            assertThat(decoded).isBetween(5, 1 + 2 * VpxDecoder.MAX_RESIZES);
        }
        assertThat(counters.get(FrameCount.SIZES_CHANGED_TOO_OFTEN)).isPositive();
    }

    /// Frames that are cut, torn or made up go through packets and the decoder: it says no, and nothing ends.
    @Test
    void brokenFramesDoNoHarm() {
        Random random = new Random(3);
        FrameAssembler assembler = new FrameAssembler(VideoCodec.VP8, counters);
        try (VpxEncoder encoder = codec.encoder(VideoCodec.VP8, WIDTH, HEIGHT, 30, 500_000); VpxDecoder decoder = codec.decoder(VideoCodec.VP8)) {
            int decoded = 0;
            Sender sender = new Sender(VideoCodec.VP8, 1);
            int[] seen = new int[1];
            for (int i = 0; i < 600; i++) {
                int length = encode(encoder, i, i % 7 == 0);
                byte[] frame = Arrays.copyOf(encoder.output(), random.nextInt(4) == 0 ? random.nextInt(1, length + 1) : length);
                for (int hit = random.nextInt(4); hit > 0; hit--) {
                    frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                }
                sender.send(frame).forEach(packet -> assembler.onPacket(0, packet.sequence(), packet.timestamp(), packet.marker(), packet.payload(), 0,
                        packet.payload().length, (bytes, size, _) -> {
                            if (decoder.decode(TimeUnit.MILLISECONDS.toNanos(33L * seen[0]++), bytes, size)) {
                                byte[] luma = new byte[decoder.width() * decoder.height()];
                                decoder.copyPlane(0, luma, decoder.width(), decoder.height());
                            } else {
                                assembler.breakOff();
                            }
                        }));
                decoded++;
            }
            assertThat(decoded).isEqualTo(600);
            int length = encode(encoder, 600, true);
            assertThat(decoder.decode(TimeUnit.HOURS.toNanos(1), encoder.output(), length)).as("a whole one is seen again").isTrue();
        }
        assertThat(counters.get(FrameCount.FRAMES_DECODED)).isPositive();
        assertThat(counters.get(FrameCount.FRAMES_BROKEN)).isPositive();
    }

    @Test
    void nothingIsAskedOfWhatIsClosedOrWrong() {
        VpxDecoder decoder = codec.decoder(VideoCodec.VP8);
        assertThatThrownBy(() -> decoder.copyPlane(0, new byte[1], 1, 1)).isInstanceOf(Broken.class);
        decoder.close();
        decoder.close();
        assertThat(decoder.decode(0, new byte[100], 100)).isFalse();
        assertThatThrownBy(() -> codec.encoder(VideoCodec.VP8, 15, 15, 30, 1)).isInstanceOf(Broken.class);
        VpxEncoder encoder = codec.encoder(VideoCodec.VP8, 16, 16, 30, 1);
        encoder.close();
        encoder.close();
        assertThat(encoder.encode(new byte[256], new byte[64], new byte[64], 1, false)).isZero();
    }

    private int bytes(VpxEncoder encoder, int first, int count) {
        int bytes = 0;
        for (int i = first; i < first + count; i++) {
            bytes += encode(encoder, i, false);
        }
        return bytes;
    }

    private int encode(VpxEncoder encoder, int number, boolean key) {
        time += 3_000;
        int length = encoder.encode(luma(number), flat(90), flat(200), time, key);
        assertThat(length).isPositive();
        return length;
    }

    /// A grating with grain in it that moves on.
    private static byte[] luma(int number) {
        byte[] luma = new byte[WIDTH * HEIGHT];
        Random grain = new Random(number);
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) (128 + 60 * Math.sin((i % WIDTH + 3 * number) / 15.0) + 20 * Math.sin((i / WIDTH + number) / 9.0) + grain.nextInt(-8, 9));
        }
        return luma;
    }

    private static byte[] flat(int value) {
        byte[] plane = new byte[WIDTH * HEIGHT / 4];
        Arrays.fill(plane, (byte) value);
        return plane;
    }

    private static double meanDifference(byte[] one, byte[] other) {
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
        }
        return (double) sum / one.length;
    }

    private static byte[] key(int width, int height) {
        byte[] frame = new byte[1_000];
        frame[0] = 0x10;
        frame[3] = (byte) 0x9d;
        frame[4] = 1;
        frame[5] = 0x2a;
        frame[6] = (byte) width;
        frame[7] = (byte) (width >> 8);
        frame[8] = (byte) height;
        frame[9] = (byte) (height >> 8);
        return frame;
    }
}
