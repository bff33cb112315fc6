package io.jverto.medialoop.file;

import io.jverto.media.audio.PcmRing;
import io.jverto.media.audio.SoundSource;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Sound;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a program ahead into a ring, without a gap between its parts, and shows its pictures as it is heard. A part that cannot be read is left out and logged.
final class Feed implements Work {
    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    private static final int FRAME_MILLIS = 20;
    private static final int SAMPLES_OF_A_MILLI = 48;

    private final String name;
    private final Program program;
    private final PcmRing ring;
    private final Projector projector;
    private volatile boolean stopped;

    private Iterator<Sound> lap = List.<Sound>of().iterator();
    private boolean lapSounded = true;
    private boolean sounded;
    private boolean missing;
    private boolean broken;
    private boolean over;
    private @Nullable PcmReader reader;
    private final ChimeClock chimes;
    /// What goes on after the chime.
    private @Nullable PcmReader interrupted;

    private final short[] block = new short[2 * PcmReader.MAX_BLOCK];
    private final short[] fitting = new short[2 * PcmReader.MAX_BLOCK];
    /// Values of `fitting` that wait, from `taken` on.
    private int waiting;
    private int taken;
    private final short[] frame;
    private int filled;
    /// Frames that went into the ring, and samples that were read.
    private long offered;
    private long samples;

    /// @param name of the channel or station, for logs
    Feed(String name, Program program, PcmRing ring, Projector projector) {
        this.projector = projector;
        this.name = name;
        this.program = program;
        this.ring = ring;
        this.chimes = new ChimeClock(program.chimes());
        this.frame = new short[ring.frameValues()];
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean step() {
        while (!stopped) {
            if (filled == frame.length) {
                if (!ring.offer(frame)) {
                    projector.show(heard());
                    return true;
                }
                offered++;
                filled = 0;
            } else if (waiting > 0) {
                fill();
            } else if (over && filled > 0) {
                Arrays.fill(frame, filled, frame.length, (short) 0);
                filled = frame.length;
            } else if (over) {
                return end();
            } else if (!readOn()) {
                return true;
            }
        }
        return false;
    }

    /// @return whether pictures are still to be shown
    private boolean end() {
        if (!ring.ended()) {
            ring.end(broken || missing && !sounded);
        }
        projector.show(heard());
        return !projector.isDone() && ring.size() > 0;
    }

    /// @return milliseconds that were heard of what was read
    private long heard() {
        return (offered - ring.size()) * FRAME_MILLIS;
    }

    @Override
    public void close() {
        projector.close();
        closeReader();
        closeReader(); // and that which a chime has interrupted
        if (!ring.ended()) {
            ring.end(true);
        }
    }

    private void fill() {
        int count = Math.min(waiting, frame.length - filled);
        System.arraycopy(fitting, taken, frame, filled, count);
        filled += count;
        taken += count;
        waiting -= count;
    }

    /// @return false when there is nothing now, but may be later
    private boolean readOn() {
        if (chimes.isDue()) {
            chime();
        }
        PcmReader now = reader;
        if (now == null) {
            return nextPart();
        }
        int count = chimes.isTooLong() ? 0 : read(now);
        if (count == 0) {
            closeReader();
            return true;
        }
        chimes.read(count);
        samples += count;
        sounded = true;
        lapSounded = true;
        Pcm.convert(block, now.channels(), fitting, ring.channels(), count);
        waiting = count * ring.channels();
        taken = 0;
        return true;
    }

    private void chime() {
        interrupted = reader;
        reader = null;
        open(chimes.begin());
        if (reader == null) {
            goOn();
        }
    }

    private void goOn() {
        chimes.end();
        reader = interrupted;
        interrupted = null;
    }

    private int read(PcmReader from) {
        try {
            return from.read(block);
        } catch (UncheckedIOException unreadable) {
            log.warn("{}: a sound ends early, its file cannot be read on: {}", name, unreadable.getMessage());
            broken = true;
            return 0;
        }
    }

    private boolean nextPart() {
        if (lap.hasNext()) {
            open(lap.next());
            return true;
        }
        if (!lapSounded) {
            over = program.endsWhenSilent();
            lapSounded = true;
            return over;
        }
        List<Sound> parts = program.nextLap();
        over = parts.isEmpty() && program.endsWhenSilent();
        lap = parts.iterator();
        lapSounded = false;
        return over || !parts.isEmpty();
    }

    private void open(Sound part) {
        switch (part) {
            case Sound.File(var path, long start) -> {
                switch (SoundFile.open(path, start, projector, samples / SAMPLES_OF_A_MILLI)) {
                    case SoundFile.Opened.Ok(PcmReader opened) -> reader = opened;
                    case SoundFile.Opened.Bad(String reason) -> {
                        log.warn("{}: {} cannot be played: {}", name, path, reason);
                        missing = true;
                    }
                }
            }
            case Sound.Tone _, Sound.Silence _, Sound.Music _ -> {
                switch (SoundSource.of(part)) {
                    case SoundSource.Made.Ok(SoundSource source) -> reader = new SourceReader(source);
                    case SoundSource.Made.Bad(String reason) -> log.warn("{}: {} cannot be played: {}", name, part, reason);
                }
            }
            case Sound.Sequence _, Sound.Station _, Sound.Echo _, Sound.Watch _ -> log.warn("{}: {} cannot be a part of another sound", name, part);
        }
    }

    private void closeReader() {
        PcmReader now = reader;
        if (now != null) {
            reader = null;
            now.close();
            if (chimes.isSounding()) {
                goOn();
            }
        }
    }
}
