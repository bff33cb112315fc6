package io.jverto.medialoop.file;

import io.jverto.media.plan.Sound;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// What plays one after the other, in laps.
sealed interface Program {
    /// @return what plays in the next lap; empty when nothing does
    List<Sound> nextLap();

    /// Whether a lap without any sound is the end.
    boolean endsWhenSilent();

    /// What sounds in between.
    default Sound.Chimes chimes() {
        return Sound.Chimes.NONE;
    }

    /// The same sounds in each lap.
    final class Loop implements Program {
        private final List<Sound> parts;
        private int lapsLeft;

        /// @param laps -1 for ever
        Loop(List<Sound> parts, int laps) {
            this.parts = parts;
            this.lapsLeft = laps;
        }

        @Override
        public List<Sound> nextLap() {
            if (lapsLeft == 0) {
                return List.of();
            }
            lapsLeft -= lapsLeft < 0 ? 0 : 1;
            return parts;
        }

        @Override
        public boolean endsWhenSilent() {
            return true;
        }
    }

    /// The files that are in a folder when the lap begins.
    final class Folder implements Program {
        private static final int MAX_FILES = 10_000;

        private final Path folder;
        private final boolean shuffle;
        private final Sound.Chimes chimes;
        private final RandomGenerator random;

        /// @param random used when the order is not by name
        Folder(Sound.Station station, RandomGenerator random) {
            this.folder = station.folder();
            this.shuffle = station.shuffle();
            this.chimes = station.chimes();
            this.random = random;
        }

        @Override
        public Sound.Chimes chimes() {
            return chimes;
        }

        @Override
        public List<Sound> nextLap() {
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.{wav,WAV,opus,ogg}")) {
                for (Path file : all) {
                    if (files.size() < MAX_FILES) {
                        files.add(file);
                    }
                }
            } catch (IOException | DirectoryIteratorException unreadable) {
                return List.of(); // it may come back
            }
            Collections.sort(files);
            if (shuffle) {
                Collections.shuffle(files, random);
            }
            return files.stream().<Sound>map(file -> new Sound.File(file, 0)).toList();
        }

        @Override
        public boolean endsWhenSilent() {
            return false;
        }
    }
}
