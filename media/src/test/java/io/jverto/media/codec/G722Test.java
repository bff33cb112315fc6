package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.audio.Signal;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Against vectors that another implementation made; see the README beside them.
class G722Test {
    @Test
    void decodesBitByBitWhatAnotherEncoderMade() throws IOException {
        decodes("sound");
    }

    @Test
    void decodesBitByBitWhateverBytesCome() throws IOException {
        decodes("any");
    }

    private static void decodes(String name) throws IOException {
        byte[] bytes = bytes(name + ".g722");
        short[] pcm = new short[2 * bytes.length];
        try (G722Decoder decoder = new G722Decoder()) {
            assertThat(decoder.decodeNarrow(bytes, 0, bytes.length, pcm)).isEqualTo(pcm.length);
        }

        assertThat(pcm).isEqualTo(pcm(name + "-decoded.s16"));
    }

    @Test
    void encodesByteByByteAsAnotherEncoder() throws IOException {
        short[] pcm = pcm("sound.s16");
        byte[] bytes = new byte[pcm.length / 2];
        try (G722Encoder encoder = new G722Encoder()) {
            assertThat(encoder.encodeWide(pcm, pcm.length, bytes, 0)).isEqualTo(bytes.length);
        }

        assertThat(bytes).isEqualTo(bytes("sound.g722"));
    }

    @Test
    void soundComesThroughAsWellAsTheRecommendationPromises() {
        for (double hertz : new double[] {300, 1_000, 2_000, 3_500, 5_000, 6_500}) {
            short[] tone = new short[2 * 48_000];
            for (int i = 0; i < tone.length; i++) {
                tone[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / 48_000));
            }

            double ratio = Signal.signalToNoise(throughCodec(tone), hertz);

            // The higher band has two bits only.
            assertThat(ratio).as("at %.0f Hz", hertz).isGreaterThan(hertz < 4_000 ? 30 : 12);
        }
    }

    @Test
    void aLostFrameIsMadeUpAndBytesThatAreNoneAreRefused() {
        short[] tone = new short[960];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * 400 * i / 48_000));
        }
        byte[] packet = new byte[160];
        short[] pcm = new short[AudioDecoder.MAX_SAMPLES];
        try (G722Encoder encoder = new G722Encoder(); G722Decoder decoder = new G722Decoder()) {
            for (int i = 0; i < 10; i++) {
                assertThat(encoder.encode(tone, 960, packet, 0)).isEqualTo(160);
                assertThat(decoder.decode(packet, 0, 160, pcm)).isEqualTo(960);
            }
            assertThat(decoder.conceal(pcm, 960)).isEqualTo(960);
            assertThat(peak(pcm, 300, 900)).isBetween(5_000, 11_000);
            for (int i = 0; i < 5; i++) {
                decoder.conceal(pcm, 960);
            }
            assertThat(peak(pcm, 0, 960)).isZero();
            assertThat(decoder.decode(packet, 0, 0, pcm)).isNegative();
            assertThat(decoder.durationTicks(new byte[2_000], 0, 1_500)).isNegative();
            assertThat(encoder.encode(tone, 960, new byte[100], 0)).isNegative();
        }
    }

    /// @return what comes out, without the first half second
    private static short[] throughCodec(short[] pcm) {
        short[] out = new short[pcm.length];
        byte[] packet = new byte[160];
        short[] frame = new short[960];
        short[] decoded = new short[AudioDecoder.MAX_SAMPLES];
        try (AudioEncoder encoder = AudioCodecs.encoder(AudioCodec.G722, 1, OpusSettings.DEFAULT, 16_000);
                AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.G722, 1)) {
            for (int at = 0; at < pcm.length; at += 960) {
                System.arraycopy(pcm, at, frame, 0, 960);
                int length = encoder.encode(frame, 960, packet, 0);
                int samples = decoder.decode(packet, 0, length, decoded);
                System.arraycopy(decoded, 0, out, at, samples);
            }
        }
        return Arrays.copyOfRange(out, 24_000, out.length);
    }

    private static int peak(short[] pcm, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(pcm[i]));
        }
        return peak;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = G722Test.class.getResourceAsStream("g722/" + name)) {
            return in.readAllBytes();
        }
    }

    private static short[] pcm(String name) throws IOException {
        byte[] bytes = bytes(name);
        short[] pcm = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        return pcm;
    }
}
