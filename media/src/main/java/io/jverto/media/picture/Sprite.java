package io.jverto.media.picture;

/// A small picture that is put upon others, with how much it covers: 0 for nothing, 255 for all. Width and height are even. Immutable.
public final class Sprite {
    private final int width;
    private final int height;
    private final byte[] luma;
    private final byte[] alpha;
    private final byte[] u;
    private final byte[] v;
    private final byte[] chromaAlpha;

    /// @param argb `0xAARRGGBB` of each pixel, row by row
    /// @param width even
    Sprite(int[] argb, int width, int height) {
        this.width = width;
        this.height = height;
        int size = width * height;
        this.luma = new byte[size];
        this.alpha = new byte[size];
        this.u = new byte[size / 4];
        this.v = new byte[size / 4];
        this.chromaAlpha = new byte[size / 4];
        for (int i = 0; i < size; i++) {
            luma[i] = (byte) Picture.lumaOf(argb[i]);
            alpha[i] = (byte) (argb[i] >>> 24);
        }
        for (int row = 0; row < height / 2; row++) {
            for (int column = 0; column < width / 2; column++) {
                chroma(argb, row, column);
            }
        }
    }

    /// Of four pixels, of which those count that can be seen.
    private void chroma(int[] argb, int row, int column) {
        int cover = 0;
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int corner = 0; corner < 4; corner++) {
            int pixel = argb[(2 * row + corner / 2) * width + 2 * column + corner % 2];
            int part = pixel >>> 24;
            cover += part;
            red += part * (pixel >> 16 & 0xff);
            green += part * (pixel >> 8 & 0xff);
            blue += part * (pixel & 0xff);
        }
        int at = row * (width / 2) + column;
        int rgb = cover == 0 ? 0 : red / cover << 16 | green / cover << 8 | blue / cover;
        u[at] = (byte) Picture.uOf(rgb);
        v[at] = (byte) Picture.vOf(rgb);
        chromaAlpha[at] = (byte) (cover / 4);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    byte[] luma() {
        return luma;
    }

    byte[] alpha() {
        return alpha;
    }

    byte[] u() {
        return u;
    }

    byte[] v() {
        return v;
    }

    byte[] chromaAlpha() {
        return chromaAlpha;
    }
}
