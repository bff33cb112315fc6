package io.jverto.bench.load;

import io.jverto.bench.Voice;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// What a codec itself costs where nobody loses packets, with the rate conversion that belongs to it.
final class CodecCost {
    private static final int FRAMES = 100;
    private static final int FRAME = 960;
    private static final int FRAMES_IN_SECOND = 50;
    private static final int ROUNDS = 12;

    private CodecCost() {}

    /// The least that a switch between two codecs can spend on a second of a call, both directions: the best of some rounds, compiled.
    static double millisOfACallSecond(AudioCodec one, AudioCodec other) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, millisOfASecond(one) + millisOfASecond(other));
        }
        return least;
    }

    /// @return milliseconds of CPU time for encoding and decoding a second of speech, 48 kHz on the side of the switch
    private static double millisOfASecond(AudioCodec codec) {
        short[] voice = Voice.pcm(FRAMES * FRAME, 1);
        short[] pcm = new short[AudioDecoder.MAX_SAMPLES];
        byte[] packet = new byte[1_500];
        short[][] frames = new short[FRAMES][];
        Arrays.setAll(frames, i -> Arrays.copyOfRange(voice, i * FRAME, (i + 1) * FRAME));
        try (AudioEncoder encoder = AudioCodecs.liveEncoder(codec, 1, OpusSettings.DEFAULT.withoutFec(), 48_000); AudioDecoder decoder = AudioCodecs.decoder(codec, 1)) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (short[] frame : frames) {
                decoder.decode(packet, 0, encoder.encode(frame, FRAME, packet, 0), pcm);
            }
            return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e6 * FRAMES_IN_SECOND / FRAMES;
        }
    }
}
