package io.jverto.media.audio;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// A mixer with callers at it, in virtual time.
final class RoomOfCallers {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Bytes that the ticks took from the heap.
    long allocated;

    final AudioCounters counters = new AudioCounters();
    final AudioMixer mixer;
    final List<Caller> callers;
    final List<SoundPlayer> players = new ArrayList<>();
    private final Wakes wakes = new Wakes();
    private long nowNanos = 7_000_000_000L;

    RoomOfCallers(int channels, Caller... callers) {
        this(channels, 100, callers);
    }

    /// @param gateLevel mean magnitude over which a caller is mixed
    RoomOfCallers(int channels, int gateLevel, Caller... callers) {
        this(channels, gateLevel, 0, callers);
    }

    /// @param gateLevel mean magnitude over which a caller is mixed
    /// @param noise root mean square of what is heard when there is nothing else
    RoomOfCallers(int channels, int gateLevel, int noise, Caller... callers) {
        this.mixer = new AudioMixer(48_000, channels, gateLevel, noise, counters);
        this.callers = new ArrayList<>(List.of(callers));
        for (int i = 0; i < callers.length; i++) {
            mixer.add(callers[i].setup(name(i)), callers[i]);
        }
    }

    /// @return the name of the port of the caller with that number
    static String name(int caller) {
        return "caller " + caller;
    }

    /// Lets one hear a sound of his own beside the room.
    void play(SoundSource source, Caller caller) {
        callers.add(caller);
        players.add(new SoundPlayer(source, caller.setup("line"), caller, counters));
    }

    /// Everybody speaks, the room ticks, everybody hears.
    void run(int ticks) {
        run(ticks, 17_000_000);
    }

    /// @param phaseNanos before each tick at which packets come
    void run(int ticks, long phaseNanos) {
        for (int i = 0; i < ticks; i++) {
            for (Caller caller : callers) {
                caller.speak(nowNanos + 20_000_000 - phaseNanos);
            }
            tick();
        }
    }

    void tick() {
        nowNanos += 20_000_000;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        mixer.tick(nowNanos, wakes);
        for (int i = players.size() - 1; i >= 0; i--) {
            if (!players.get(i).tick(nowNanos, wakes)) {
                players.remove(i);
            }
        }
        allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
        wakes.runAll();
        callers.forEach(Caller::hear);
    }

    long count(AudioCount what) {
        return counters.audio().get(what);
    }

    void close() {
        mixer.close();
        players.forEach(SoundPlayer::close);
        callers.forEach(Caller::close);
    }
}
