package io.jverto.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Banner;
import io.jverto.media.plan.Scene.Content;
import io.jverto.media.plan.Scene.Look;
import io.jverto.media.plan.Scene.Part;
import io.jverto.media.plan.Scene.Tile;
import io.jverto.media.plan.Scene.Tint;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PainterTest {
    private static final int RED = 0xe02020;
    private static final int GREEN = 0x20c040;
    private static final int BLUE = 0x3040e0;
    private static final int GREY = 0x808080;
    private static final int BLACK = 0x000000;

    private final Map<String, Picture> cameras = new HashMap<>();
    private final Map<Art, Sprite> arts = new HashMap<>();
    private final Painter painter = new Painter(64, 36);

    private final Painter.Palette palette = new Painter.Palette() {
        @Override
        public @Nullable Picture camera(String source, boolean freezes) {
            return cameras.get(source);
        }

        @Override
        public @Nullable Picture canvas(int number) {
            return null;
        }

        @Override
        public @Nullable Sprite art(Art art, int width, int height) {
            return arts.get(art);
        }
    };

    @Test
    void eachPictureIsWhereItsTileIs() {
        cameras.put("a", picture(32, 18, RED));
        cameras.put("b", picture(320, 180, GREEN));
        cameras.put("c", picture(8, 4, BLUE));
        show(tile(0, 0, 32, 18, "a"), tile(32, 0, 32, 18, "b"), tile(0, 18, 32, 18, "c"));

        assertThat(painter.paint(palette)).isTrue();

        assertThat(colour(16, 9)).isEqualTo(RED);
        assertThat(colour(48, 9)).isEqualTo(GREEN);
        assertThat(colour(16, 27)).isEqualTo(BLUE);
        assertThat(colour(48, 27)).as("nobody is there").isEqualTo(GREY);
    }

    @Test
    void aPictureOfAnotherShapeIsShownWholeOrCut() {
        cameras.put("tall", picture(18, 32, RED));
        show(tile(0, 0, 64, 36, "tall"));
        painter.paint(palette);
        assertThat(colour(2, 18)).as("edge").isEqualTo(BLACK);
        assertThat(colour(32, 2)).isEqualTo(RED);
        assertThat(colour(61, 18)).isEqualTo(BLACK);

        cameras.put("wide", picture(64, 8, GREEN));
        show(tile(0, 0, 64, 36, "wide"));
        painter.paint(palette);
        assertThat(colour(32, 2)).isEqualTo(BLACK);
        assertThat(colour(32, 18)).isEqualTo(GREEN);

        show(new Tile(0, 0, 64, 36, new Content.Camera("wide", Optional.empty(), false), true, BLACK, 0, 0, Optional.empty(), Optional.empty()));
        painter.paint(palette);
        assertThat(colour(1, 1)).isEqualTo(GREEN);
        assertThat(colour(62, 34)).isEqualTo(GREEN);
    }

    @Test
    void whatIsCutIsTheMiddleOfThePicture() {
        Picture striped = new Picture(60, 10);
        striped.fill(0, 0, 20, 10, RED);
        striped.fill(20, 0, 20, 10, GREEN);
        striped.fill(40, 0, 20, 10, BLUE);
        cameras.put("s", striped);
        show(new Tile(0, 0, 36, 36, new Content.Camera("s", Optional.empty(), false), true, BLACK, 0, 0, Optional.empty(), Optional.empty()));

        painter.paint(palette);

        assertThat(colour(3, 18)).isEqualTo(GREEN);
        assertThat(colour(33, 18)).isEqualTo(GREEN);
    }

    /// Red, green below, blue at the right, grey below that: each in a quarter of the picture.
    private static Picture quarters() {
        Picture quarters = new Picture(64, 36);
        quarters.fill(0, 0, 32, 18, RED);
        quarters.fill(32, 0, 32, 18, BLUE);
        quarters.fill(0, 18, 32, 18, GREEN);
        quarters.fill(32, 18, 32, 18, GREY);
        return quarters;
    }

    private void look(boolean fills, Look look) {
        show(new Tile(0, 0, 64, 36, new Content.Camera("q", Optional.empty(), false, look), fills, BLACK, 0, 0, Optional.empty(), Optional.empty()));
        painter.paint(palette);
    }

    private static Look turned(int turns, boolean mirrored) {
        return new Look(turns, mirrored, Tint.NONE, Part.WHOLE);
    }

    /// The corners from the upper left one to the right, and around.
    private List<Integer> corners(int left, int right) {
        return List.of(colour(left, 2), colour(right, 2), colour(right, 33), colour(left, 33));
    }

    @Test
    void aPictureIsMirroredOrUpsideDown() {
        cameras.put("q", quarters());
        look(false, Look.PLAIN);
        assertThat(corners(2, 61)).containsExactly(RED, BLUE, GREY, GREEN);
        look(false, turned(0, true));
        assertThat(corners(2, 61)).containsExactly(BLUE, RED, GREEN, GREY);
        look(false, turned(2, false));
        assertThat(corners(2, 61)).containsExactly(GREY, GREEN, RED, BLUE);
        look(false, turned(2, true));
        assertThat(corners(2, 61)).containsExactly(GREEN, GREY, BLUE, RED);
    }

    @Test
    void aPictureThatIsTurnedIsShownWholeAsItIsSeen() {
        cameras.put("q", quarters());
        // 36 of 64 columns are high, so that it is 20 wide.
        look(false, turned(1, false));
        assertThat(corners(24, 39)).containsExactly(GREEN, RED, BLUE, GREY);
        assertThat(colour(20, 18)).as("edge").isEqualTo(BLACK);
        look(false, turned(3, false));
        assertThat(corners(24, 39)).containsExactly(BLUE, GREY, GREEN, RED);
        look(false, turned(1, true));
        assertThat(corners(24, 39)).containsExactly(GREY, BLUE, RED, GREEN);
    }

    @Test
    void turnedPixelsStandWhereTheyBelong() {
        Picture all = new Picture(36, 64);
        for (int i = 0; i < 36 * 64; i++) {
            all.luma()[i] = (byte) (i % 36 * 3 + i / 36 * 2);
        }
        cameras.put("q", all);

        look(false, turned(1, false));

        byte[] seen = painter.canvas().luma();
        for (int y = 0; y < 36; y++) {
            for (int x = 0; x < 64; x++) {
                assertThat(seen[y * 64 + x]).as(x + "," + y).isEqualTo((byte) (y * 3 + (63 - x) * 2));
            }
        }
    }

    @Test
    void aPartOfThePlaceFillsIt() {
        cameras.put("q", quarters());
        look(false, new Look(0, false, Tint.NONE, new Part(5_000, 0, 5_000, 5_000)));
        assertThat(corners(2, 61)).containsOnly(BLUE);

        look(false, new Look(2, false, Tint.NONE, new Part(5_000, 0, 5_000, 5_000)));
        assertThat(corners(2, 61)).as("of what is seen").containsOnly(GREEN);

        look(false, new Look(1, false, Tint.NONE, new Part(5_000, 5_000, 1_000, 5_000)));
        assertThat(colour(32, 18)).as("the lower right quarter, as it is turned").isEqualTo(BLUE);

        look(false, new Look(0, false, Tint.NONE, new Part(9_000, 9_000, 5_000, 5_000)));
        assertThat(corners(2, 61)).as("not beyond its edge").containsOnly(GREY);
    }

    @Test
    void aPictureThatIsCutIsMovedToWhatWasHidden() {
        Picture striped = new Picture(120, 18);
        striped.fill(0, 0, 40, 18, RED);
        striped.fill(40, 0, 40, 18, GREEN);
        striped.fill(80, 0, 40, 18, BLUE);
        cameras.put("q", striped);
        look(true, Look.PLAIN);
        assertThat(colour(32, 18)).isEqualTo(GREEN);
        look(true, new Look(0, false, Tint.NONE, new Part(-20_000, 0, 10_000, 10_000)));
        assertThat(colour(2, 18)).isEqualTo(RED);
        assertThat(colour(61, 18)).isEqualTo(RED);
        look(true, new Look(0, false, Tint.NONE, new Part(10_000, 0, 10_000, 10_000)));
        assertThat(colour(32, 18)).isEqualTo(BLUE);
    }

    @Test
    void coloursOfAPictureAreChangedAndThoseBesideItAreNot() {
        cameras.put("q", picture(36, 36, RED));
        look(false, new Look(0, false, Tint.GREY, Part.WHOLE));
        Picture canvas = painter.canvas();
        assertThat(canvas.luma()[18 * 64 + 32] & 0xff).isEqualTo(Picture.lumaOf(RED));
        assertThat(canvas.u()[9 * 32 + 16] & 0xff).isEqualTo(128);
        assertThat(canvas.v()[9 * 32 + 16] & 0xff).isEqualTo(128);
        assertThat(colour(4, 18)).isEqualTo(BLACK);

        look(false, new Look(0, false, Tint.SEPIA, Part.WHOLE));
        assertThat(canvas.luma()[18 * 64 + 32] & 0xff).isEqualTo(Picture.lumaOf(RED));
        assertThat(canvas.u()[9 * 32 + 16] & 0xff).isEqualTo(108);
        assertThat(canvas.v()[9 * 32 + 16] & 0xff).isEqualTo(142);

        look(false, new Look(0, false, Tint.FEW_COLOURS, Part.WHOLE));
        assertThat((canvas.luma()[18 * 64 + 32] & 0xff) % 32).isEqualTo(16);
        assertThat((canvas.u()[9 * 32 + 16] & 0xff) % 64).isEqualTo(32);
        assertThat(colour(4, 18)).isEqualTo(BLACK);
    }

    @Test
    void aBorderLiesAroundThePicture() {
        cameras.put("a", picture(64, 36, RED));
        show(new Tile(0, 0, 64, 36, new Content.Camera("a", Optional.empty(), false), true, BLACK, 4, GREEN, Optional.empty(), Optional.empty()));

        painter.paint(palette);

        assertThat(colour(1, 18)).isEqualTo(GREEN);
        assertThat(colour(32, 1)).isEqualTo(GREEN);
        assertThat(colour(62, 34)).isEqualTo(GREEN);
        assertThat(colour(32, 18)).isEqualTo(RED);
    }

    @Test
    void onlyWhatHasChangedIsPaintedAgain() {
        cameras.put("a", picture(32, 18, RED));
        cameras.put("b", picture(32, 18, GREEN));
        show(tile(0, 0, 32, 18, "a"), tile(32, 0, 32, 18, "b"));
        painter.paint(palette);
        assertThat(painter.paint(palette)).as("nothing moves").isFalse();
        long before = painter.canvas().version();

        repaint("a", BLUE);
        cameras.get("b").fill(0, 0, 32, 18, BLUE); // its camera did not say so

        assertThat(painter.paint(palette)).isTrue();
        assertThat(colour(16, 9)).isEqualTo(BLUE);
        assertThat(colour(48, 9)).isEqualTo(GREEN);
        assertThat(painter.canvas().version()).isEqualTo(before + 1);
    }

    @Test
    void whatLiesAboveIsPaintedAgainWithWhatIsBelow() {
        cameras.put("a", picture(64, 36, RED));
        cameras.put("small", picture(16, 16, GREEN));
        show(tile(0, 0, 64, 36, "a"), tile(40, 10, 16, 16, "small"));
        painter.paint(palette);
        assertThat(colour(48, 18)).isEqualTo(GREEN);

        repaint("a", BLUE);
        painter.paint(palette);

        assertThat(colour(48, 18)).isEqualTo(GREEN);
        assertThat(colour(10, 18)).isEqualTo(BLUE);
    }

    @Test
    void anAvatarIsShownUntilAPictureComes() {
        Art avatar = new Art.Initials("Ada");
        arts.put(avatar, solid(64, 36, BLUE, 255));
        show(new Tile(0, 0, 64, 36, new Content.Camera("a", Optional.of(avatar), false), false, BLACK, 0, 0, Optional.empty(), Optional.empty()));
        painter.paint(palette);
        assertThat(colour(32, 18)).isEqualTo(BLUE);

        cameras.put("a", picture(64, 36, RED));
        painter.paint(palette);
        assertThat(colour(32, 18)).isEqualTo(RED);

        cameras.remove("a");
        painter.paint(palette);
        assertThat(colour(32, 18)).isEqualTo(BLUE);
    }

    @Test
    void aBannerAndALogoLieOnThePicture() {
        Banner banner = new Banner("Ada", 0xffffff, 0, 20);
        Art logo = new Art.Image(java.nio.file.Path.of("logo.png"));
        arts.put(new Art.Line(banner), solid(64, 16, GREEN, 255));
        arts.put(logo, solid(16, 8, BLUE, 255));
        cameras.put("a", picture(64, 36, RED));
        show(new Tile(0, 0, 64, 36, new Content.Camera("a", Optional.empty(), false), false, BLACK, 0, 0, Optional.of(banner), Optional.of(logo)));

        painter.paint(palette);

        assertThat(colour(32, 30)).isEqualTo(GREEN);
        assertThat(colour(60, 2)).isEqualTo(BLUE);
        assertThat(colour(20, 10)).isEqualTo(RED);
    }

    @Test
    void whatIsBeforeAllIsNotLaidUponItself() {
        Art glass = new Art.Image(java.nio.file.Path.of("glass.png"));
        arts.put(glass, solid(64, 36, 0xffffff, 128));
        cameras.put("a", picture(64, 36, 0x000000));
        painter.show(new Scene(64, 36, GREY, Optional.empty(), Optional.of(glass), List.of(tile(0, 0, 32, 36, "a"), tile(32, 0, 32, 36, "b"))));
        painter.paint(palette);
        int first = painter.canvas().luma()[18 * 64 + 48] & 0xff;

        for (int i = 0; i < 5; i++) {
            cameras.get("a").painted();
            painter.paint(palette);
        }

        assertThat(painter.canvas().luma()[18 * 64 + 48] & 0xff).isEqualTo(first);
    }

    @Test
    void aCanvasMayChangeItsSize() {
        cameras.put("a", picture(64, 36, RED));
        show(tile(0, 0, 64, 36, "a"));
        painter.paint(palette);

        painter.show(new Scene(128, 72, GREY, Optional.empty(), Optional.empty(), List.of(tile(0, 0, 64, 36, "a"))));
        painter.paint(palette);

        assertThat(painter.canvas().width()).isEqualTo(128);
        assertThat(colour(10, 10)).isEqualTo(RED);
        assertThat(colour(120, 70)).isEqualTo(GREY);
    }

    @Test
    void paintingTheSameSceneAgainAllocatesNothing() {
        cameras.put("a", picture(48, 26, RED));
        cameras.put("b", picture(640, 360, GREEN));
        Banner banner = new Banner("Ada", 0xffffff, 0, 20);
        arts.put(new Art.Line(banner), solid(32, 16, GREEN, 100));
        Look look = new Look(1, true, Tint.SEPIA, new Part(1_000, 1_000, 5_000, 5_000));
        show(new Tile(0, 0, 32, 36, new Content.Camera("a", Optional.empty(), false, look), true, BLACK, 2, RED, Optional.of(banner), Optional.empty()),
                tile(32, 0, 32, 36, "b"));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                cameras.get("a").painted();
                cameras.get("b").painted();
                painter.paint(palette);
            }
            best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(best).as("bytes in 200 pictures").isLessThan(2_000);
    }

    private void repaint(String camera, int rgb) {
        Picture picture = cameras.get(camera);
        picture.fill(0, 0, picture.width(), picture.height(), rgb);
        picture.painted();
    }

    private void show(Tile... tiles) {
        painter.show(new Scene(64, 36, GREY, Optional.empty(), Optional.empty(), List.of(tiles)));
    }

    private static Tile tile(int x, int y, int width, int height, String source) {
        return new Tile(x, y, width, height, new Content.Camera(source, Optional.empty(), false), false,
                source.equals("b") && width == 32 && height == 36 ? GREY : BLACK, 0, 0, Optional.empty(), Optional.empty());
    }

    private static Picture picture(int width, int height, int rgb) {
        Picture picture = new Picture(width, height);
        picture.fill(0, 0, width, height, rgb);
        return picture;
    }

    private static Sprite solid(int width, int height, int rgb, int alpha) {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, alpha << 24 | rgb);
        return new Sprite(pixels, width, height);
    }

    /// The one of the colours here that a pixel is.
    private int colour(int x, int y) {
        Picture canvas = painter.canvas();
        int luma = canvas.luma()[y * canvas.width() + x] & 0xff;
        int at = y / 2 * (canvas.width() / 2) + x / 2;
        for (int rgb : new int[] {RED, GREEN, BLUE, GREY, BLACK}) {
            if (Math.abs(luma - Picture.lumaOf(rgb)) < 3 && Math.abs((canvas.u()[at] & 0xff) - Picture.uOf(rgb)) < 3
                    && Math.abs((canvas.v()[at] & 0xff) - Picture.vOf(rgb)) < 3) {
                return rgb;
            }
        }
        return -1;
    }
}
