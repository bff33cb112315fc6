package io.jverto.media.file;

/// A file in memory.
public record ArrayBytes(byte[] bytes) implements FileBytes {
    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public int read(long position, byte[] into, int count) {
        int there = Math.clamp(bytes.length - position, 0, count);
        System.arraycopy(bytes, (int) Math.min(position, bytes.length), into, 0, there);
        return there;
    }
}
