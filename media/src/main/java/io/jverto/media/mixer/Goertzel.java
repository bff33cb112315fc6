package io.jverto.media.mixer;

/// The power of some pitches in windows of sound at 8 kHz, each half over the one before (Goertzel's algorithm). The advance of a tone's
/// phase from window to window tells how far it is off its pitch.
final class Goertzel {
    private final double[] hertz;
    private final int hop;
    private final int window;
    private final double[] cosines;
    private final double[] sines;

    /// The last window, the oldest first, and how many of the next hop's samples are there.
    private final double[] samples;
    private int filled;
    private double all;

    private final double[] real;
    private final double[] imaginary;
    private final double[] lastReal;
    private final double[] lastImaginary;
    private final double[] power;

    /// @param hop samples between two windows; each is twice as long
    Goertzel(double[] hertz, int hop) {
        int tones = hertz.length;
        this.hertz = hertz.clone();
        this.hop = hop;
        this.window = 2 * hop;
        this.samples = new double[window];
        this.cosines = new double[tones];
        this.sines = new double[tones];
        this.real = new double[tones];
        this.imaginary = new double[tones];
        this.lastReal = new double[tones];
        this.lastImaginary = new double[tones];
        this.power = new double[tones];
        for (int tone = 0; tone < tones; tone++) {
            cosines[tone] = Math.cos(2 * Math.PI * hertz[tone] / NarrowBand.RATE);
            sines[tone] = Math.sin(2 * Math.PI * hertz[tone] / NarrowBand.RATE);
        }
    }

    /// Takes a sample.
    ///
    /// @return whether a window is full, and measured
    boolean take(double sample) {
        if (filled == hop) {
            filled = 0;
            System.arraycopy(samples, hop, samples, 0, hop);
        }
        samples[hop + filled++] = sample;
        if (filled == hop) {
            measure();
        }
        return filled == hop;
    }

    private void measure() {
        System.arraycopy(real, 0, lastReal, 0, real.length);
        System.arraycopy(imaginary, 0, lastImaginary, 0, imaginary.length);
        all = 1;
        for (double sample : samples) {
            all += sample * sample;
        }
        for (int tone = 0; tone < hertz.length; tone++) {
            measure(tone);
        }
    }

    /// The share of one pitch in the window, with its phase at the window's end.
    private void measure(int tone) {
        double cosine = cosines[tone];
        double before = 0;
        double last = 0;
        for (double sample : samples) {
            double next = sample + 2 * cosine * last - before;
            before = last;
            last = next;
        }
        real[tone] = last - before * cosine;
        imaginary[tone] = before * sines[tone];
        power[tone] = real[tone] * real[tone] + imaginary[tone] * imaginary[tone];
    }

    /// @return the energy of all that is in the window
    double all() {
        return all;
    }

    /// @return the power at the pitch: that of a tone of amplitude `a` is the square of `a` times half the window
    double power(int tone) {
        return power[tone];
    }

    /// @return what [#power] would be if the tone were at its pitch: beside it, it is weaker by sinc squared
    double powerOfTone(int tone) {
        return power[tone] / loss(offset(tone));
    }

    /// @return hertz by which a tone is off its pitch; half the distance between the pitches that a hop tells apart, at most
    double offset(int tone) {
        double expected = 2 * Math.PI * hertz[tone] * hop / NarrowBand.RATE;
        double now = Math.atan2(imaginary[tone], real[tone]);
        double last = Math.atan2(lastImaginary[tone], lastReal[tone]);
        double advance = Math.IEEEremainder(now - last - expected, 2 * Math.PI);
        return advance * NarrowBand.RATE / (2 * Math.PI * hop);
    }

    private double loss(double offset) {
        double x = Math.PI * offset * window / NarrowBand.RATE;
        return Math.abs(x) < 1e-6 ? 1 : Math.sin(x) * Math.sin(x) / (x * x);
    }
}
