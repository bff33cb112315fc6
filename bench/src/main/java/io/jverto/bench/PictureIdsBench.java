package io.jverto.bench;

import io.jverto.media.plan.VideoCodec;
import io.jverto.media.video.PictureIds;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to let the numbers of pictures run on, for each packet that a viewer gets: while the source is the first one, after it has changed,
/// and where a short id becomes a long one, which moves the payload by a byte. Writing the descriptor that is rewritten is in it. Allocates nothing.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PictureIdsBench {
    private static final int PAYLOAD = 1_100;
    private static final byte[] LONG = HexFormat.of().parseHex("80f08001010000");
    private static final byte[] SHORT = HexFormat.of().parseHex("80f001010000");

    @Param({"none", "first", "changed", "grown"})
    String numbers = "first";

    private final byte[] payload = new byte[PAYLOAD + 1];
    private PictureIds ids = new PictureIds();
    private byte[] descriptor = LONG;
    private int idAt;
    private int picture;

    @Setup
    public void setUp() {
        ids = new PictureIds();
        descriptor = "grown".equals(numbers) ? SHORT : LONG;
        idAt = "grown".equals(numbers) ? 2 : 3;
        picture = 0;
        write(LONG);
        ids.rewrite(VideoCodec.VP8, true, true, payload, 0, PAYLOAD);
        if (!"first".equals(numbers)) {
            write(descriptor);
            ids.rewrite(VideoCodec.VP8, true, true, payload, 0, PAYLOAD);
        }
    }

    private void write(byte[] what) {
        System.arraycopy(what, 0, payload, 0, what.length);
    }

    @Benchmark
    public int rewrite() {
        write(descriptor);
        payload[idAt] = (byte) (++picture >> 2 & 0x7f);
        return ids.rewrite("none".equals(numbers) ? VideoCodec.H264 : VideoCodec.VP8, false, false, payload, 0, PAYLOAD);
    }
}
