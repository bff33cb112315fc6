package io.jverto.media.vp8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Vp8CodecTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;

    private final Counters<Vp8Count> counters = new Counters<>(Vp8Count.class);
    private final Vp8Codec codec = new Vp8Codec(counters);
    private long time;

    @BeforeEach
    void theLibraryIsThere() {
        assumeThat(Vp8Codec.version()).as("libvpx of Debian: %s", Vp8Codec.obstacle()).isPresent();
    }

    @Test
    void whatIsEncodedIsSeenAfterDecoding() {
        try (Vp8Encoder encoder = codec.encoder(WIDTH, HEIGHT, 30, 500_000); Vp8Decoder decoder = codec.decoder()) {
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
        assertThat(counters.get(Vp8Count.FRAMES_ENCODED)).isEqualTo(20);
        assertThat(counters.get(Vp8Count.FRAMES_DECODED)).isEqualTo(20);
    }

    @Test
    void aKeyFrameComesWhenItIsWanted() {
        try (Vp8Encoder encoder = codec.encoder(WIDTH, HEIGHT, 30, 500_000)) {
            encode(encoder, 0, false);
            encode(encoder, 1, true);
            assertThat(encoder.isKey()).isTrue();
            encode(encoder, 2, false);
            assertThat(encoder.isKey()).isFalse();
        }
    }

    @Test
    void anotherBitRateIsObeyedAtOnce() {
        try (Vp8Encoder encoder = codec.encoder(WIDTH, HEIGHT, 30, 800_000)) {
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
        try (Vp8Decoder decoder = codec.decoder()) {
            assertThat(decoder.decode(0, key(16_383, 16_383), 1_000)).isFalse();
            assertThat(decoder.decode(0, key(3_840, 2_162), 1_000)).isFalse();
            assertThat(decoder.decode(0, key(0, 10), 1_000)).isFalse();
        }
        assertThat(counters.get(Vp8Count.PICTURES_TOO_LARGE)).isEqualTo(2);
    }

    @Test
    void aSizeThatChangesInEveryFrameIsBounded() {
        try (Vp8Decoder decoder = codec.decoder()) {
            int decoded = 0;
            for (int i = 0; i < 40; i++) {
                try (Vp8Encoder encoder = codec.encoder(64 + 2 * i, 64, 30, 100_000)) {
                    int pixels = encoder.width() * 64;
                    int length = encoder.encode(new byte[pixels], new byte[pixels / 4], new byte[pixels / 4], 1, false);
                    decoded += decoder.decode(TimeUnit.MILLISECONDS.toNanos(33L * i), encoder.output(), length) ? 1 : 0;
                }
            }
            assertThat(decoded).isBetween(5, 1 + 2 * Vp8Decoder.MAX_RESIZES);
        }
        assertThat(counters.get(Vp8Count.SIZES_CHANGED_TOO_OFTEN)).isPositive();
    }

    /// Frames that are cut, torn or made up go through packets and the decoder: it says no, and nothing ends.
    @Test
    void brokenFramesDoNoHarm() {
        Random random = new Random(3);
        Vp8Assembler assembler = new Vp8Assembler(counters);
        try (Vp8Encoder encoder = codec.encoder(WIDTH, HEIGHT, 30, 500_000); Vp8Decoder decoder = codec.decoder()) {
            int decoded = 0;
            Vp8AssemblerTest.Sender sender = new Vp8AssemblerTest.Sender(1);
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
        assertThat(counters.get(Vp8Count.FRAMES_DECODED)).isPositive();
        assertThat(counters.get(Vp8Count.FRAMES_BROKEN)).isPositive();
    }

    @Test
    void nothingIsAskedOfWhatIsClosedOrWrong() {
        Vp8Decoder decoder = codec.decoder();
        assertThatThrownBy(() -> decoder.copyPlane(0, new byte[1], 1, 1)).isInstanceOf(Broken.class);
        decoder.close();
        decoder.close();
        assertThat(decoder.decode(0, new byte[100], 100)).isFalse();
        assertThatThrownBy(() -> codec.encoder(15, 15, 30, 1)).isInstanceOf(Broken.class);
        Vp8Encoder encoder = codec.encoder(16, 16, 30, 1);
        encoder.close();
        encoder.close();
        assertThat(encoder.encode(new byte[256], new byte[64], new byte[64], 1, false)).isZero();
    }

    private int bytes(Vp8Encoder encoder, int first, int count) {
        int bytes = 0;
        for (int i = first; i < first + count; i++) {
            bytes += encode(encoder, i, false);
        }
        return bytes;
    }

    private int encode(Vp8Encoder encoder, int number, boolean key) {
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
