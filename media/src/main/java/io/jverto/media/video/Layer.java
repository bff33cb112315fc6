package io.jverto.media.video;

/// One of the sizes in which a camera sends its picture at the same time (RFC 8853), as its receiver measures it.
///
/// @param kbps of the last second; 0 while nothing comes
/// @param height of its pictures in pixels, 0 while that is not known
public record Layer(int kbps, int height) {
    public static final Layer NOTHING = new Layer(0, 0);

    public boolean comes() {
        return kbps > 0;
    }
}
