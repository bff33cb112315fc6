package io.jverto.media.picture;

import io.jverto.media.plan.Scene;
import java.util.Arrays;

/// A picture of 8 bits in three planes, chroma with half as many columns and rows (I420), limited range of BT.601 as WebRTC takes VP8 for.
/// Width and height are even; rows follow each other without gaps.
public final class Picture {
    private int width;
    private int height;
    private byte[] luma = new byte[0];
    private byte[] u = new byte[0];
    private byte[] v = new byte[0];
    private long version;

    /// @param width even pixels
    /// @param height even pixels
    public Picture(int width, int height) {
        resize(width, height);
    }

    /// Makes it that large; what it shows then is undefined where it was not before. Buffers that are large enough stay.
    public void resize(int toWidth, int toHeight) {
        width = toWidth & ~1;
        height = toHeight & ~1;
        int size = width * height;
        if (luma.length < size) {
            luma = new byte[size];
            u = new byte[size / 4];
            v = new byte[size / 4];
        }
    }

    /// @return the same in arrays of its own
    public Picture copy() {
        Picture copy = new Picture(width, height);
        int size = width * height;
        System.arraycopy(luma, 0, copy.luma, 0, size);
        System.arraycopy(u, 0, copy.u, 0, size / 4);
        System.arraycopy(v, 0, copy.v, 0, size / 4);
        return copy;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public byte[] luma() {
        return luma;
    }

    public byte[] u() {
        return u;
    }

    public byte[] v() {
        return v;
    }

    /// @return counts what was painted
    public long version() {
        return version;
    }

    public void painted() {
        version++;
    }

    /// Fills a rectangle of even numbers.
    void fill(int x, int y, int columns, int rows, int rgb) {
        byte lumaValue = (byte) lumaOf(rgb);
        byte uValue = (byte) uOf(rgb);
        byte vValue = (byte) vOf(rgb);
        for (int row = y; row < y + rows; row++) {
            Arrays.fill(luma, row * width + x, row * width + x + columns, lumaValue);
        }
        for (int row = y / 2; row < (y + rows) / 2; row++) {
            int start = row * (width / 2) + x / 2;
            Arrays.fill(u, start, start + columns / 2, uValue);
            Arrays.fill(v, start, start + columns / 2, vValue);
        }
    }

    /// Puts a sprite here, as far as it lies within the picture. Its place is of even numbers.
    void put(Sprite sprite, int x, int y) {
        int columns = Math.min(sprite.width(), width - x) & ~1;
        int rows = Math.min(sprite.height(), height - y) & ~1;
        if (columns > 0 && rows > 0 && x >= 0 && y >= 0) {
            blend(sprite.luma(), sprite.alpha(), sprite.width(), luma, y * width + x, width, columns, rows);
            int start = y / 2 * (width / 2) + x / 2;
            blend(sprite.u(), sprite.chromaAlpha(), sprite.width() / 2, u, start, width / 2, columns / 2, rows / 2);
            blend(sprite.v(), sprite.chromaAlpha(), sprite.width() / 2, v, start, width / 2, columns / 2, rows / 2);
        }
    }

    /// Lays a picture here, mirrored and then turned to the right. It lies within this one.
    void putTurned(Picture from, Scene.Look look, int x, int y) {
        putTurned(from.luma, from.width, from.height, look, luma, y * width + x, width);
        int start = y / 2 * (width / 2) + x / 2;
        putTurned(from.u, from.width / 2, from.height / 2, look, u, start, width / 2);
        putTurned(from.v, from.width / 2, from.height / 2, look, v, start, width / 2);
    }

    private static void putTurned(byte[] from, int columns, int rows, Scene.Look look, byte[] to, int toStart, int toStride) {
        boolean lies = look.lies();
        // Where the picture's upper left pixel comes from, and how far from there the next one to the right, and the next one below.
        boolean fromRight = look.turns() >= 2 != look.mirrored();
        boolean fromBelow = look.turns() == 1 || look.turns() == 2;
        int start = (fromRight ? columns - 1 : 0) + (fromBelow ? (rows - 1) * columns : 0);
        int along = fromRight ? -1 : 1;
        int down = fromBelow ? -columns : columns;
        int nextColumn = lies ? down : along;
        int nextRow = lies ? along : down;
        for (int row = 0; row < (lies ? columns : rows); row++) {
            int read = start + row * nextRow;
            int write = toStart + row * toStride;
            for (int i = 0; i < (lies ? rows : columns); i++) {
                to[write + i] = from[read];
                read += nextColumn;
            }
        }
    }

    private static void blend(byte[] from, byte[] alpha, int fromStride, byte[] to, int toStart, int toStride, int columns, int rows) {
        for (int row = 0; row < rows; row++) {
            int read = row * fromStride;
            int write = toStart + row * toStride;
            for (int i = 0; i < columns; i++) {
                int part = alpha[read + i] & 0xff;
                int below = to[write + i] & 0xff;
                to[write + i] = (byte) (below + (((from[read + i] & 0xff) - below) * part * 257 + 32_768 >> 16));
            }
        }
    }

    static int lumaOf(int rgb) {
        return 16 + (66 * (rgb >> 16 & 0xff) + 129 * (rgb >> 8 & 0xff) + 25 * (rgb & 0xff) + 128 >> 8);
    }

    static int uOf(int rgb) {
        return 128 + (-38 * (rgb >> 16 & 0xff) - 74 * (rgb >> 8 & 0xff) + 112 * (rgb & 0xff) + 128 >> 8);
    }

    static int vOf(int rgb) {
        return 128 + (112 * (rgb >> 16 & 0xff) - 94 * (rgb >> 8 & 0xff) - 18 * (rgb & 0xff) + 128 >> 8);
    }
}
