package io.jverto.medialoop.file;

import io.jverto.media.plan.Sound;

/// When music gives way to a chime, and for how long: by what has been read.
final class ChimeClock {
    private static final long RATE = 48_000;

    private final Sound.Chimes chimes;
    private int next;
    private boolean sounding;
    /// Samples of each channel: of music since the last chime, or of the chime.
    private long samples;

    ChimeClock(Sound.Chimes chimes) {
        this.chimes = chimes;
    }

    boolean isDue() {
        return !chimes.files().isEmpty() && !sounding && samples >= chimes.everySeconds() * RATE;
    }

    /// @return what sounds from now on, until [#end]
    Sound begin() {
        sounding = true;
        samples = 0;
        return new Sound.File(chimes.files().get(next++ % chimes.files().size()), 0);
    }

    void read(int more) {
        samples += more;
    }

    boolean isSounding() {
        return sounding;
    }

    /// Whether the chime has been heard for as long as one may be.
    boolean isTooLong() {
        return sounding && chimes.maxSeconds() > 0 && samples >= chimes.maxSeconds() * RATE;
    }

    void end() {
        sounding = false;
        samples = 0;
    }
}
