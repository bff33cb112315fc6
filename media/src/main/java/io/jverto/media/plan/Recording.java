package io.jverto.media.plan;

import java.nio.file.Path;
import java.util.Locale;

/// What is to be written of what is said, and until when.
///
/// @param path a WAV file, or by its ending `.ogg` or `.opus` an Ogg file of Opus; checked: whoever chose it may write it
/// @param followLinks whether the file may be a link to another one
/// @param rateHz of a WAV file; 0 for the rate of the channel's codec
/// @param silence that ends it
/// @param maxMillis length that ends it; 0 for none
/// @param minMillis a shorter one is deleted
public record Recording(Path path, boolean followLinks, int rateHz, Silence silence, int maxMillis, int minMillis) {
    /// Silence that ends a recording.
    ///
    /// @param level mean magnitude below which it is silent; 0 for never
    public record Silence(int level, int millis) {
        public static final Silence NEVER = new Silence(0, 0);
    }

    /// Of a channel alone, however long.
    public Recording(Path path, boolean followLinks, int rateHz, Silence silence) {
        this(path, followLinks, rateHz, silence, 0, 0);
    }

    /// @param other path, checked like this one's
    public Recording to(Path other) {
        return new Recording(other, followLinks, rateHz, silence, maxMillis, minMillis);
    }

    public boolean isOgg() {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".ogg") || name.endsWith(".opus");
    }

    /// What becomes of what is said at the moment.
    public enum Flow {
        /// It goes into the file.
        RUNS,
        /// It is left out: the file is shorter by that.
        PAUSED,
        /// Silence goes into the file.
        MASKED
    }

    /// Which sides of a channel are recorded.
    public enum Sides {
        /// Both in one channel.
        MIXED,
        /// What its party says.
        OWN,
        /// What its party hears.
        OTHER,
        /// In stereo.
        OWN_LEFT,
        OWN_RIGHT;

        /// @return of the file
        public int channels() {
            return this == OWN_LEFT || this == OWN_RIGHT ? 2 : 1;
        }
    }
}
