package io.jverto.media.plan;

import java.nio.file.Path;
import java.util.Locale;

/// What is to be written of what is said, and until when.
///
/// @param path a WAV file, or by its ending `.ogg` or `.opus` an Ogg file of Opus, or `.webm` or `.mkv` a WebM or Matroska file of Opus and
///        the pictures beside it; checked: whoever chose it may write it
/// @param followLinks whether the file may be a link to another one
/// @param rateHz of a WAV file; 0 for the rate of the channel's codec
/// @param silence that ends it
/// @param maxMillis length that ends it; 0 for none
/// @param minMillis a shorter one is deleted
/// @param tags what the file says of itself
/// @param append whether a file that is there is gone on with, if it is a WAV file that was recorded so; otherwise it begins anew
public record Recording(Path path, boolean followLinks, int rateHz, Silence silence, int maxMillis, int minMillis, Tags tags, boolean append) {
    /// What stands in a file for whoever lists it, in the chunk `INFO` of a WAV file or the comments of an Ogg file. Empty for none.
    ///
    /// @param date when it was made, in any notation
    public record Tags(String title, String artist, String copyright, String software, String comment, String date) {
        public static final Tags NONE = new Tags("", "");

        private static final int MAX_CHARACTERS = 256;

        /// Cuts what is too long, and takes out what cannot be shown.
        public Tags {
            title = shown(title);
            artist = shown(artist);
            copyright = shown(copyright);
            software = shown(software);
            comment = shown(comment);
            date = shown(date);
        }

        public Tags(String title, String artist) {
            this(title, artist, "", "", "", "");
        }

        private static String shown(String text) {
            String clean = text.replaceAll("\\p{Cntrl}", "");
            return clean.substring(0, clean.offsetByCodePoints(0, Math.min(MAX_CHARACTERS, clean.codePointCount(0, clean.length()))));
        }
    }

    /// Silence that ends a recording.
    ///
    /// @param level mean magnitude below which it is silent; 0 for never
    /// @param millis of it once somebody has spoken; 0 for never
    /// @param initialMillis of it before anybody has spoken; 0 for never
    public record Silence(int level, int millis, int initialMillis) {
        public static final Silence NEVER = new Silence(0, 0);

        /// The same from the beginning.
        public Silence(int level, int millis) {
            this(level, millis, millis);
        }
    }

    /// Of a channel alone, however long.
    public Recording(Path path, boolean followLinks, int rateHz, Silence silence) {
        this(path, followLinks, rateHz, silence, 0, 0);
    }

    /// Without tags.
    public Recording(Path path, boolean followLinks, int rateHz, Silence silence, int maxMillis, int minMillis) {
        this(path, followLinks, rateHz, silence, maxMillis, minMillis, Tags.NONE, false);
    }

    /// @param other path, checked like this one's
    public Recording to(Path other) {
        return new Recording(other, followLinks, rateHz, silence, maxMillis, minMillis, tags, append);
    }

    public Recording tagged(Tags others) {
        return new Recording(path, followLinks, rateHz, silence, maxMillis, minMillis, others, append);
    }

    public Recording appended() {
        return new Recording(path, followLinks, rateHz, silence, maxMillis, minMillis, tags, true);
    }

    public boolean isOgg() {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".ogg") || name.endsWith(".opus");
    }

    /// @return whether it has pictures, where there are some
    public boolean isFilm() {
        return isMatroska() || path.toString().toLowerCase(Locale.ROOT).endsWith(".webm");
    }

    /// @return whether these may be in any codec
    public boolean isMatroska() {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".mkv");
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

        /// @return the same seen from the other end of a talk
        public Sides swapped() {
            return switch (this) {
                case MIXED -> MIXED;
                case OWN -> OTHER;
                case OTHER -> OWN;
                case OWN_LEFT -> OWN_RIGHT;
                case OWN_RIGHT -> OWN_LEFT;
            };
        }

        /// @return of the file
        public int channels() {
            return this == OWN_LEFT || this == OWN_RIGHT ? 2 : 1;
        }
    }
}
