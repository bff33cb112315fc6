package io.jverto.media.audio;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// A mixer with callers at it, in virtual time.
final class RoomOfCallers {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Bytes that the ticks took from the heap.
    long allocated;

    final AudioCounters counters = new AudioCounters();
    final AudioMixer mixer;
    final List<Caller> callers;
    private final Wakes wakes = new Wakes();
    private long nowNanos = 7_000_000_000L;

    RoomOfCallers(int channels, Caller... callers) {
        this.mixer = new AudioMixer(48_000, channels, 100, counters);
        this.callers = List.of(callers);
        for (Caller caller : callers) {
            mixer.add(caller.setup("caller"), caller);
        }
    }

    /// Everybody speaks, the room ticks, everybody hears.
    void run(int ticks) {
        for (int i = 0; i < ticks; i++) {
            for (Caller caller : callers) {
                caller.speak(nowNanos + 3_000_000);
            }
            tick();
        }
    }

    void tick() {
        nowNanos += 20_000_000;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        mixer.tick(nowNanos, wakes);
        allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
        wakes.runAll();
        callers.forEach(Caller::hear);
    }

    long count(AudioCount what) {
        return counters.audio().get(what);
    }

    void close() {
        mixer.close();
        callers.forEach(Caller::close);
    }
}
