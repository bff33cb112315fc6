package io.jverto.media.plan;

/// A video line beside the first one, on which a peer takes the picture of a single member of a room, whoever that is at the moment
/// (docs/protocol/verto-extensions.md, gallery).
///
/// @param number how many video lines stand between the first one and this; it stays the same as long as the call does
/// @param plan with the format of the call's first video line
public record GalleryLine(int number, VideoPlan plan) {
    /// Lines of one call that are taken: twelve members, and a line that was the camera's.
    public static final int MAX_LINES = 13;

    /// Behind the streams of the sound and of the first video line.
    private static final int FIRST_SSRC = 3;

    /// @param audioSsrc of the call's sound
    /// @return SSRC of the line; the next one is that of packets that are sent again
    public static int ssrc(int audioSsrc, int line) {
        return audioSsrc + FIRST_SSRC + 2 * line;
    }

    /// @return the same with nothing sent
    public GalleryLine silent() {
        return new GalleryLine(number, plan.silent());
    }
}
