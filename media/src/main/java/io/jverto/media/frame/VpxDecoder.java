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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Decodes VP8 or VP9 by libvpx. The thread that makes it must use and close it: its memory is confined. What a frame claims of itself is checked
/// before the library sees it: pictures over [#MAX_PIXELS] are refused, and of another size at most [#MAX_RESIZES] a second.
public final class VpxDecoder implements AutoCloseable {
    /// 4K; more than any camera of a talk sends.
    public static final int MAX_PIXELS = 3_840 * 2_160;
    static final int MAX_RESIZES = 4;
    private static final int MAX_SIDE = 4_096;

    private final VideoCodec codec;
    private final Counters<FrameCount> counters;
    private final Vp9Frames parts = new Vp9Frames();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment context;
    private final MemorySegment iterator;
    private final MemorySegment data;
    private @Nullable MemorySegment picture;
    private int width;
    private int height;
    private int keyWidth;
    private int keyHeight;
    private long resizesSinceNanos = Long.MIN_VALUE;
    private int resizes;
    private boolean closed;

    VpxDecoder(VideoCodec codec, Counters<FrameCount> counters) {
        this.codec = codec;
        this.counters = counters;
        this.context = arena.allocate(VpxNative.CONTEXT_BYTES, 16);
        this.iterator = arena.allocate(ADDRESS);
        this.data = arena.allocate(FrameAssembler.MAX_FRAME + Vp9Frames.INDEX_BYTES);
        if (VpxNative.openDecoder(codec, context) != VpxNative.OK) {
            arena.close();
            throw new Broken("libvpx made no decoder");
        }
    }

    /// Decodes a frame. The picture is there until the next one.
    ///
    /// @return false when the frame is refused, or shows nothing; the next one that can count is a key frame then
    public boolean decode(long nowNanos, byte[] frame, int length) {
        picture = null;
        if (closed || length > FrameAssembler.MAX_FRAME || !(codec == VideoCodec.VP9 ? decodeVp9(nowNanos, frame, length) : decodeVp8(nowNanos, frame, length))) {
            return false;
        }
        if (picture == null) {
            return false;
        }
        counters.increment(FrameCount.FRAMES_DECODED);
        return true;
    }

    private boolean decodeVp8(long nowNanos, byte[] frame, int length) {
        if (!mayDecode(nowNanos, Vp8Header.parse(frame, length))) {
            return false;
        }
        MemorySegment.copy(frame, 0, data, JAVA_BYTE, 0, length);
        return decode(length);
    }

    /// One after the other, each with an index of itself alone behind it, so that the library finds no other one in it that nobody has looked at.
    private boolean decodeVp9(long nowNanos, byte[] frame, int length) {
        parts.split(frame, length);
        for (int i = 0; i < parts.count(); i++) {
            int size = parts.end(i) - parts.begin(i);
            if (!mayDecode(nowNanos, Vp9Header.look(frame, parts.begin(i), parts.end(i)))) {
                return false;
            }
            MemorySegment.copy(frame, parts.begin(i), data, JAVA_BYTE, 0, size);
            if (!decode(parts.index(data, size))) {
                return false;
            }
        }
        return true;
    }

    /// @param length of what is in `data`
    private boolean decode(int length) {
        if (VpxNative.decode(context, data, length) != VpxNative.OK) {
            counters.increment(FrameCount.FRAMES_BROKEN);
            return false;
        }
        iterator.set(ADDRESS, 0, MemorySegment.NULL);
        Optional<MemorySegment> image = VpxNative.frame(context, iterator);
        return image.isEmpty() || take(image.get());
    }

    /// @param header with a size wherever the frame says one
    private boolean mayDecode(long nowNanos, @Nullable FrameHeader header) {
        if (header == null) {
            counters.increment(FrameCount.FRAMES_BROKEN);
            return false;
        }
        if (!header.key() && keyWidth == 0) {
            return false; // the library would take it for a broken one
        }
        if (header.width() == 0) {
            return true;
        }
        if (header.width() > MAX_SIDE || header.height() > MAX_SIDE || header.width() * header.height() > MAX_PIXELS) {
            counters.increment(FrameCount.PICTURES_TOO_LARGE);
            keyWidth = 0;
            return false;
        }
        if (header.width() != keyWidth || header.height() != keyHeight) {
            if (keyWidth > 0 && !mayResize(nowNanos)) {
                counters.increment(FrameCount.SIZES_CHANGED_TOO_OFTEN);
                return false;
            }
            keyWidth = header.width();
            keyHeight = header.height();
        }
        return true;
    }

    /// Each makes new buffers.
    private boolean mayResize(long nowNanos) {
        if (resizesSinceNanos == Long.MIN_VALUE || nowNanos - resizesSinceNanos >= TimeUnit.SECONDS.toNanos(1)) {
            resizesSinceNanos = nowNanos;
            resizes = 0;
        }
        return ++resizes <= MAX_RESIZES;
    }

    private boolean take(MemorySegment image) {
        int shownWidth = image.get(JAVA_INT, VpxNative.IMAGE_WIDTH);
        int shownHeight = image.get(JAVA_INT, VpxNative.IMAGE_HEIGHT);
        if (image.get(JAVA_INT, VpxNative.IMAGE_FORMAT) != VpxNative.IMAGE_I420 || shownWidth < 1 || shownHeight < 1
                || (long) shownWidth * shownHeight > MAX_PIXELS) {
            return false;
        }
        picture = image;
        width = shownWidth;
        height = shownHeight;
        return true;
    }

    /// @return pixels of the last picture
    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /// Copies a plane of the last picture.
    ///
    /// @param plane 0 luma; 1 and 2 chroma, with half as many columns and rows, rounded up
    /// @param columns at most as many as the plane has
    /// @param rows at most as many as it has
    public void copyPlane(int plane, byte[] into, int columns, int rows) {
        MemorySegment image = picture;
        int shift = plane == 0 ? 0 : 1;
        if (image == null || columns > width + shift >> shift || rows > height + shift >> shift) {
            throw new Broken("plane " + plane + " of " + columns + "x" + rows + " is asked of a picture of " + width + "x" + height);
        }
        int stride = image.get(JAVA_INT, VpxNative.IMAGE_STRIDES + plane * 4L);
        long address = image.get(JAVA_LONG, VpxNative.IMAGE_PLANES + plane * 8L);
        MemorySegment pixels = pixels(address, (long) stride * (rows - 1) + columns);
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(pixels, JAVA_BYTE, (long) row * stride, into, row * columns, columns);
        }
    }

    @SuppressWarnings("restricted") // native access is granted to this code at start
    private static MemorySegment pixels(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            picture = null;
            VpxNative.destroy(context);
            arena.close();
        }
    }
}
