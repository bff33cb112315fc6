package io.jverto.media.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.media.plan.AudioCodec;

class AudioDecoderFuzz {
    private final short[] pcm = new short[2 * AudioDecoder.MAX_SAMPLES];

    @FuzzTest
    void decodesAnyBytesOrRefusesThem(byte[] input) {
        for (AudioCodec codec : AudioCodec.values()) {
            try (AudioDecoder decoder = AudioCodecs.decoder(codec, 2)) {
                tryAll(decoder, input);
            }
        }
    }

    private void tryAll(AudioDecoder decoder, byte[] input) {
        check(decoder.decode(input, 0, input.length, pcm));
        check(decoder.decodeLost(input, 0, input.length, pcm, 960));
        check(decoder.conceal(pcm, 960));
        check(decoder.decode(input, 0, input.length, pcm));
    }

    private static void check(int samples) {
        if (samples != -1 && (samples < 1 || samples > AudioDecoder.MAX_SAMPLES)) {
            throw new AssertionError(samples + " samples");
        }
    }
}
