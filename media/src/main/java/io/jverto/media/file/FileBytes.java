package io.jverto.media.file;

/// What stands in a file.
public interface FileBytes {
    long length();

    /// @return bytes read to the beginning of `into`, fewer than `count` only at the end of the file
    int read(long position, byte[] into, int count);
}
