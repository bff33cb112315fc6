package io.jverto.medialoop.tick;

import io.jverto.media.audio.AudioCounters;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.SoundSource;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.plan.Sound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All mixers and playbacks of the server, spread over a few tick threads. Thread-safe; nothing here waits but [#close].
public final class AudioTicks implements AutoCloseable {
    /// Mean sample magnitude over which a member is mixed where the room does not say otherwise: the stock profile's
    /// `energy-level` (conference.md section 4.1).
    public static final int DEFAULT_GATE_LEVEL = 100;

    private static final Logger log = LoggerFactory.getLogger(AudioTicks.class);

    private final AudioCounters counters = new AudioCounters();
    private final List<TickLoop> loops = new ArrayList<>();
    private final List<TickThread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private AudioTicks() {}

    /// Starts `count` platform threads; they sleep until there is something to do.
    public static AudioTicks start(int count) {
        log.info("{} mixer threads, Opus: {}", count, AudioCodecs.opusImplementation());
        AudioTicks ticks = new AudioTicks();
        for (int i = 0; i < count; i++) {
            TickThread thread = new TickThread(i, count, ticks.counters);
            ticks.threads.add(thread);
            ticks.loops.add(thread.loop());
            thread.start();
        }
        return ticks;
    }

    /// @return threads that fit this machine
    public static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /// One loop without a thread, which the caller drives by [#tick].
    public static AudioTicks manual() {
        AudioTicks ticks = new AudioTicks();
        ticks.loops.add(new TickLoop(ticks.counters, () -> {}));
        return ticks;
    }

    /// Moves all on by 20 ms; only for what [#manual] made. Call it with times 20 ms apart.
    public void tick(long nowNanos) {
        loops.forEach(loop -> loop.tick(nowNanos));
    }

    /// Makes a mixer with the default gate.
    public TickMixerRef openMixer(String name, int rateHz, int channels) {
        return openMixer(name, rateHz, channels, DEFAULT_GATE_LEVEL);
    }

    /// @param rateHz bandwidth of what is heard: 8000, 16000, 32000 or 48000; the mix itself is always at 48 kHz
    /// @param channels 1 mono, 2 stereo
    /// @param gateLevel mean sample magnitude over which a member is mixed; 0 mixes anything but digital silence
    public TickMixerRef openMixer(String name, int rateHz, int channels, int gateLevel) {
        return new TickMixerRef(name, nextLoop(), rateHz, channels, gateLevel);
    }

    /// Plays a sound to one channel. `setup.rx` is emptied and its packets are dropped. Music is one endless piece, which who
    /// joins hears from where it is.
    public PlayResult play(Sound sound, PortSetup setup) {
        TickLoop loop = nextLoop();
        PortRef ref = new PortRef(loop::wake);
        if (sound instanceof Sound.Music) {
            return told(loop.tell(new TickCommand.PlayMusic(setup, ref)), ref);
        }
        return switch (SoundSource.of(sound)) {
            case SoundSource.Made.Bad bad -> new PlayResult.Refused(bad.reason());
            case SoundSource.Made.Ok ok -> told(loop.tell(new TickCommand.Play(ok.source(), setup, ref)), ref);
        };
    }

    public AudioCounters counters() {
        return counters;
    }

    /// Ends the threads and everything on them.
    @Override
    public void close() {
        threads.forEach(TickThread::close);
        if (threads.isEmpty()) {
            loops.forEach(TickLoop::close);
        }
    }

    private static PlayResult told(boolean taken, PortRef ref) {
        return taken ? new PlayResult.Playing(ref) : new PlayResult.Refused("too many playbacks start at once");
    }

    private TickLoop nextLoop() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }
}
