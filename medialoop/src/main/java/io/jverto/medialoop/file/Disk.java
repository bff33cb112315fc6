package io.jverto.medialoop.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/// Where recordings are written.
@FunctionalInterface
public interface Disk {
    /// The file system.
    Disk FILES = (path, options) -> new OnFileSystem(FileChannel.open(path, options));

    /// Opens a file to be written on.
    OpenFile open(Path path, Set<OpenOption> options) throws IOException;

    /// A file that is being written.
    interface OpenFile extends Closeable {
        /// Writes all that is in `bytes`.
        ///
        /// @param at where in the file
        /// @throws IOException when the disk is full, or for any other trouble; a part may have been written
        void write(ByteBuffer bytes, long at) throws IOException;
    }

    /// One of the file system.
    record OnFileSystem(FileChannel channel) implements OpenFile {
        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            long position = at;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
