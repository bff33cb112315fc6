package io.jverto.media.speex;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.jverto.base.Broken;
import io.jverto.base.foreign.NativeLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The functions of libspeexdsp 1.2 (speex_preprocess.h, speex_echo.h). None of its structures is laid out here. A wrong size ends the whole
/// server, so only [SoundCleaner] calls them, after its checks. Initialising this class loads the library and throws where there is none.
final class SpeexNative {
    static final int SET_DENOISE = 0;
    static final int SET_NOISE_SUPPRESS = 18;
    static final int SET_ECHO_SUPPRESS = 20;
    static final int SET_ECHO_STATE = 24;
    static final int GET_PROBABILITY = 45;
    static final int SET_SAMPLING_RATE = 24;

    private static final String FILE = "libspeexdsp.so.1";
    private static final NativeLibrary LIBRARY =
            NativeLibrary.find("libspeexdsp", FILE).orElseThrow(() -> new UnsupportedOperationException("there is no " + FILE));
    private static final MethodHandle OPEN = LIBRARY.function("speex_preprocess_state_init", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle RUN = LIBRARY.function("speex_preprocess_run", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle CONTROL = LIBRARY.function("speex_preprocess_ctl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle CLOSE = LIBRARY.function("speex_preprocess_state_destroy", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle OPEN_ECHO = LIBRARY.function("speex_echo_state_init", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle CANCEL = LIBRARY.function("speex_echo_cancellation", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle CONTROL_ECHO = LIBRARY.function("speex_echo_ctl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle CLOSE_ECHO = LIBRARY.function("speex_echo_state_destroy", FunctionDescriptor.ofVoid(ADDRESS));

    private SpeexNative() {}

    /// Loads the library.
    static void load() {
        // by this class's initialisation
    }

    static MemorySegment open(int samples, int rateHz) {
        try {
            return made((MemorySegment) OPEN.invokeExact(samples, rateHz));
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @param pcm as many samples as the state was opened for
    static void run(MemorySegment state, MemorySegment pcm) {
        try {
            int ignored = (int) RUN.invokeExact(state, pcm);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @param value an int, or the state of an echo
    static void control(MemorySegment state, int request, MemorySegment value) {
        try {
            accepted(request, (int) CONTROL.invokeExact(state, request, value));
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static void close(MemorySegment state) {
        try {
            CLOSE.invokeExact(state);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static MemorySegment openEcho(int samples, int tail) {
        try {
            return made((MemorySegment) OPEN_ECHO.invokeExact(samples, tail));
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @param near what comes in, `far` what was heard before, `out` what comes in without its echo; as many samples as the state was opened for
    static void cancel(MemorySegment echo, MemorySegment near, MemorySegment far, MemorySegment out) {
        try {
            CANCEL.invokeExact(echo, near, far, out);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    /// @param value an int
    static void controlEcho(MemorySegment echo, int request, MemorySegment value) {
        try {
            accepted(request, (int) CONTROL_ECHO.invokeExact(echo, request, value));
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    static void closeEcho(MemorySegment echo) {
        try {
            CLOSE_ECHO.invokeExact(echo);
        } catch (Throwable bug) {
            throw LIBRARY.failed(bug);
        }
    }

    private static MemorySegment made(MemorySegment state) {
        if (state.address() == 0) {
            throw new Broken("libspeexdsp made no state");
        }
        return state;
    }

    private static void accepted(int request, int result) {
        if (result != 0) {
            throw new Broken("libspeexdsp refused request " + request + ": " + result);
        }
    }
}
