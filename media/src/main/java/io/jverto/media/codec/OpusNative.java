package io.jverto.media.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.jverto.base.foreign.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// The functions of libopus (opus.h, opus_defines.h). A wrong size here ends the whole server, so only the two wrappers
/// in this package call them, after their checks. Initialising this class loads the library and throws where it cannot.
final class OpusNative {
    static final int APPLICATION_VOIP = 2048;
    static final int APPLICATION_AUDIO = 2049;
    static final int APPLICATION_LOW_DELAY = 2051;
    static final int SET_BITRATE = 4002;
    static final int SET_MAX_BANDWIDTH = 4004;
    static final int SET_VBR = 4006;
    static final int SET_COMPLEXITY = 4010;
    static final int SET_INBAND_FEC = 4012;
    static final int SET_PACKET_LOSS_PERC = 4014;
    static final int SET_DTX = 4016;
    static final int RESET_STATE = 4028;
    static final int SET_PREDICTION_DISABLED = 4042;
    static final int BANDWIDTH_NARROW = 1101;
    static final int BANDWIDTH_MEDIUM = 1102;
    static final int BANDWIDTH_WIDE = 1103;
    static final int BANDWIDTH_SUPER_WIDE = 1104;
    static final int BANDWIDTH_FULL = 1105;

    private static final String RESOURCE = "linux/" + architecture() + "/org/lwjgl/opus/libopus.so";
    private static final NativeLibrary LIBRARY = NativeLibrary.unpack("libopus", RESOURCE);
    private static final MethodHandle ENCODER_CREATE =
            LIBRARY.function("opus_encoder_create", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle ENCODER_CTL =
            LIBRARY.function("opus_encoder_ctl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), variadic());
    private static final MethodHandle ENCODE =
            LIBRARY.function("opus_encode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle ENCODER_DESTROY =
            LIBRARY.function("opus_encoder_destroy", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle DECODER_CREATE =
            LIBRARY.function("opus_decoder_create", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle DECODER_CTL =
            LIBRARY.function("opus_decoder_ctl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), variadic());
    private static final MethodHandle DECODE = LIBRARY.function(
            "opus_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle DECODER_DESTROY =
            LIBRARY.function("opus_decoder_destroy", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle VERSION =
            LIBRARY.function("opus_get_version_string", FunctionDescriptor.of(ADDRESS));

    private OpusNative() {}

    /// @return what the library says of itself, for instance `libopus 1.5.2`; where it was built without a version, whose build it is
    static String version() {
        String said;
        try {
            said = NativeLibrary.text((MemorySegment) VERSION.invokeExact());
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
        return said.chars().anyMatch(Character::isDigit) ? said : "libopus as LWJGL " + artifact() + " has it";
    }

    /// @return the version of the archive that the library comes in, empty where nothing says it
    private static String artifact() {
        try {
            if (OpusNative.class.getClassLoader().getResource(RESOURCE) instanceof URL where && where.openConnection() instanceof JarURLConnection archive) {
                archive.setUseCaches(false);
                try (JarFile jar = archive.getJarFile()) {
                    String version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.SPECIFICATION_VERSION);
                    return version == null ? "" : version;
                }
            }
            return "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @return the encoder, or the null pointer
    static MemorySegment createEncoder(int rate, int channels, int application) {
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment) ENCODER_CREATE.invokeExact(rate, channels, application, arena.allocate(JAVA_INT));
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int control(MemorySegment encoder, int request, int value) {
        try {
            return (int) ENCODER_CTL.invokeExact(encoder, request, value);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static int encode(MemorySegment encoder, MemorySegment pcm, int samples, MemorySegment out, int maxBytes) {
        try {
            return (int) ENCODE.invokeExact(encoder, pcm, samples, out, maxBytes);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static void destroyEncoder(MemorySegment encoder) {
        try {
            ENCODER_DESTROY.invokeExact(encoder);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @return the decoder, or the null pointer
    static MemorySegment createDecoder(int rate, int channels) {
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment) DECODER_CREATE.invokeExact(rate, channels, arena.allocate(JAVA_INT));
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static void resetDecoder(MemorySegment decoder) {
        try {
            int ignored = (int) DECODER_CTL.invokeExact(decoder, RESET_STATE, 0);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @param packet the null pointer conceals
    static int decode(
            MemorySegment decoder, MemorySegment packet, int length, MemorySegment pcm, int samples, int fec) {
        try {
            return (int) DECODE.invokeExact(decoder, packet, length, pcm, samples, fec);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static void destroyDecoder(MemorySegment decoder) {
        try {
            DECODER_DESTROY.invokeExact(decoder);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    private static Linker.Option variadic() {
        return Linker.Option.firstVariadicArg(2);
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
