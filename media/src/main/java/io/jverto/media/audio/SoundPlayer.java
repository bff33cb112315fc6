package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plays one [SoundSource] to one channel. What the channel says goes to the source, if that listens, and to the channel's inserts.
/// Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class SoundPlayer {
    private static final Logger log = LoggerFactory.getLogger(SoundPlayer.class);

    private final SoundSource source;
    private final PortSetup setup;
    private final PortControl control;
    private final AudioCounters counters;
    private final PrivateLine line;
    private final short[] made;
    private boolean closed;

    public SoundPlayer(SoundSource source, PortSetup setup, PortControl control, AudioCounters counters) {
        this.source = source;
        this.setup = setup;
        this.control = control;
        this.counters = counters;
        this.line = new PrivateLine(setup, source.channels(), counters);
        this.made = new short[Frame.SAMPLES * source.channels()];
    }

    /// Plays the next 20 ms.
    ///
    /// @return false when it is over, and closed
    public boolean tick(long nowNanos, Wakes wakes) {
        try {
            if (control.detached()) {
                end(PortListener.End.DETACHED);
            } else {
                play(nowNanos, wakes);
            }
        } catch (RuntimeException bug) {
            log.error("playback to {} ended by a bug", setup.name(), bug);
            counters.audio().increment(AudioCount.PORTS_FAILED);
            end(PortListener.End.FAILED);
        }
        return !closed;
    }

    public void close() {
        end(PortListener.End.DETACHED);
    }

    private void play(long nowNanos, Wakes wakes) {
        line.listen(nowNanos, source.listens());
        if (source.listens()) {
            source.said(line.said(), line.saidChannels());
        }
        if (source.fill(made)) {
            line.play(made, nowNanos, wakes);
        } else {
            end(source.failed() ? PortListener.End.BROKEN : PortListener.End.FINISHED);
        }
    }

    private void end(PortListener.End end) {
        if (!closed) {
            closed = true;
            line.close();
            setup.tellClosed(end);
        }
    }
}
