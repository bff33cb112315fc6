package io.jverto.media.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Something that the server can play.
public sealed interface Sound {
    /// @return whether it has pictures too, by its name
    default boolean isFilm() {
        return switch (this) {
            case File(Path path, long _) -> {
                String name = path.toString().toLowerCase(Locale.ROOT);
                yield name.endsWith(".webm") || name.endsWith(".mkv");
            }
            case Sequence(List<Sound> parts, int _) -> parts.stream().anyMatch(Sound::isFilm);
            case Tone _, Music _, Silence _, Echo _, Watch _, Station _ -> false;
        };
    }

    /// Tones by a script in the switch's tone language, without the `tone_stream://` prefix, for instance
    /// `%(2000,4000,440,480);loops=-1` (dialplan-directory.md, tone generation).
    record Tone(String script) implements Sound {}

    /// The built-in music: endless, stereo, made by the server.
    record Music() implements Sound {}

    /// Nothing, for a while.
    ///
    /// @param millis how long; -1 for ever
    record Silence(int millis) implements Sound {}

    /// What the channel says that hears it, some time later; for a channel alone, not as a part of another sound, nor for a room.
    ///
    /// @param delayMillis 0 to [#MAX_DELAY_MILLIS]
    record Echo(int delayMillis) implements Sound {
        public static final int MAX_DELAY_MILLIS = 10_000;

        public Echo {
            if (delayMillis < 0 || delayMillis > MAX_DELAY_MILLIS) {
                throw new IllegalArgumentException("a delay of " + delayMillis + " ms");
            }
        }
    }

    /// Silence that is over when the channel that hears it has been loud, or silent, for long enough; for a channel alone, like [Echo].
    /// Frames are of 20 ms.
    ///
    /// @param level mean magnitude of a sample from which on a frame is loud
    /// @param loud it has to be loud for so many frames, in all, before its silence counts; without silence, in a row
    /// @param silent how many silent frames in a row it takes then; 0 for none
    /// @param tally counts what was said: one of its own for each sound
    record Watch(int level, int loud, int silent, FrameTally tally) implements Sound {
        public boolean isOver() {
            return silent == 0 ? tally.loudInARow() >= loud : tally.loud() >= loud && tally.silentInARow() >= silent;
        }
    }

    /// A WAV file, an Ogg file of Opus, or a WebM file of Opus and VP8.
    ///
    /// @param path checked: whoever chose it may hear it
    /// @param start samples at 48 kHz that are left out at its beginning
    record File(Path path, long start) implements Sound {}

    /// One after the other, without a gap.
    ///
    /// @param parts tones, silence and files
    /// @param loops how often; -1 for ever
    record Sequence(List<Sound> parts, int loops) implements Sound {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /// The files of a folder, endless; who joins hears them from where they are, together with all others.
    ///
    /// @param name for logs
    /// @param shuffle in another order each time, not by name
    record Station(String name, Path folder, boolean shuffle, Chimes chimes) implements Sound {
        public Station(String name, Path folder, boolean shuffle) {
            this(name, folder, shuffle, Chimes.NONE);
        }
    }

    /// What a station's music gives way to now and then, and goes on after.
    ///
    /// @param files in turn; none for no chimes
    /// @param everySeconds of music between two
    /// @param maxSeconds that one is heard at the most; 0 for all of it
    record Chimes(List<Path> files, int everySeconds, int maxSeconds) {
        public static final Chimes NONE = new Chimes(List.of(), 1, 0);

        public Chimes {
            files = List.copyOf(files);
        }
    }
}
