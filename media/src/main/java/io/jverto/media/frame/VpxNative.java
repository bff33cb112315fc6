package io.jverto.media.frame;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.jverto.base.foreign.NativeLibrary;
import io.jverto.media.plan.VideoCodec;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The functions and structures of libvpx 1.12 and 1.15 (vpx_codec.h, vpx_encoder.h, vpx_decoder.h, vpx_image.h, vp8cx.h) on a 64-bit machine: what
/// is used here is the same in both. A wrong size ends the whole server, so only the two wrappers in this package call them, after their checks.
/// Initialising this class loads the library and throws [UnsupportedOperationException] where there is none, or another one than its name says.
final class VpxNative {
    static final int OK = 0;
    static final long FORCE_KEY_FRAME = 1;
    static final long DEADLINE_REALTIME = 1;
    static final int SET_CPU_USED = 13;
    static final int SET_STATIC_THRESHOLD = 17;
    static final int SET_MAX_INTRA_PERCENT = 26;
    static final int IMAGE_I420 = 0x102;

    /// Of `vpx_codec_ctx_t` (56 bytes), `vpx_codec_enc_cfg_t` (504) and `vpx_image_t` (136), with room to spare.
    static final long CONTEXT_BYTES = 256;
    static final long CONFIG_BYTES = 1_024;
    static final long IMAGE_BYTES = 256;
    private static final long IMAGE_BYTES_OF_LIBRARY = 136;

    static final long CONFIG_THREADS = 4;
    static final long CONFIG_WIDTH = 12;
    static final long CONFIG_HEIGHT = 16;
    static final long CONFIG_TIMEBASE_NUM = 28;
    static final long CONFIG_TIMEBASE_DEN = 32;
    static final long CONFIG_ERROR_RESILIENT = 36;
    static final long CONFIG_LAG = 44;
    static final long CONFIG_DROP_THRESHOLD = 48;
    static final long CONFIG_END_USAGE = 72;
    static final long CONFIG_BITRATE = 112;
    static final long CONFIG_MIN_QUANTIZER = 116;
    static final long CONFIG_MAX_QUANTIZER = 120;
    static final long CONFIG_UNDERSHOOT = 124;
    static final long CONFIG_OVERSHOOT = 128;
    static final long CONFIG_BUFFER = 132;
    static final long CONFIG_BUFFER_INITIAL = 136;
    static final long CONFIG_BUFFER_OPTIMAL = 140;
    static final long CONFIG_KEY_MODE = 160;
    static final long CONFIG_KEY_MAX_DISTANCE = 168;

    static final long IMAGE_FORMAT = 0;
    static final long IMAGE_WIDTH = 24;
    static final long IMAGE_HEIGHT = 28;
    static final long IMAGE_PLANES = 48;
    static final long IMAGE_STRIDES = 80;

    static final long PACKET_KIND = 0;
    static final long PACKET_BUFFER = 8;
    static final long PACKET_SIZE = 16;
    static final long PACKET_FLAGS = 40;
    static final long PACKET_BYTES = 64;
    static final int PACKET_FRAME = 0;
    static final int FRAME_IS_KEY = 1;

    /// Version of the decoder's structures that the offsets above belong to. The library refuses others.
    private static final int DECODER_ABI = 12;
    private static final Known KNOWN = find();
    private static final NativeLibrary LIBRARY = NativeLibrary.find("libvpx", KNOWN.file).orElseThrow();
    private static final MethodHandle VERSION = LIBRARY.function("vpx_codec_version_str", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle DECODER_INIT =
            LIBRARY.function("vpx_codec_dec_init_ver", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle DECODE =
            LIBRARY.function("vpx_codec_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle GET_FRAME = LIBRARY.function("vpx_codec_get_frame", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle DESTROY = LIBRARY.function("vpx_codec_destroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle CONFIG_DEFAULT =
            LIBRARY.function("vpx_codec_enc_config_default", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle ENCODER_INIT =
            LIBRARY.function("vpx_codec_enc_init_ver", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CONFIG_SET = LIBRARY.function("vpx_codec_enc_config_set", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle CONTROL = LIBRARY.function("vpx_codec_control_", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle ENCODE = LIBRARY.function("vpx_codec_encode",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GET_DATA = LIBRARY.function("vpx_codec_get_cx_data", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle IMAGE_WRAP =
            LIBRARY.function("vpx_img_wrap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MemorySegment VP8_DECODER = codec("vpx_codec_vp8_dx");
    private static final MemorySegment VP8_ENCODER = codec("vpx_codec_vp8_cx");
    private static final MemorySegment VP9_DECODER = codec("vpx_codec_vp9_dx");
    private static final MemorySegment VP9_ENCODER = codec("vpx_codec_vp9_cx");

    /// The libraries whose structures have been looked at, the newest first.
    private enum Known {
        V1_15("libvpx.so.9", 36),
        V1_12("libvpx.so.7", 25);

        private final String file;
        /// Version of the encoder's structures. The library refuses others.
        private final int encoderAbi;

        Known(String file, int encoderAbi) {
            this.file = file;
            this.encoderAbi = encoderAbi;
        }
    }

    static {
        checkLayout();
    }

    private VpxNative() {}

    private static Known find() {
        for (Known known : Known.values()) {
            if (NativeLibrary.find("libvpx", known.file).isPresent()) {
                return known;
            }
        }
        throw new UnsupportedOperationException("there is neither " + Known.V1_15.file + " nor " + Known.V1_12.file);
    }

    static String version() {
        try {
            return NativeLibrary.text((MemorySegment) VERSION.invokeExact());
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int openDecoder(VideoCodec codec, MemorySegment context) {
        MemorySegment decoder = codec == VideoCodec.VP9 ? VP9_DECODER : VP8_DECODER;
        try {
            return (int) DECODER_INIT.invokeExact(context, decoder, MemorySegment.NULL, 0L, DECODER_ABI);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int decode(MemorySegment context, MemorySegment data, int length) {
        try {
            return (int) DECODE.invokeExact(context, data, length, MemorySegment.NULL, 0L);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @param iterator a null pointer at first
    /// @return the picture, readable as far as the library wrote it; empty when there is none
    static Optional<MemorySegment> frame(MemorySegment context, MemorySegment iterator) {
        try {
            return sized((MemorySegment) GET_FRAME.invokeExact(context, iterator), IMAGE_BYTES_OF_LIBRARY);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static void destroy(MemorySegment context) {
        try {
            int ignored = (int) DESTROY.invokeExact(context);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int defaults(VideoCodec codec, MemorySegment config) {
        MemorySegment encoder = encoder(codec);
        try {
            return (int) CONFIG_DEFAULT.invokeExact(encoder, config, 0);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    private static MemorySegment encoder(VideoCodec codec) {
        return codec == VideoCodec.VP9 ? VP9_ENCODER : VP8_ENCODER;
    }

    static int openEncoder(VideoCodec codec, MemorySegment context, MemorySegment config) {
        MemorySegment encoder = encoder(codec);
        try {
            return (int) ENCODER_INIT.invokeExact(context, encoder, config, 0L, KNOWN.encoderAbi);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int configure(MemorySegment context, MemorySegment config) {
        try {
            return (int) CONFIG_SET.invokeExact(context, config);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int control(MemorySegment context, int what, int value) {
        try {
            return (int) CONTROL.invokeExact(context, what, value);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int encode(MemorySegment context, MemorySegment image, long time, long duration, long flags) {
        try {
            return (int) ENCODE.invokeExact(context, image, time, duration, flags, DEADLINE_REALTIME);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @param iterator a null pointer at first
    static Optional<MemorySegment> packet(MemorySegment context, MemorySegment iterator) {
        try {
            return sized((MemorySegment) GET_DATA.invokeExact(context, iterator), PACKET_BYTES);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// Lets an image be these pixels: rows of luma, then those of the two of chroma, without gaps. Width and height are even.
    ///
    /// @return whether it is
    static boolean wrap(MemorySegment image, int width, int height, MemorySegment pixels) {
        try {
            return ((MemorySegment) IMAGE_WRAP.invokeExact(image, IMAGE_I420, width, height, 1, pixels)).address() != 0;
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// The defaults of libvpx stand where they are looked for, or nothing here is used.
    private static void checkLayout() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(CONFIG_BYTES, 16);
            boolean known = defaults(VideoCodec.VP8, config) == OK
                    && config.get(JAVA_INT, CONFIG_WIDTH) == 320
                    && config.get(JAVA_INT, CONFIG_HEIGHT) == 240
                    && config.get(JAVA_INT, CONFIG_TIMEBASE_NUM) == 1
                    && config.get(JAVA_INT, CONFIG_TIMEBASE_DEN) == 30
                    && config.get(JAVA_INT, CONFIG_BITRATE) == 256
                    && config.get(JAVA_INT, CONFIG_MAX_QUANTIZER) == 63
                    && config.get(JAVA_INT, CONFIG_KEY_MODE) == 1
                    && config.get(JAVA_INT, CONFIG_KEY_MAX_DISTANCE) == 128;
            MemorySegment context = arena.allocate(CONTEXT_BYTES, 16);
            if (!known || openEncoder(VideoCodec.VP8, context, config) != OK) {
                throw new UnsupportedOperationException(KNOWN.file + " is libvpx " + version() + ", whose structures are not known");
            }
            destroy(context);
        }
    }

    @SuppressWarnings("restricted") // native access is granted to this code at start
    private static Optional<MemorySegment> sized(MemorySegment pointer, long bytes) {
        return pointer.address() == 0 ? Optional.empty() : Optional.of(pointer.reinterpret(bytes));
    }

    private static MemorySegment codec(String name) {
        try {
            return (MemorySegment) LIBRARY.function(name, FunctionDescriptor.of(ADDRESS)).invokeExact();
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }
}
