package io.jverto.medialoop.tick;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/// Real-time scheduling of a thread (sched(7)): it runs before all threads that have none, as soon as its time has come. A tick thread sleeps most of
/// the time; without this its ticks wait for whatever else the machine has to do.
@SuppressWarnings("restricted") // native access is granted to this code at start
public final class RealTime {
    private static final int SCHED_RR = 2;
    /// Low among those that are real-time: nothing of the system that is more urgent has to wait.
    private static final int PRIORITY = 5;

    private RealTime() {}

    /// @return whether a thread of this process would get it
    public static boolean isGiven() {
        AtomicBoolean given = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().daemon().start(() -> given.set(ask()));
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return given.get();
    }

    /// Asks the system for it, for the thread that calls this. Not asked for on a machine of one processor: a mixer that has too much to do would
    /// take what the rest of the server needs.
    ///
    /// @return whether it has it now; the system gives it to root, to a process with CAP_SYS_NICE, and where RLIMIT_RTPRIO is high enough
    static boolean ask() {
        if (!System.getProperty("os.name").equals("Linux") || Runtime.getRuntime().availableProcessors() < 2) {
            return false;
        }
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle self = linker.downcallHandle(library.findOrThrow("pthread_self"), FunctionDescriptor.of(JAVA_LONG));
            MethodHandle set = linker.downcallHandle(
                    library.findOrThrow("pthread_setschedparam"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
            MemorySegment parameter = arena.allocateFrom(JAVA_INT, PRIORITY);
            return (int) set.invokeExact((long) self.invokeExact(), SCHED_RR, parameter) == 0;
        } catch (Throwable none) {
            // Another C library: as if it had refused.
            return false;
        }
    }
}
