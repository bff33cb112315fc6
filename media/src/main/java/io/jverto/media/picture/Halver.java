package io.jverto.media.picture;

/// Makes pictures with half as many columns and rows.
public final class Halver {
    private final Picture half = new Picture(2, 2);
    private final Scaler luma = new Scaler();
    private final Scaler chroma = new Scaler();

    public void halve(Picture whole) {
        // Down to a multiple of two; what is lost is less than a pixel.
        half.resize(Math.max(2, whole.width() / 2), Math.max(2, whole.height() / 2));
        luma.set(whole.width(), whole.height(), half.width(), half.height());
        luma.scale(whole.luma(), 0, whole.width(), half.luma(), 0, half.width());
        chroma.set(whole.width() / 2, whole.height() / 2, half.width() / 2, half.height() / 2);
        chroma.scale(whole.u(), 0, whole.width() / 2, half.u(), 0, half.width() / 2);
        chroma.scale(whole.v(), 0, whole.width() / 2, half.v(), 0, half.width() / 2);
    }

    public Picture half() {
        return half;
    }
}
