package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Recording;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what one channel says into a ring, out of which another thread writes a file. The channel hears nothing. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class SoundRecorder {
    private static final Logger log = LoggerFactory.getLogger(SoundRecorder.class);

    private final PcmRing ring;
    private final Runnable waiting;
    private final PortSetup setup;
    private final PortControl control;
    private final AudioCounters counters;
    private final StreamDecoder in;
    private final short[] received;
    private final short[] frame;
    private final int silenceLevel;
    private final int silenceFrames;
    private int silent;
    private boolean closed;

    /// Where the sound goes.
    ///
    /// @param waiting called when there is something to write; must not wait
    public record Target(PcmRing ring, Runnable waiting) {}

    public SoundRecorder(Target target, Recording.Silence silence, PortSetup setup, PortControl control, AudioCounters counters) {
        this.ring = target.ring();
        this.waiting = target.waiting();
        this.setup = setup;
        this.control = control;
        this.counters = counters;
        this.silenceLevel = silence.level();
        this.silenceFrames = Math.max(1, silence.millis() / Frame.MILLIS);
        this.in = new StreamDecoder(setup.plan(), setup.jitter(), counters);
        this.received = new short[Frame.SAMPLES * in.channels()];
        this.frame = new short[ring.frameValues()];
    }

    /// Takes the next 20 ms.
    ///
    /// @return false when it is over, and closed
    public boolean tick(long nowNanos) {
        try {
            if (control.detached() || ring.ended()) {
                end(PortListener.End.DETACHED);
            } else {
                take(nowNanos);
            }
        } catch (RuntimeException bug) {
            log.error("recording of {} ended by a bug", setup.name(), bug);
            counters.audio().increment(AudioCount.PORTS_FAILED);
            end(PortListener.End.FAILED);
        }
        return !closed;
    }

    public void close() {
        end(PortListener.End.DETACHED);
    }

    private void take(long nowNanos) {
        in.drain(setup.rx());
        if (in.next(nowNanos, received)) {
            Pcm.convert(received, in.channels(), frame, ring.channels(), Frame.SAMPLES);
        } else {
            Arrays.fill(frame, (short) 0);
        }
        if (!ring.offer(frame)) {
            counters.audio().increment(AudioCount.FRAMES_UNRECORDED);
        }
        if (ring.size() >= ring.capacity() / 4) {
            waiting.run();
        }
        silent = Pcm.score(frame, frame.length) < silenceLevel ? silent + 1 : 0;
        if (silent >= silenceFrames) {
            end(PortListener.End.FINISHED);
        }
    }

    private void end(PortListener.End end) {
        if (!closed) {
            closed = true;
            in.close();
            setup.tellClosed(end);
        }
    }
}
