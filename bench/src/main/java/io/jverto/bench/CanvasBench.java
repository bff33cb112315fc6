package io.jverto.bench;

import io.jverto.base.count.Counters;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.frame.Vpx;
import io.jverto.media.frame.VpxDecoder;
import io.jverto.media.frame.VpxEncoder;
import io.jverto.media.picture.Painter;
import io.jverto.media.picture.Picture;
import io.jverto.media.picture.Sprite;
import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Content;
import io.jverto.media.plan.Scene.Tile;
import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One picture of a canvas of 1280x720 with members of 640x360 who all move: decoding theirs, painting, encoding it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CanvasBench implements Painter.Palette {
    private static final int WIDTH = 1_280;
    private static final int HEIGHT = 720;
    private static final int FROM_WIDTH = 640;
    private static final int FROM_HEIGHT = 360;
    private static final int FRAMES = 60;

    @Param({"4", "9", "16"})
    public int members;

    @Param({"VP8", "VP9"})
    public VideoCodec format;

    private final Painter painter = new Painter(WIDTH, HEIGHT);
    private final List<Picture> pictures = new ArrayList<>();
    private final List<byte[]> frames = new ArrayList<>();
    private final Vpx codec = new Vpx(new Counters<>(FrameCount.class));
    private VpxDecoder decoder;
    private VpxEncoder encoder;
    private int frame;
    private long time;

    @Setup(Level.Trial)
    public void open() {
        int side = (int) Math.sqrt(members);
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            pictures.add(new Picture(FROM_WIDTH, FROM_HEIGHT));
            tiles.add(new Tile(WIDTH / side * (i % side) & ~1, HEIGHT / side * (i / side) & ~1, WIDTH / side & ~1, HEIGHT / side & ~1,
                    new Content.Camera(Integer.toString(i), Optional.empty(), false), false, 0, 0, 0, Optional.empty(), Optional.empty()));
        }
        painter.show(new Scene(WIDTH, HEIGHT, 0x333333, Optional.empty(), Optional.empty(), tiles));
        try (VpxEncoder camera = codec.encoder(format, FROM_WIDTH, FROM_HEIGHT, 30, 600_000)) {
            for (int i = 0; i < FRAMES; i++) {
                move(pictures.getFirst(), i);
                int length = camera.encode(pictures.getFirst().luma(), pictures.getFirst().u(), pictures.getFirst().v(), i * 3_000L + 1, i == 0);
                frames.add(Arrays.copyOf(camera.output(), length));
            }
        }
        for (int i = 0; i < members; i++) {
            move(pictures.get(i), i);
        }
        decoder = codec.decoder(format);
        encoder = codec.encoder(format, WIDTH, HEIGHT, 30, 1_500_000);
    }

    @TearDown(Level.Trial)
    public void close() {
        decoder.close();
        encoder.close();
    }

    /// A grating that goes on, with some grain.
    private static void move(Picture picture, int step) {
        for (int y = 0; y < FROM_HEIGHT; y++) {
            for (int x = 0; x < FROM_WIDTH; x++) {
                int grain = (x * 31 + y * 17 + step * 13) % 9;
                picture.luma()[y * FROM_WIDTH + x] = (byte) (120 + 60 * Math.sin((x + 4 * step) / 19.0) + 30 * Math.sin((y - 2 * step) / 13.0) + grain);
            }
        }
        Arrays.fill(picture.u(), (byte) (100 + step % 50));
        Arrays.fill(picture.v(), (byte) 140);
        picture.painted();
    }

    @Benchmark
    public boolean paint() {
        pictures.forEach(Picture::painted);
        return painter.paint(this);
    }

    /// Of all members, their picture copied out.
    @Benchmark
    public void decode() {
        byte[] next = frames.get(frame++ % FRAMES);
        for (int i = 0; i < members; i++) {
            decoder.decode(time, next, next.length);
            decoder.copyPlane(0, pictures.get(i).luma(), FROM_WIDTH, FROM_HEIGHT);
            decoder.copyPlane(1, pictures.get(i).u(), FROM_WIDTH / 2, FROM_HEIGHT / 2);
            decoder.copyPlane(2, pictures.get(i).v(), FROM_WIDTH / 2, FROM_HEIGHT / 2);
        }
    }

    @Benchmark
    public int paintAndEncode() {
        byte[] next = frames.get(frame++ % FRAMES);
        decoder.decode(time, next, next.length);
        decoder.copyPlane(0, pictures.getFirst().luma(), FROM_WIDTH, FROM_HEIGHT);
        Picture moving = pictures.getFirst();
        for (int i = 1; i < members; i++) {
            System.arraycopy(moving.luma(), 0, pictures.get(i).luma(), 0, FROM_WIDTH * FROM_HEIGHT);
        }
        paint();
        time += 3_000;
        return encoder.encode(painter.canvas().luma(), painter.canvas().u(), painter.canvas().v(), time, false);
    }

    @Override
    public @Nullable Picture camera(String source, boolean freezes) {
        return pictures.get(Integer.parseInt(source));
    }

    @Override
    public @Nullable Picture canvas(int number) {
        return null;
    }

    @Override
    public @Nullable Sprite art(Art art, int width, int height) {
        return null;
    }
}
