package io.jverto.media.frame;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.media.plan.VideoCodec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Encodes VP8 or VP9 by libvpx, for talks: no look-ahead, constant bit rate, key frames only when asked for. The thread that makes it must use and
/// close it. Its size never changes: who wants another one makes another encoder. Allocates nothing of its own per frame.
public final class VpxEncoder implements AutoCloseable {
    public static final int MAX_SIDE = 4_096;
    static final int MIN_SIDE = 16;
    /// kbit/s.
    static final int MIN_RATE = 30;
    static final int MAX_RATE = 50_000;
    /// How little time is taken for a frame, of 0 to 16: 2.7 ms for 640x360 (docs/performance.md).
    private static final int CPU_USED = -8;
    private static final int CONSTANT_RATE = 1;
    private static final int KEY_FRAMES_BY_HAND = 0;
    private static final int STILL_THRESHOLD = 1;
    /// A key frame may be so much larger than others, in percent of a frame's share: it comes in one burst.
    private static final int MAX_INTRA_PERCENT = 900;
    /// Timestamps are those of RTP (RFC 7741 section 4.1).
    private static final int CLOCK_HZ = 90_000;

    private final Counters<FrameCount> counters;
    private final int width;
    private final int height;
    private final long duration;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment context;
    private final MemorySegment config;
    private final MemorySegment image;
    private final MemorySegment pixels;
    private final MemorySegment iterator;
    private int bitsPerSecond;
    private byte[] output = new byte[65_536];
    private boolean key;
    private long lastTime = -1;
    private boolean closed;

    VpxEncoder(VideoCodec codec, Counters<FrameCount> counters, int width, int height, int framesPerSecond, int bitsPerSecond) {
        if (width < MIN_SIDE || width > MAX_SIDE || height < MIN_SIDE || height > MAX_SIDE || (width | height) % 2 != 0 || framesPerSecond < 1) {
            throw new Broken("no encoder is made for " + width + "x" + height + " at " + framesPerSecond + " frames a second");
        }
        this.counters = counters;
        this.width = width;
        this.height = height;
        this.duration = CLOCK_HZ / framesPerSecond;
        this.context = arena.allocate(VpxNative.CONTEXT_BYTES, 16);
        this.config = arena.allocate(VpxNative.CONFIG_BYTES, 16);
        this.image = arena.allocate(VpxNative.IMAGE_BYTES, 16);
        this.pixels = arena.allocate((long) width * height * 3 / 2, 64);
        this.iterator = arena.allocate(ADDRESS);
        this.bitsPerSecond = bitsPerSecond;
        boolean ready = VpxNative.defaults(codec, config) == VpxNative.OK;
        configure(kilobits(bitsPerSecond));
        ready = ready && VpxNative.wrap(image, width, height, pixels) && VpxNative.openEncoder(codec, context, config) == VpxNative.OK;
        if (!ready) {
            arena.close();
            throw new Broken("libvpx made no encoder for " + width + "x" + height);
        }
        VpxNative.control(context, VpxNative.SET_CPU_USED, CPU_USED);
        VpxNative.control(context, VpxNative.SET_STATIC_THRESHOLD, STILL_THRESHOLD);
        VpxNative.control(context, VpxNative.SET_MAX_INTRA_PERCENT, MAX_INTRA_PERCENT);
    }

    private void configure(int kilobits) {
        config.set(JAVA_INT, VpxNative.CONFIG_THREADS, 1);
        config.set(JAVA_INT, VpxNative.CONFIG_WIDTH, width);
        config.set(JAVA_INT, VpxNative.CONFIG_HEIGHT, height);
        config.set(JAVA_INT, VpxNative.CONFIG_TIMEBASE_NUM, 1);
        config.set(JAVA_INT, VpxNative.CONFIG_TIMEBASE_DEN, CLOCK_HZ);
        config.set(JAVA_INT, VpxNative.CONFIG_ERROR_RESILIENT, 1);
        config.set(JAVA_INT, VpxNative.CONFIG_LAG, 0);
        config.set(JAVA_INT, VpxNative.CONFIG_DROP_THRESHOLD, 0);
        config.set(JAVA_INT, VpxNative.CONFIG_END_USAGE, CONSTANT_RATE);
        config.set(JAVA_INT, VpxNative.CONFIG_BITRATE, kilobits);
        config.set(JAVA_INT, VpxNative.CONFIG_MIN_QUANTIZER, 4);
        config.set(JAVA_INT, VpxNative.CONFIG_MAX_QUANTIZER, 56);
        config.set(JAVA_INT, VpxNative.CONFIG_UNDERSHOOT, 100);
        config.set(JAVA_INT, VpxNative.CONFIG_OVERSHOOT, 15);
        // Milliseconds: a talk has no second to fill buffers in.
        config.set(JAVA_INT, VpxNative.CONFIG_BUFFER, 1_000);
        config.set(JAVA_INT, VpxNative.CONFIG_BUFFER_INITIAL, 500);
        config.set(JAVA_INT, VpxNative.CONFIG_BUFFER_OPTIMAL, 600);
        config.set(JAVA_INT, VpxNative.CONFIG_KEY_MODE, KEY_FRAMES_BY_HAND);
    }

    private static int kilobits(int bitsPerSecond) {
        return Math.clamp(bitsPerSecond / 1_000, MIN_RATE, MAX_RATE);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public int bitsPerSecond() {
        return bitsPerSecond;
    }

    /// Another bit rate, from the next frame on.
    public void bitsPerSecond(int wanted) {
        if (!closed && wanted != bitsPerSecond) {
            bitsPerSecond = wanted;
            config.set(JAVA_INT, VpxNative.CONFIG_BITRATE, kilobits(wanted));
            VpxNative.configure(context, config);
        }
    }

    /// Encodes a picture.
    ///
    /// @param luma `width` times `height` bytes
    /// @param u a quarter as many
    /// @param time of the picture in 1/90,000 s; each later than the one before
    /// @param keyWanted whether it shall be shown without those before it
    /// @return bytes of the frame, in [#output]; 0 when it was left out
    public int encode(byte[] luma, byte[] u, byte[] v, long time, boolean keyWanted) {
        int size = width * height;
        if (closed || luma.length < size || u.length < size / 4 || v.length < size / 4 || time <= lastTime) {
            return 0;
        }
        lastTime = time;
        MemorySegment.copy(luma, 0, pixels, JAVA_BYTE, 0, size);
        MemorySegment.copy(u, 0, pixels, JAVA_BYTE, size, size / 4);
        MemorySegment.copy(v, 0, pixels, JAVA_BYTE, size + size / 4, size / 4);
        if (VpxNative.encode(context, image, time, duration, keyWanted ? VpxNative.FORCE_KEY_FRAME : 0) != VpxNative.OK) {
            return 0;
        }
        iterator.set(ADDRESS, 0, MemorySegment.NULL);
        int length = 0;
        for (Optional<MemorySegment> packet = VpxNative.packet(context, iterator); packet.isPresent(); packet = VpxNative.packet(context, iterator)) {
            if (packet.get().get(JAVA_INT, VpxNative.PACKET_KIND) == VpxNative.PACKET_FRAME) {
                length = take(packet.get());
            }
        }
        if (length > 0) {
            counters.increment(FrameCount.FRAMES_ENCODED);
        }
        return length;
    }

    @SuppressWarnings("restricted") // native access is granted to this code at start
    private int take(MemorySegment packet) {
        long length = packet.get(JAVA_LONG, VpxNative.PACKET_SIZE);
        if (length <= 0 || length > FrameAssembler.MAX_FRAME) {
            return 0;
        }
        if (length > output.length) {
            output = new byte[Math.min(FrameAssembler.MAX_FRAME, (int) length * 2)];
        }
        MemorySegment bytes = packet.get(ADDRESS, VpxNative.PACKET_BUFFER).reinterpret(length);
        MemorySegment.copy(bytes, JAVA_BYTE, 0, output, 0, (int) length);
        key = (packet.get(JAVA_INT, VpxNative.PACKET_FLAGS) & VpxNative.FRAME_IS_KEY) != 0;
        return (int) length;
    }

    /// @return the last frame, from its beginning
    public byte[] output() {
        return output;
    }

    /// @return whether the last frame can be shown without those before it
    public boolean isKey() {
        return key;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            VpxNative.destroy(context);
            arena.close();
        }
    }
}
