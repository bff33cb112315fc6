package io.jverto.media.audio;

/// A sine by rotation of a vector: four multiplications a sample, no table, exact in frequency.
final class Oscillator {
    private double cosine = 1;
    private double sine;
    private double x = 1;
    private double y;

    /// Starts at zero with this pitch.
    void start(double hertz) {
        double step = 2 * Math.PI * hertz / Frame.RATE;
        cosine = Math.cos(step);
        sine = Math.sin(step);
        x = 1;
        y = 0;
    }

    double next() {
        double value = y;
        double turned = x * cosine - y * sine;
        y = x * sine + y * cosine;
        x = turned;
        return value;
    }

    /// Takes out what rounding did to the length of the vector; call it now and then.
    void settle() {
        double length = Math.sqrt(x * x + y * y);
        x /= length;
        y /= length;
    }
}
