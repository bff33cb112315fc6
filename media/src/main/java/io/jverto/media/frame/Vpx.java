package io.jverto.media.frame;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.VideoCodec;
import java.util.Optional;

/// VP8 and VP9 by libvpx, where that is installed. Nothing else of the server needs it.
public final class Vpx {
    /// Found once, when it is first asked for.
    private static final class Found {
        private static final Library LIBRARY = find();

        private static Library find() {
            try {
                return new Library(Optional.of(VpxNative.version()), "");
            } catch (ExceptionInInitializerError failed) {
                return new Library(Optional.empty(), String.valueOf(failed.getCause().getMessage()));
            } catch (LinkageError | IllegalArgumentException failed) {
                return new Library(Optional.empty(), String.valueOf(failed.getMessage()));
            }
        }
    }

    private record Library(Optional<String> version, String obstacle) {}

    private final Counters<FrameCount> counters;

    public Vpx(Counters<FrameCount> counters) {
        this.counters = counters;
    }

    /// @return the version of the library; empty where there is none that can be used
    public static Optional<String> version() {
        return Found.LIBRARY.version();
    }

    /// @return why there is no library that can be used; empty where there is one
    public static String obstacle() {
        return Found.LIBRARY.obstacle();
    }

    /// To be used and closed by the thread that makes it.
    ///
    /// @param codec VP8 or VP9
    public VpxDecoder decoder(VideoCodec codec) {
        return new VpxDecoder(codec, counters);
    }

    /// To be used and closed by the thread that makes it.
    ///
    /// @param codec VP8 or VP9
    /// @param width even pixels, 16 to [VpxEncoder#MAX_SIDE]
    /// @param height even pixels
    /// @param framesPerSecond at most as many are encoded
    public VpxEncoder encoder(VideoCodec codec, int width, int height, int framesPerSecond, int bitsPerSecond) {
        return new VpxEncoder(codec, counters, width, height, framesPerSecond, bitsPerSecond);
    }
}
