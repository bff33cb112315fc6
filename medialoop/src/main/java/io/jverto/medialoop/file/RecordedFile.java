package io.jverto.medialoop.file;

import io.jverto.media.file.FileBytes;
import java.io.IOException;

/// How a recording stands in its file.
interface RecordedFile extends AutoCloseable {
    /// Takes up where a file ends that is there already; before [#begin].
    ///
    /// @return false when that cannot be: it was recorded in another way
    default boolean resume(FileBytes old) {
        return false;
    }

    /// Writes what stands before any sound, unless it stands there.
    void begin(FileOut to) throws IOException;

    /// Takes what came beside the sound so far.
    default void look() {}

    /// @param frame 20 ms at 48 kHz, interleaved when stereo
    void write(short[] frame, FileOut to) throws IOException;

    /// Writes what is still under way: no more sound comes.
    void finish(FileOut to) throws IOException;

    /// Makes that the file can be played as far as it goes: once more in each second, and at the end even if something went wrong.
    void repair(FileOut to) throws IOException;

    @Override
    default void close() {}

    /// @return samples of each channel that are in the file
    long samples();
}
