package io.jverto.media.vp8;

import io.jverto.base.count.Counters;
import java.util.Optional;

/// VP8 by libvpx, where that is installed. Nothing else of the server needs it.
public final class Vp8Codec {
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

    private final Counters<Vp8Count> counters;

    public Vp8Codec(Counters<Vp8Count> counters) {
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
    public Vp8Decoder decoder() {
        return new Vp8Decoder(counters);
    }

    /// To be used and closed by the thread that makes it.
    ///
    /// @param width even pixels, 16 to [Vp8Encoder#MAX_SIDE]
    /// @param height even pixels
    /// @param framesPerSecond at most as many are encoded
    public Vp8Encoder encoder(int width, int height, int framesPerSecond, int bitsPerSecond) {
        return new Vp8Encoder(counters, width, height, framesPerSecond, bitsPerSecond);
    }
}
