package io.jverto.medialoop.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file that is being written.
@FunctionalInterface
interface FileOut {
    /// Writes all that is in `bytes`.
    ///
    /// @param at where in the file
    /// @throws IOException when the disk is full, or for any other trouble
    void write(ByteBuffer bytes, long at) throws IOException;
}
