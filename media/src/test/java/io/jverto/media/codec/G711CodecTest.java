package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class G711CodecTest {
    private final byte[] packet = new byte[1500];
    private final short[] heard = new short[AudioDecoder.MAX_SAMPLES];

    @Test
    void bringsAToneThroughBothLaws() {
        for (AudioCodec codec : new AudioCodec[] {AudioCodec.PCMU, AudioCodec.PCMA}) {
            try (AudioEncoder encoder = AudioCodecs.encoder(codec, 1, OpusSettings.DEFAULT, 48_000);
                    AudioDecoder decoder = AudioCodecs.decoder(codec, 1)) {
                short[] tone = ResamplerTest.tone(1000, 48_000, 8000, 2880);
                for (int i = 0; i < 10; i++) {
                    assertThat(encoder.encode(tone, 2880, packet, 0)).isEqualTo(480);
                    assertThat(decoder.decode(packet, 0, 480, heard)).isEqualTo(2880);
                }
                assertThat(ResamplerTest.amplitude(Arrays.copyOf(heard, 2880), 1000, 48_000)).isBetween(7_700.0, 8_300.0);
            }
        }
    }

    @Test
    void repeatsThePitchWhereAFrameIsLostAndFades() {
        try (AudioEncoder encoder = AudioCodecs.encoder(AudioCodec.PCMU, 1, OpusSettings.DEFAULT, 48_000);
                AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.PCMU, 1)) {
            short[] tone = ResamplerTest.tone(200, 48_000, 8000, 960);
            for (int i = 0; i < 10; i++) {
                int length = encoder.encode(tone, 960, packet, 0);
                decoder.decode(packet, 0, length, heard);
            }

            assertThat(decoder.conceal(heard, 960)).isEqualTo(960);
            assertThat(ResamplerTest.amplitude(Arrays.copyOf(heard, 960), 200, 48_000)).isBetween(5_000.0, 8_000.0);
            decoder.conceal(heard, 960);
            decoder.conceal(heard, 960);
            decoder.conceal(heard, 960);
            assertThat(ResamplerTest.amplitude(Arrays.copyOf(heard, 960), 200, 48_000)).isLessThan(50);
        }
    }

    @Test
    void refusesWrongSizes() {
        try (AudioEncoder encoder = AudioCodecs.encoder(AudioCodec.PCMA, 1, OpusSettings.DEFAULT, 48_000);
                AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.PCMA, 1)) {
            assertThat(encoder.encode(new short[960], 2880, packet, 0)).isEqualTo(-1);
            assertThat(encoder.encode(new short[960], 960, new byte[100], 0)).isEqualTo(-1);
            assertThat(decoder.decode(packet, 0, 0, heard)).isEqualTo(-1);
            assertThat(decoder.decode(packet, 0, 1000, heard)).isEqualTo(-1);
            assertThat(decoder.conceal(new short[10], 960)).isEqualTo(-1);
        }
    }
}
