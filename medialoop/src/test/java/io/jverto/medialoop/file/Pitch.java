package io.jverto.medialoop.file;

/// What is in a sound at 48 kHz.
public final class Pitch {
    private Pitch() {}

    /// Goertzel with a Hann window, over one second from `from` on.
    ///
    /// @return amplitude of the sine of that pitch in one channel
    public static double amplitude(short[] pcm, int channels, int channel, int from, double hertz) {
        double cosine = 0;
        double sine = 0;
        double weights = 0;
        int count = Math.min(48_000, pcm.length / channels - from);
        for (int i = 0; i < count; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / count);
            double angle = 2 * Math.PI * hertz * i / 48_000;
            int value = pcm[(from + i) * channels + channel];
            cosine += window * value * Math.cos(angle);
            sine += window * value * Math.sin(angle);
            weights += window;
        }
        return 2 * Math.hypot(cosine, sine) / weights;
    }

    public static double decibels(double one, double other) {
        return 20 * Math.log10(one / Math.max(other, 1e-9));
    }
}
