package io.jverto.conference.layout;

/// A place for one picture on a canvas, in units of which a canvas has [#UNITS] each way, whatever its shape (conference.md section 21.2).
///
/// @param zoom the picture fills the place and is cut, instead of being shown whole
/// @param floor for whoever has the video floor; others may sit there while nobody has it
/// @param floorOnly never for others
/// @param fileOnly for played files alone
/// @param overlap lies over others
/// @param reservation only for members with that reservation id; empty for none
/// @param role only for members with that role; empty for none
/// @param audio where a member is heard that sits here: `auto`, `x:y:z`, or empty
/// @param border pixels around it; -1 for the layout's
public record Slot(int x, int y, int width, int height, boolean zoom, boolean floor, boolean floorOnly, boolean fileOnly, boolean overlap,
        String reservation, String role, String audio, int border) {
    /// Of a canvas, each way.
    public static final int UNITS = 360;

    static Slot plain(int x, int y, int width, int height) {
        return new Slot(x, y, width, height, false, false, false, false, false, "", "", "", -1);
    }

    /// @return whether anybody may sit here who has a picture
    boolean open() {
        return !floorOnly && !fileOnly && reservation.isEmpty() && role.isEmpty();
    }

    boolean touches(Slot other) {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }

    boolean sticksOut() {
        return x + width > UNITS || y + height > UNITS;
    }
}
