package io.jverto.media.picture;

import io.jverto.media.plan.Scene.Look;
import io.jverto.media.plan.Scene.Part;

/// Which part of a picture goes where in its place. All numbers are even pixels; `left` and `top` are of the picture as it is seen, `toX` and `toY`
/// of the place.
final class Fit {
    int left;
    int top;
    int width;
    int height;
    int toX;
    int toY;
    int toWidth;
    int toHeight;
    private int allWidth;
    private int allHeight;
    private int placeWidth;
    private int placeHeight;

    /// The whole of a picture.
    void all(int pictureWidth, int pictureHeight) {
        allWidth = pictureWidth;
        allHeight = pictureHeight;
        left = 0;
        top = 0;
        width = pictureWidth;
        height = pictureHeight;
    }

    /// Fits what is chosen into a place of that size.
    ///
    /// @param fills it is cut, in the middle, instead of being shown whole
    void into(int wide, int high, boolean fills) {
        placeWidth = wide;
        placeHeight = high;
        toWidth = wide;
        toHeight = high;
        // Of which of the two there is too much: width / height against wide / high.
        boolean wider = (long) width * high > (long) height * wide;
        if (fills) {
            int cutWidth = wider ? even((long) height * wide / high, width) : width;
            int cutHeight = wider ? height : even((long) width * high / wide, height);
            left += (width - cutWidth) / 2 & ~1;
            top += (height - cutHeight) / 2 & ~1;
            width = cutWidth;
            height = cutHeight;
        } else {
            toHeight = wider ? even((long) wide * height / width, high) : high;
            toWidth = wider ? wide : even((long) high * width / height, wide);
        }
        toX = (wide - toWidth) / 2 & ~1;
        toY = (high - toHeight) / 2 & ~1;
    }

    /// Chooses what is seen in a part of the place. It does not go beyond the picture.
    void part(Part part) {
        int chosenWidth = even((long) part.width() * placeWidth / Part.UNITS * width / toWidth, allWidth);
        int chosenHeight = even((long) part.height() * placeHeight / Part.UNITS * height / toHeight, allHeight);
        long x = ((long) part.x() * placeWidth / Part.UNITS - toX) * width / toWidth + left;
        long y = ((long) part.y() * placeHeight / Part.UNITS - toY) * height / toHeight + top;
        left = Math.clamp(x, 0, allWidth - chosenWidth) & ~1;
        top = Math.clamp(y, 0, allHeight - chosenHeight) & ~1;
        width = chosenWidth;
        height = chosenHeight;
    }

    /// From a picture as it is seen to the one that comes.
    void turnBack(Look look) {
        int right = allWidth - left - width;
        int bottom = allHeight - top - height;
        boolean lies = look.lies();
        int x = switch (look.turns()) {
            case 1 -> top;
            case 2 -> right;
            case 3 -> bottom;
            default -> left;
        };
        int y = switch (look.turns()) {
            case 1 -> right;
            case 2 -> bottom;
            case 3 -> left;
            default -> top;
        };
        swap(lies);
        left = look.mirrored() ? allWidth - x - width : x;
        top = y;
    }

    /// Lets the size of what is painted be as it is seen again.
    void turn(Look look) {
        swap(look.lies());
    }

    private void swap(boolean lies) {
        if (lies) {
            int high = height;
            height = width;
            width = high;
            int toHigh = toHeight;
            toHeight = toWidth;
            toWidth = toHigh;
            int allHigh = allHeight;
            allHeight = allWidth;
            allWidth = allHigh;
        }
    }

    private static int even(long wanted, int most) {
        return Math.clamp(wanted, 2, most) & ~1;
    }
}
