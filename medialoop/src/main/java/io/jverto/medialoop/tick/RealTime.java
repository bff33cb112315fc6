package io.jverto.medialoop.tick;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.jverto.base.foreign.NativeLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// Real-time scheduling of a thread (sched(7)): it runs before all threads that have none, as soon as its time has come. A tick thread sleeps most of
/// the time; without this its ticks wait for whatever else the machine has to do.
public final class RealTime {
    private static final int SCHED_RR = 2;
    /// Low among those that are real-time: nothing of the system that is more urgent has to wait.
    private static final int PRIORITY = 5;
    private static final Path THREADS = Path.of("/proc/self/task");
    /// What Java calls those that work while it stands still; they start others of their kind, which inherit it.
    private static final String STOPPER = "VM Thread";
    private static final String COLLECTORS = "GC Thread#";

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
        return isWorthIt() && ask(0);
    }

    /// Asks for the threads, too, for which all of Java waits during a collection. They have next to nothing to do otherwise; but where other
    /// programs keep the processors busy, mixers would wait for them until those let them go on.
    ///
    /// @return how many have it now
    static int askForCollector() {
        int given = 0;
        if (isWorthIt()) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
                for (Path thread : threads) {
                    String name = name(thread);
                    boolean stops = name.equals(STOPPER) || name.startsWith(COLLECTORS);
                    given += stops && ask(Integer.parseInt(thread.getFileName().toString())) ? 1 : 0;
                }
            } catch (IOException hidden) {
                // then they go on without
            }
        }
        return given;
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException over) {
            return "";
        }
    }

    private static boolean isWorthIt() {
        return System.getProperty("os.name").equals("Linux") && Runtime.getRuntime().availableProcessors() >= 2;
    }

    /// @param thread its number in the system; 0 for the one that calls this
    private static boolean ask(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle set = NativeLibrary.ofSystem().function("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
            MemorySegment parameter = arena.allocateFrom(JAVA_INT, PRIORITY);
            return (int) set.invokeExact(thread, SCHED_RR, parameter) == 0;
        } catch (Throwable none) {
            // Another C library: as if it had refused.
            return false;
        }
    }
}
