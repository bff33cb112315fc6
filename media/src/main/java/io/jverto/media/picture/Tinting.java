package io.jverto.media.picture;

import io.jverto.media.plan.Scene.Tint;
import java.util.Arrays;

/// Changes the colours of a part of a picture.
final class Tinting {
    private static final byte NO_COLOUR = (byte) 128;
    /// The brown of old photographs.
    private static final byte SEPIA_U = 108;
    private static final byte SEPIA_V = (byte) 142;
    /// Steps of brightness and of colour that are left.
    private static final int LUMA_STEP = 32;
    private static final int CHROMA_STEP = 64;

    private Tinting() {}

    /// @param x even pixels, as all of them
    static void tint(Tint tint, Picture picture, int x, int y, int width, int height) {
        switch (tint) {
            case NONE -> {
                return;
            }
            case GREY -> colour(picture, x, y, width, height, NO_COLOUR, NO_COLOUR);
            case SEPIA -> colour(picture, x, y, width, height, SEPIA_U, SEPIA_V);
            case FEW_COLOURS -> {
                steps(picture.luma(), y * picture.width() + x, picture.width(), width, height, LUMA_STEP);
                int start = y / 2 * (picture.width() / 2) + x / 2;
                steps(picture.u(), start, picture.width() / 2, width / 2, height / 2, CHROMA_STEP);
                steps(picture.v(), start, picture.width() / 2, width / 2, height / 2, CHROMA_STEP);
            }
        }
    }

    private static void colour(Picture picture, int x, int y, int width, int height, byte u, byte v) {
        int stride = picture.width() / 2;
        for (int row = y / 2; row < (y + height) / 2; row++) {
            int start = row * stride + x / 2;
            Arrays.fill(picture.u(), start, start + width / 2, u);
            Arrays.fill(picture.v(), start, start + width / 2, v);
        }
    }

    /// Brings each value to the middle of its step.
    private static void steps(byte[] plane, int start, int stride, int columns, int rows, int step) {
        for (int row = 0; row < rows; row++) {
            int from = start + row * stride;
            for (int i = from; i < from + columns; i++) {
                plane[i] = (byte) (plane[i] & -step | step / 2);
            }
        }
    }
}
