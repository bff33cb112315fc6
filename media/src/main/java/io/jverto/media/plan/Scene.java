package io.jverto.media.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What one canvas of a room shows. Colours are `0xRRGGBB`.
///
/// @param width even pixels
/// @param height even pixels
/// @param behind picture that fills the canvas below all tiles
/// @param before picture that fills it above them
/// @param tiles from the lowest to the uppermost
public record Scene(int width, int height, int background, Optional<Art> behind, Optional<Art> before, List<Tile> tiles) {
    public Scene {
        tiles = List.copyOf(tiles);
    }

    /// A place on a canvas. Left, top, width and height are even pixels and lie within it.
    ///
    /// @param fills the picture is cut until it fills its place, instead of being shown whole
    /// @param edge colour beside a picture that does not fill its place
    /// @param border pixels around it, within the place
    /// @param banner text below it
    /// @param logo small picture in its upper right corner
    public record Tile(int x, int y, int width, int height, Content content, boolean fills, int edge, int border, int borderColour,
            Optional<Banner> banner, Optional<Art> logo) {}

    /// What is in a place.
    public sealed interface Content {
        /// A camera or a screen.
        ///
        /// @param source id of the channel
        /// @param otherwise what is shown while no picture comes
        /// @param freezes whether the last picture stays instead
        record Camera(String source, Optional<Art> otherwise, boolean freezes, Look look) implements Content {
            /// As it comes.
            public Camera(String source, Optional<Art> otherwise, boolean freezes) {
                this(source, otherwise, freezes, Look.PLAIN);
            }
        }

        /// A picture that does not move.
        record Still(Art art) implements Content {}

        /// Another canvas of the room.
        record Canvas(int number) implements Content {}

        /// Nothing.
        record Blank() implements Content {}
    }

    /// How a camera's picture is shown.
    ///
    /// @param turns quarter turns to the right, 0 to 3
    /// @param mirrored left and right are changed, before it is turned
    /// @param part of the place that is shown in the whole of it; what lies beyond the picture's edge is not shown
    public record Look(int turns, boolean mirrored, Tint tint, Part part) {
        public static final Look PLAIN = new Look(0, false, Tint.NONE, Part.WHOLE);

        /// @return whether its width is the height of the picture that comes
        public boolean lies() {
            return turns % 2 == 1;
        }
    }

    /// What is done to the colours of a picture.
    public enum Tint { NONE, GREY, SEPIA, FEW_COLOURS }

    /// A rectangle, in parts of [#UNITS] of the width and the height of a place.
    public record Part(int x, int y, int width, int height) {
        public static final int UNITS = 10_000;
        public static final Part WHOLE = new Part(0, 0, UNITS, UNITS);
    }

    /// A picture that is made once.
    public sealed interface Art {
        /// A file.
        record Image(Path file) implements Art {}

        /// The first letters of a name in a circle.
        record Initials(String name) implements Art {}

        /// A line of text.
        record Line(Banner banner) implements Art {}
    }

    /// A line of text on a strip.
    ///
    /// @param size height of the letters in hundredths of the height of the place
    public record Banner(String text, int foreground, int background, int size) {}
}
