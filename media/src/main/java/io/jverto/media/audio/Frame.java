package io.jverto.media.audio;

/// The one frame length there is behind the codecs.
final class Frame {
    static final long NANOS = 20_000_000;
    static final int MILLIS = 20;
    static final int RATE = 48_000;
    /// Samples of each channel.
    static final int SAMPLES = 960;

    private Frame() {}
}
