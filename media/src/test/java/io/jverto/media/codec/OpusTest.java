package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpusTest {
    private static final int FRAME = 960;

    private final byte[] packet = new byte[1500];

    @Test
    void whatRunsOpusIsNamedWithAVersionOrWithWhyItIsNotTheLibrary() {
        assertThat(AudioCodecs.opusImplementation())
                .matches(AudioCodecs.opusIsNative() ? "native libopus (as LWJGL )?[0-9]+\\.[0-9].*" : "Java, .* because libopus did not load: .+")
                .doesNotContain("unknown");
    }

    @Test
    void runsInTheNativeLibraryHere() {
        assertThat(AudioCodecs.opusIsNative()).isTrue();
    }

    @Test
    void bringsAToneThroughMonoAndStereo() {
        for (int channels = 1; channels <= 2; channels++) {
            try (AudioEncoder encoder = encoder(channels, OpusSettings.DEFAULT);
                    AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.OPUS, channels)) {
                short[] heard = through(encoder, decoder, ResamplerTest.tone(1000, 48_000, 8000, 48_000 * channels));
                short[] left = channel(heard, channels);
                // Interleaved, a mono tone of 1000 Hz at 48 kHz is one of 2000 Hz on each side.
                assertThat(ResamplerTest.amplitude(left, 1000.0 * channels, 48_000)).isBetween(7_000.0, 9_000.0);
            }
        }
    }

    @Test
    void theVersionInJavaUnderstandsTheNativeOneAndIsUnderstood() {
        isUnderstoodBothWays(OpusTuning.of(1, OpusSettings.DEFAULT, 48_000));
        isUnderstoodBothWays(OpusTuning.live(1, OpusSettings.DEFAULT.withoutFec(), 48_000));
    }

    private static void isUnderstoodBothWays(OpusTuning tuning) {
        short[] tone = ResamplerTest.tone(1000, 48_000, 8000, 48_000);
        try (AudioEncoder java = new ConcentusEncoder(tuning);
                AudioDecoder natives = new NativeOpusDecoder(1)) {
            assertThat(ResamplerTest.amplitude(through(java, natives, tone), 1000, 48_000)).isBetween(7_000.0, 9_000.0);
        }
        try (AudioEncoder natives = new NativeOpusEncoder(tuning);
                AudioDecoder java = new ConcentusDecoder(1)) {
            assertThat(ResamplerTest.amplitude(through(natives, java, tone), 1000, 48_000)).isBetween(7_000.0, 9_000.0);
        }
    }

    /// In each of the other cases hybrid frames say more in the same bits, or there is no other way to redundancy or to pauses.
    @Test
    void whoListensWhileItIsMadeGetsCeltAloneWhereThatIsBetter() {
        OpusSettings plain = OpusSettings.DEFAULT.withoutFec();

        assertThat(OpusTuning.live(1, plain, 48_000).aim()).isEqualTo(OpusTuning.Aim.LOW_DELAY);
        assertThat(OpusTuning.live(2, plain, 48_000).aim()).isEqualTo(OpusTuning.Aim.LOW_DELAY);
        assertThat(OpusTuning.live(1, plain, 32_000).aim()).isEqualTo(OpusTuning.Aim.LOW_DELAY);
        assertThat(OpusTuning.live(1, new OpusSettings(false, false, true, 40_000, 48_000), 48_000).aim()).isEqualTo(OpusTuning.Aim.LOW_DELAY);
        assertThat(OpusTuning.live(1, OpusSettings.DEFAULT, 48_000)).isEqualTo(OpusTuning.of(1, OpusSettings.DEFAULT, 48_000));
        assertThat(OpusTuning.live(1, plain, 16_000)).isEqualTo(OpusTuning.of(1, plain, 16_000));
        assertThat(OpusTuning.live(1, new OpusSettings(false, false, false, 0, 16_000), 48_000).aim()).isEqualTo(OpusTuning.Aim.SPEECH);
        assertThat(OpusTuning.live(1, new OpusSettings(false, false, false, 30_000, 48_000), 48_000).aim()).isEqualTo(OpusTuning.Aim.SPEECH);
        assertThat(OpusTuning.live(2, new OpusSettings(false, false, false, 48_000, 48_000), 48_000).aim()).isEqualTo(OpusTuning.Aim.SOUND);
        assertThat(OpusTuning.live(1, new OpusSettings(false, true, false, 0, 48_000), 48_000).aim()).isEqualTo(OpusTuning.Aim.SPEECH);
    }

    @Test
    void redundancyOfTheNextPacketIsNearerToTheLostFrameThanConcealment() {
        short[] speech = speech(100 * FRAME);
        byte[][] packets = new byte[100][];
        try (AudioEncoder encoder = encoder(1, OpusSettings.DEFAULT)) {
            for (int i = 0; i < 100; i++) {
                int length = encoder.encode(Arrays.copyOfRange(speech, i * FRAME, (i + 1) * FRAME), FRAME, packet, 0);
                packets[i] = Arrays.copyOf(packet, length);
            }
        }

        double recovered = error(packets, true);
        double concealed = error(packets, false);

        assertThat(recovered).isLessThan(concealed * 0.5);
    }

    @Test
    void keepsToTheAgreedBitrate() {
        OpusSettings slow = new OpusSettings(false, false, true, 16_000, 48_000);
        try (AudioEncoder encoder = encoder(1, slow)) {
            short[] speech = speech(FRAME);
            assertThat(encoder.encode(speech, FRAME, packet, 0)).isEqualTo(40);
            assertThat(encoder.encode(speech, FRAME, packet, 0)).isEqualTo(40);
        }
    }

    @Test
    void refusesWrongSizesInsteadOfHandingThemToNativeCode() {
        try (AudioEncoder encoder = encoder(2, OpusSettings.DEFAULT);
                AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.OPUS, 2)) {
            assertThat(encoder.encode(new short[FRAME], FRAME, packet, 0)).isEqualTo(-1);
            assertThat(encoder.encode(new short[2 * FRAME], 961, packet, 0)).isEqualTo(-1);
            assertThat(encoder.encode(new short[2 * FRAME], FRAME, new byte[1], 0)).isEqualTo(-1);
            assertThat(encoder.encode(new short[2 * FRAME], FRAME, packet, 1500)).isEqualTo(-1);
            int length = encoder.encode(new short[2 * FRAME], FRAME, packet, 0);
            assertThat(decoder.decode(packet, 0, length, new short[FRAME])).isEqualTo(-1);
            assertThat(decoder.conceal(new short[20_000], 961)).isEqualTo(-1);
            assertThat(decoder.conceal(new short[20_000], 0)).isEqualTo(-1);
            assertThat(decoder.decode(packet, 0, 0, new short[20_000])).isEqualTo(-1);
            assertThat(decoder.decode(new byte[3000], 0, 3000, new short[20_000])).isEqualTo(-1);
        }
    }

    @Test
    void isOfNoUseAfterItsEnd() {
        AudioEncoder encoder = encoder(1, OpusSettings.DEFAULT);
        AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.OPUS, 1);
        encoder.close();
        encoder.close();
        decoder.close();
        decoder.close();

        assertThat(encoder.encode(new short[FRAME], FRAME, packet, 0)).isEqualTo(-1);
        assertThat(decoder.conceal(new short[20_000], FRAME)).isEqualTo(-1);
    }

    @Test
    void readsTheLengthOfAPacketFromItsFirstBytes() {
        assertThat(samples(0x08)).isEqualTo(960); // SILK narrow band 20 ms
        assertThat(samples(0x18)).isEqualTo(2880); // SILK 60 ms
        assertThat(samples(0x78)).isEqualTo(960); // hybrid 20 ms
        assertThat(samples(0xe0)).isEqualTo(120); // CELT 2.5 ms
        assertThat(samples(0xf8)).isEqualTo(960);
        assertThat(samples(0xf9, 1, 2)).isEqualTo(1920);
        assertThat(samples(0xf9, 1, 2, 3)).isEqualTo(-1); // two frames of one size cannot be three bytes
        assertThat(samples(0xfb, 3, 0, 0, 0)).isEqualTo(2880);
        assertThat(samples(0xfb, 7, 0)).isEqualTo(-1); // 140 ms
        assertThat(samples(0xfb)).isEqualTo(-1);
        assertThat(samples(0xfb, 0)).isEqualTo(-1);
        assertThat(samples()).isEqualTo(-1);
    }

    @Test
    void theVersionInJavaRefusesRubbishWithoutAnException() {
        Random random = new Random(5);
        short[] heard = new short[2 * AudioDecoder.MAX_SAMPLES];
        try (AudioDecoder java = new ConcentusDecoder(2)) {
            for (int i = 0; i < 500; i++) {
                random.nextBytes(packet);
                int samples = java.decode(packet, 0, 1 + random.nextInt(200), heard);
                assertThat(samples).isBetween(-1, AudioDecoder.MAX_SAMPLES).isNotZero();
            }
        }
    }

    @Test
    void allocatesNothingPerFrame() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        short[] speech = speech(2 * FRAME);
        short[] heard = new short[2 * AudioDecoder.MAX_SAMPLES];
        try (AudioEncoder encoder = encoder(2, OpusSettings.DEFAULT);
                AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.OPUS, 2)) {
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 6; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 500; i++) {
                    int length = encoder.encode(speech, FRAME, packet, 0);
                    decoder.decode(packet, 0, length, heard);
                    decoder.conceal(heard, FRAME);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isLessThan(500);
        }
    }

    private static AudioEncoder encoder(int channels, OpusSettings settings) {
        return AudioCodecs.encoder(AudioCodec.OPUS, channels, settings, 48_000);
    }

    private int samples(int... bytes) {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        return OpusPacket.samples(packet, 0, packet.length);
    }

    /// @return how far frames that stand for lost ones are from those that were lost, over every fifth frame
    private static double error(byte[][] packets, boolean fec) {
        short[] truth = new short[AudioDecoder.MAX_SAMPLES];
        short[] guess = new short[AudioDecoder.MAX_SAMPLES];
        double error = 0;
        try (AudioDecoder whole = AudioCodecs.decoder(AudioCodec.OPUS, 1);
                AudioDecoder holed = AudioCodecs.decoder(AudioCodec.OPUS, 1)) {
            for (int i = 0; i + 1 < packets.length; i++) {
                whole.decode(packets[i], 0, packets[i].length, truth);
                if (i % 5 != 4) {
                    holed.decode(packets[i], 0, packets[i].length, guess);
                } else {
                    int made = fec
                            ? holed.decodeLost(packets[i + 1], 0, packets[i + 1].length, guess, FRAME)
                            : holed.conceal(guess, FRAME);
                    assertThat(made).isEqualTo(FRAME);
                    for (int k = 0; k < FRAME; k++) {
                        error += Math.pow(truth[k] - guess[k], 2);
                    }
                }
            }
        }
        return error;
    }

    private static short[] through(AudioEncoder encoder, AudioDecoder decoder, short[] pcm) {
        byte[] packet = new byte[1500];
        int values = FRAME * encoder.channels();
        short[] heard = new short[pcm.length];
        short[] frame = new short[2 * AudioDecoder.MAX_SAMPLES];
        for (int at = 0; at + values <= pcm.length; at += values) {
            int length = encoder.encode(Arrays.copyOfRange(pcm, at, at + values), FRAME, packet, 0);
            assertThat(decoder.decode(packet, 0, length, frame)).isEqualTo(FRAME);
            System.arraycopy(frame, 0, heard, at, values);
        }
        return Arrays.copyOfRange(heard, heard.length / 4, heard.length);
    }

    private static short[] channel(short[] pcm, int channels) {
        short[] one = new short[pcm.length / channels];
        for (int i = 0; i < one.length; i++) {
            one[i] = pcm[i * channels];
        }
        return one;
    }

    /// Something like a voice: a moving pitch with harmonics, syllables, breath.
    static short[] speech(int samples) {
        Random random = new Random(11);
        short[] pcm = new short[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            double seconds = i / 48_000.0;
            phase += 2 * Math.PI * (140 + 30 * Math.sin(2 * Math.PI * 1.3 * seconds)) / 48_000;
            double voice = 0;
            for (int h = 1; h <= 12; h++) {
                voice += Math.sin(h * phase) / h;
            }
            double syllable = 0.3 + 0.7 * Math.pow(Math.sin(Math.PI * 4 * seconds), 2);
            pcm[i] = (short) (syllable * (4500 * voice + 150 * random.nextGaussian()));
        }
        return pcm;
    }
}
