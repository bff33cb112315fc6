package io.jverto.media.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jverto.base.count.Counters;
import io.jverto.media.frame.FrameAssembler;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.frame.Packetizer;
import io.jverto.media.frame.Vpx;
import io.jverto.media.frame.VpxDecoder;
import io.jverto.media.frame.VpxEncoder;
import io.jverto.media.picture.Picture;
import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Scene.Content;
import io.jverto.media.plan.Scene.Tile;
import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StudioTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    private static final long FRAME = TimeUnit.SECONDS.toNanos(1) / 25;

    private final Counters<StudioCount> counters = new Counters<>(StudioCount.class);
    private final Counters<FrameCount> frames = new Counters<>(FrameCount.class);
    private final Vpx codec = new Vpx(frames);
    private final StudioSetup setup = new StudioSetup(codec, counters, frames, (_, _, _) -> null);
    private final Studio studio = new Studio(setup, 25, 0);
    private final List<Camera> cameras = new ArrayList<>();
    private final List<Screen> screens = new ArrayList<>();
    private long now;

    @BeforeEach
    void theLibraryIsThere() {
        assumeThat(Vpx.version()).as("libvpx of Debian: %s", Vpx.obstacle()).isPresent();
    }

    @AfterEach
    void close() {
        studio.close();
        cameras.forEach(camera -> camera.encoder.close());
        screens.forEach(screen -> screen.decoder.close());
    }

    @Test
    void whoWatchesSeesEachMemberInItsPlace() {
        Camera dark = camera("dark", 60);
        Camera light = camera("light", 200);
        studio.show(0, scene("dark", "light"), 1_000_000);
        Screen screen = screen(0);

        run(15, dark, light);

        assertThat(screen.at(80, 90)).isCloseTo(60, within());
        assertThat(screen.at(240, 90)).isCloseTo(200, within());

        studio.show(0, scene("light", "dark"), 1_000_000);
        run(4, dark, light);

        assertThat(screen.at(80, 90)).as("another layout, at once").isCloseTo(200, within());
        assertThat(screen.at(240, 90)).isCloseTo(60, within());
        assertThat(screen.gaps).isZero();
    }

    @Test
    void whoHasVp9IsSeenByAllAndSeesAll() {
        Camera dark = camera(VideoCodec.VP9, "dark", 60);
        Camera light = camera("light", 200);
        studio.show(0, scene("dark", "light"), 1_000_000);
        Screen vp8 = screen(0);
        Screen vp9 = screen(VideoCodec.VP9, 0);

        run(15, dark, light);

        for (Screen screen : List.of(vp8, vp9)) {
            assertThat(screen.at(80, 90)).isCloseTo(60, within());
            assertThat(screen.at(240, 90)).isCloseTo(200, within());
            assertThat(screen.gaps).isZero();
            assertThat(screen.frames).isBetween(13, 15);
        }
    }

    @Test
    void aSourceMayGoOnInAnotherCodec() {
        Camera one = camera("a", 60);
        Camera other = camera(VideoCodec.VP9, "b", 200);
        studio.removeSource("b");
        studio.show(0, scene("a", "a"), 1_000_000);
        Screen screen = screen(0);
        run(10, one);
        assertThat(screen.at(80, 90)).isCloseTo(60, within());

        studio.codec("a", VideoCodec.VP9);
        other.as = "a";
        other.keyWanted = true;
        run(10, other);

        assertThat(screen.at(80, 90)).isCloseTo(200, within());
    }

    @Test
    void aSnapshotIsWhatIsSeenAndTakesNothingFromWhoWatches() {
        Camera dark = camera("dark", 60);
        Camera light = camera("light", 200);
        studio.show(0, scene("dark", "light"), 1_000_000);
        assertThat(studio.snapshot(0).orElseThrow().luma()[90 * WIDTH + 80] & 0xff).as("nobody watches").isLessThan(40);
        Screen screen = screen(0);
        run(10, dark, light);
        int frames = screen.frames;

        Picture seen = studio.snapshot(0).orElseThrow();
        run(5, dark, light);

        assertThat(seen.width() + "x" + seen.height()).isEqualTo(WIDTH + "x" + HEIGHT);
        assertThat(seen.luma()[90 * WIDTH + 80] & 0xff).isCloseTo(60, within());
        assertThat(seen.luma()[90 * WIDTH + 240] & 0xff).isCloseTo(200, within());
        assertThat(screen.frames - frames).isEqualTo(5);
        assertThat(studio.snapshot(7)).isEmpty();
    }

    @Test
    void manyWhoWatchShareAnEncoder() {
        Camera camera = camera("a", 60);
        studio.show(0, scene("a", "b"), 1_000_000);
        for (int i = 0; i < 6; i++) {
            screen(0);
        }
        run(10, camera);

        long own = frames.get(FrameCount.FRAMES_ENCODED) - camera.sent;
        assertThat(own).as("frames of the canvas").isBetween(9L, 10L);
        assertThat(screens).allSatisfy(screen -> assertThat(screen.frames).isEqualTo(own));
    }

    @Test
    void nobodyIsDecodedWhomNobodySees() {
        Camera shown = camera("shown", 60);
        Camera hidden = camera("hidden", 200);
        studio.show(0, scene("shown", "nobody"), 1_000_000);
        run(5, shown, hidden);
        assertThat(frames.get(FrameCount.FRAMES_DECODED)).as("nobody watches").isZero();

        screen(0);
        run(10, shown, hidden);

        assertThat(hidden.keysWanted).isZero();
        assertThat(shown.keysWanted).as("it comes in with a key frame").isEqualTo(1);
        assertThat(frames.get(FrameCount.FRAMES_DECODED) - screens.getFirst().frames).isBetween(8L, 10L);
        assertThat(counters.get(StudioCount.PICTURES_NOT_NEEDED)).isPositive();

        studio.show(0, scene("hidden", "shown"), 1_000_000);
        run(5, shown, hidden);
        assertThat(hidden.keysWanted).isEqualTo(1);
        assertThat(screens.getFirst().at(80, 90)).isCloseTo(200, within());
    }

    @Test
    void wishesForKeyFramesAreServedButNotEachOne() {
        Camera camera = camera("a", 60);
        studio.show(0, scene("a", "b"), 1_000_000);
        Screen screen = screen(0);
        run(5, camera);
        assertThat(screen.keys).isEqualTo(1);

        for (int i = 0; i < 25; i++) {
            screen.wish = true;
            run(1, camera);
        }

        assertThat(screen.keys).as("a storm of a second").isBetween(3, 4);
        assertThat(counters.get(StudioCount.KEY_FRAMES_DELAYED)).isPositive();
    }

    @Test
    void whoCanTakeLessHasAnEncoderOfHisOwnAndDisturbsNobody() {
        Camera camera = camera("a", 60);
        camera.noise = true;
        studio.show(0, scene("a", "b"), 1_000_000);
        Screen strong = screen(0);
        Screen weak = screen(0);
        weak.kbps = 120;
        run(100, camera);
        int before = strong.bytes;
        int beforeWeak = weak.bytes;
        run(50, camera);

        assertThat((strong.bytes - before) * 8 / 2).as("bit/s").isGreaterThan(400_000);
        assertThat((weak.bytes - beforeWeak) * 8 / 2).isLessThan(200_000);
        assertThat(weak.decoder.width()).as("half as many columns").isEqualTo(WIDTH / 2);
        assertThat(strong.decoder.width()).isEqualTo(WIDTH);

        weak.kbps = 1_000;
        run(10, camera);
        assertThat(weak.decoder.width()).isEqualTo(WIDTH);
        assertThat(weak.gaps).as("packets go on in their order").isZero();
    }

    @Test
    void picturesThatWouldBeLateAreLeftOut() {
        studio.show(0, scene("a", "b"), 1_000_000);
        Screen screen = screen(0);
        studio.onTimeout(0);
        long next = studio.onTimeout(10 * FRAME + FRAME / 2);

        assertThat(screen.frames).isEqualTo(2);
        assertThat(next).isEqualTo(11 * FRAME);
        assertThat(counters.get(StudioCount.PICTURES_LEFT_OUT)).isEqualTo(9);
    }

    @Test
    void aPictureThatStandsStillCostsLittle() {
        Camera camera = camera("a", 60);
        studio.show(0, scene("a", "b"), 1_000_000);
        Screen screen = screen(0);
        run(3, camera);
        run(40);
        int settled = screen.frames;

        run(50);

        assertThat(screen.frames - settled).as("in two seconds").isBetween(1, 3);
    }

    @Test
    void whoSendsNoMorePicturesIsAskedAndThenTakenOff() {
        Camera camera = camera("a", 200);
        studio.show(0, scene("a", "b"), 1_000_000);
        Screen screen = screen(0);
        run(5, camera);
        int asked = camera.keysWanted;

        run(4 * 25);
        assertThat(camera.keysWanted - asked).as("in the seconds without a picture").isBetween(4, 7);
        assertThat(screen.at(80, 90)).isCloseTo(200, within());

        run(2 * 25);
        assertThat(screen.at(80, 90)).as("the colour of the place").isLessThan(30);
    }

    @Test
    void whoIsShownLargeMaySendMuch() {
        Camera large = camera("large", 60);
        Camera hidden = camera("hidden", 60);
        studio.show(0, new Scene(1_280, 720, 0, Optional.empty(), Optional.empty(), List.of(new Tile(0, 0, 1_280, 720,
                new Content.Camera("large", Optional.empty(), false), false, 0, 0, 0, Optional.empty(), Optional.empty()))), 1_000_000);
        screen(0);

        assertThat(large.limit).isEqualTo((int) (1_280 * 720 * 0.14 * 25 / 1_000));
        assertThat(hidden.limit).isEqualTo(512);
    }

    @Test
    void aCanvasMayShowOtherCanvases() {
        Camera dark = camera("dark", 60);
        Camera light = camera("light", 200);
        studio.show(0, scene("dark", "dark"), 1_000_000);
        studio.show(1, scene("light", "light"), 1_000_000);
        studio.show(2, new Scene(WIDTH, HEIGHT, 0, Optional.empty(), Optional.empty(),
                List.of(tile(0, new Content.Canvas(0)), tile(WIDTH / 2, new Content.Canvas(1)))), 1_000_000);
        Screen screen = screen(2);

        run(15, dark, light);

        assertThat(screen.at(80, 90)).isCloseTo(60, within());
        assertThat(screen.at(240, 90)).isCloseTo(200, within());
    }

    @Test
    void whoWatchesAnotherCanvasSeesIt() {
        Camera dark = camera("dark", 60);
        Camera light = camera("light", 200);
        studio.show(0, scene("dark", "dark"), 1_000_000);
        studio.show(1, scene("light", "light"), 1_000_000);
        Screen screen = screen(0);
        run(15, dark, light);
        assertThat(screen.at(80, 90)).isCloseTo(60, within());

        studio.watch(screen.viewer, 1);
        run(15, dark, light);
        assertThat(screen.at(80, 90)).isCloseTo(200, within());
        assertThat(screen.gaps).isZero();

        studio.watch(screen.viewer, 77);
        int frames = screen.frames;
        run(15, dark, light);
        assertThat(screen.frames).as("there is none of that number").isEqualTo(frames);
    }

    @Test
    void nobodyGetsMoreThanItsLimit() {
        Camera camera = camera("a", 60);
        camera.noise = true;
        studio.show(0, scene("a", "a"), 1_000_000);
        Screen limited = screen(0);
        Screen other = screen(0);
        limited.viewer.limit(120_000, false);
        run(10, camera);
        int bytes = limited.bytes;
        run(50, camera);
        assertThat((limited.bytes - bytes) * 8 / 2).as("bit/s").isLessThan(200_000);
        assertThat(other.bytes).isGreaterThan(2 * limited.bytes);
        assertThat(limited.decoder.width()).as("of an eighth of the rate").isEqualTo(WIDTH / 2);

        limited.viewer.limit(0, true);
        run(15, camera);
        assertThat(limited.decoder.width()).isEqualTo(WIDTH / 2);
        limited.viewer.limit(0, false);
        run(15, camera);
        assertThat(limited.decoder.width()).isEqualTo(WIDTH);
    }

    private void run(int frames, Camera... moving) {
        for (int i = 0; i < frames; i++) {
            for (Camera camera : moving) {
                camera.send();
            }
            now = studio.onTimeout(now);
        }
    }

    private Camera camera(String id, int luma) {
        return camera(VideoCodec.VP8, id, luma);
    }

    private Camera camera(VideoCodec in, String id, int luma) {
        Camera camera = new Camera(in, id, luma);
        cameras.add(camera);
        studio.addSource(id, new Studio.Inlet() {
            @Override
            public void wantKeyFrame() {
                camera.keysWanted++;
                camera.keyWanted = true;
            }

            @Override
            public void bandwidth(int kbps) {
                camera.limit = kbps;
            }
        });
        studio.codec(id, in);
        return camera;
    }

    private Screen screen(int canvas) {
        return screen(VideoCodec.VP8, canvas);
    }

    private Screen screen(VideoCodec in, int canvas) {
        Screen screen = new Screen(in);
        screens.add(screen);
        studio.watch(screen.viewer, canvas);
        return screen;
    }

    private static Scene scene(String left, String right) {
        return new Scene(WIDTH, HEIGHT, 0, Optional.empty(), Optional.empty(), List.of(
                tile(0, new Content.Camera(left, Optional.empty(), false)), tile(WIDTH / 2, new Content.Camera(right, Optional.empty(), false))));
    }

    private static Tile tile(int x, Content content) {
        return new Tile(x, 0, WIDTH / 2, HEIGHT, content, true, 0, 0, 0, Optional.empty(), Optional.empty());
    }

    private static org.assertj.core.data.Offset<Integer> within() {
        return org.assertj.core.data.Offset.offset(12);
    }

    /// Sends a plane of one brightness, or with noise upon it.
    private final class Camera {
        private String as;
        private final byte[] luma = new byte[WIDTH * HEIGHT];
        private final byte[] chroma = new byte[WIDTH * HEIGHT / 4];
        private final VpxEncoder encoder;
        private final Packetizer packetizer;
        private final java.util.Random random = new java.util.Random(1);
        private final int brightness;
        private boolean noise;
        private boolean keyWanted;
        private int keysWanted;
        private int limit;
        private int sequence;
        private int sent;

        Camera(VideoCodec in, String id, int brightness) {
            this.encoder = codec.encoder(in, WIDTH, HEIGHT, 25, 2_000_000);
            this.packetizer = Packetizer.of(in);
            this.as = id;
            this.brightness = brightness;
            Arrays.fill(luma, (byte) brightness);
            Arrays.fill(chroma, (byte) 128);
        }

        void send() {
            for (int i = 0; noise && i < luma.length; i++) {
                luma[i] = (byte) (brightness + random.nextInt(-30, 31));
            }
            sent++;
            int length = encoder.encode(luma, chroma, chroma, sent * 3_600L, keyWanted);
            keyWanted = false;
            packetizer.send(encoder.output(), length, (bytes, size, marker) ->
                    studio.onPacket(now, as, sequence++ & 0xffff, sent * 3_600, marker, bytes, 0, size));
        }
    }

    /// Watches, as a browser does.
    private final class Screen implements Viewer.Outlet {
        private final FrameAssembler assembler;
        private final VpxDecoder decoder;
        private final Viewer viewer;
        private int kbps;
        private boolean wish;
        private int frames;
        private int keys;
        private int bytes;
        private int gaps;
        private int next;

        Screen(VideoCodec in) {
            this.assembler = new FrameAssembler(in, new Counters<>(FrameCount.class));
            this.decoder = codec.decoder(in);
            this.viewer = studio.addViewer(in, this);
        }

        @Override
        public void send(boolean key, boolean marker, int sequence, int timestamp, byte[] payload, int length) {
            gaps += sequence == next ? 0 : 1;
            next = sequence + 1 & 0xffff;
            keys += key ? 1 : 0;
            bytes += length;
            assembler.onPacket(now, sequence, timestamp, marker, payload, 0, length, (frame, size, _) -> {
                assertThat(decoder.decode(now, frame, size)).isTrue();
                frames++;
            });
        }

        @Override
        public boolean takeKeyFrameWish() {
            boolean was = wish;
            wish = false;
            return was;
        }

        @Override
        public int kbps() {
            return kbps;
        }

        int at(int x, int y) {
            byte[] plane = new byte[decoder.width() * decoder.height()];
            decoder.copyPlane(0, plane, decoder.width(), decoder.height());
            return plane[y * decoder.width() + x] & 0xff;
        }
    }
}
