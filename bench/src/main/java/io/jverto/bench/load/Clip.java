package io.jverto.bench.load;

import io.jverto.bench.Voice;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What a member says again and again: Opus frames of 20 ms, encoded before anybody calls. Many share one.
///
/// @param frames at least one
/// @param every each how many-th frame is sent; 1 for all
record Clip(List<Frame> frames, int every) {
    /// Samples of a frame at 48 kHz.
    static final int SAMPLES = 960;
    /// As long as Opus at 32 kbit/s; for a server that relays and does not look into it.
    static final Clip FILLER = new Clip(List.of(new Frame(filler(), 20, true)), 1);

    private static final int FRAMES = 500;
    /// What Opus sends while it sends nothing: a frame each 400 ms (RFC 7587 section 3.1.3).
    private static final int DTX_FRAMES = 20;
    private static final int MAX_FRAME = 1_275;
    /// About -65 dB below full scale: a quiet room, under the gate of a conference.
    private static final double NOISE = 18;
    private static final int SILENT_LEVEL = 127;
    private static final double FULL_SCALE = 32_768;

    /// One frame.
    ///
    /// @param level 0 to 127 dB below full scale (RFC 6464 section 3)
    /// @param voice whether somebody speaks
    record Frame(byte[] opus, int level, boolean voice) {}

    /// Something like speech, ten seconds.
    static Clip voice() {
        return encoded(Voice.pcm(FRAMES * SAMPLES, 1), true);
    }

    /// A room in which nobody speaks, heard by an open microphone.
    static Clip room() {
        Random random = new Random(7);
        short[] pcm = new short[FRAMES * SAMPLES];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(NOISE * random.nextGaussian());
        }
        return encoded(pcm, false);
    }

    /// A muted track: a browser goes on to send, but digital silence.
    static Clip muted() {
        return encoded(new short[FRAMES * SAMPLES], false);
    }

    /// @return the same with discontinuous transmission
    Clip sparse() {
        return new Clip(frames, DTX_FRAMES);
    }

    private static Clip encoded(short[] pcm, boolean voice) {
        List<Frame> frames = new ArrayList<>();
        byte[] out = new byte[MAX_FRAME];
        try (AudioEncoder encoder = AudioCodecs.encoder(AudioCodec.OPUS, 1, OpusSettings.DEFAULT, 48_000)) {
            for (int i = 0; i < FRAMES; i++) {
                short[] frame = Arrays.copyOfRange(pcm, i * SAMPLES, (i + 1) * SAMPLES);
                int length = encoder.encode(frame, SAMPLES, out, 0);
                if (length <= 0) {
                    throw new CannotLoad("Opus did not encode");
                }
                frames.add(new Frame(Arrays.copyOf(out, length), level(frame), voice));
            }
        }
        return new Clip(frames, 1);
    }

    /// @return root mean square in dB below full scale, as browsers measure it
    private static int level(short[] frame) {
        double square = 0;
        for (short sample : frame) {
            square += (double) sample * sample;
        }
        double rms = Math.sqrt(square / frame.length) / FULL_SCALE;
        return rms == 0 ? SILENT_LEVEL : Math.clamp(Math.round(-20 * Math.log10(rms)), 0, SILENT_LEVEL);
    }

    private static byte[] filler() {
        byte[] frame = new byte[80];
        frame[0] = (byte) 0xF8; // RFC 6716 section 3.1: CELT, full band, 20 ms, mono
        return frame;
    }
}
