package io.jverto.media.mixer;

/// What is done to single frames of 16-bit PCM, interleaved when stereo.
public final class Pcm {
    /// Factors of the volume levels -4 to 4 (conference.md section 10).
    private static final float[] VOLUMES = {0.2f, 0.4f, 0.6f, 0.8f, 1, 1.3f, 2.3f, 3.3f, 4.3f};

    private static final int MAX_LEVEL = 4;

    private Pcm() {}

    /// @return mean magnitude of the first `values` samples
    public static int score(short[] pcm, int values) {
        int sum = 0;
        for (int i = 0; i < values; i++) {
            sum += Math.abs(pcm[i]);
        }
        return sum / values;
    }

    /// @return the greatest magnitude of the first `values` samples
    public static int peak(short[] pcm, int values) {
        int peak = 0;
        for (int i = 0; i < values; i++) {
            peak = Math.max(peak, Math.abs(pcm[i]));
        }
        return peak;
    }

    /// Mono to stereo is the same in both ears; stereo to mono is the mean, which keeps what stands in the middle as loud as
    /// it was and cannot clip.
    ///
    /// @param samples of each channel
    public static void convert(short[] from, int fromChannels, short[] to, int toChannels, int samples) {
        if (fromChannels == toChannels) {
            System.arraycopy(from, 0, to, 0, samples * toChannels);
        } else if (toChannels == 2) {
            for (int i = 0; i < samples; i++) {
                to[2 * i] = from[i];
                to[2 * i + 1] = from[i];
            }
        } else {
            for (int i = 0; i < samples; i++) {
                to[i] = (short) ((from[2 * i] + from[2 * i + 1]) >> 1);
            }
        }
    }

    /// Adds one frame to another, cut at full scale.
    public static void add(short[] what, short[] to, int values) {
        for (int i = 0; i < values; i++) {
            to[i] = (short) Math.clamp(to[i] + what[i], -32_768, 32_767);
        }
    }

    /// @param level -4 to 4, 0 changes nothing; beyond counts as the nearest
    public static void amplify(short[] pcm, int values, int level) {
        if (level == 0) {
            return;
        }
        scale(pcm, values, factor(level));
    }

    /// Multiplies, and cuts at full scale.
    public static void scale(short[] pcm, int values, float factor) {
        if (factor == 1) {
            return;
        }
        for (int i = 0; i < values; i++) {
            pcm[i] = (short) Math.clamp((int) (pcm[i] * factor), -32_768, 32_767);
        }
    }

    /// @return the factor of a level, -4 to 4; beyond counts as the nearest
    public static float factor(int level) {
        return VOLUMES[Math.clamp(level, -MAX_LEVEL, MAX_LEVEL) + MAX_LEVEL];
    }

    /// Leads the gain over the frame in a straight line, so that nothing begins or ends with a click. Cut at full scale.
    public static void fade(short[] pcm, int channels, int samples, float from, float to) {
        float step = (to - from) / samples;
        float gain = from;
        for (int i = 0; i < samples; i++) {
            gain += step;
            for (int c = 0; c < channels; c++) {
                pcm[i * channels + c] = (short) Math.clamp((int) (pcm[i * channels + c] * gain), -32_768, 32_767);
            }
        }
    }
}
