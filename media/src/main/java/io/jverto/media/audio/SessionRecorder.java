package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Recording.Sides;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/// Puts what a channel says and hears, whatever it does, into a ring, out of which another thread writes a file.
@OwnedBy(Role.MIXER_TICK)
public final class SessionRecorder implements Insert {
    private final RecordTarget target;
    private volatile Sides sides;
    private final AudioCounters counters;
    private final short[] own = new short[Frame.SAMPLES];
    private final short[] other = new short[Frame.SAMPLES];
    private final short[] frame;
    private final Recording.Silence silence;
    private final Runnable silenced;
    private int silentFrames;
    private boolean spoken;
    /// Only while a recording moves may two threads meet here; the other one does without then.
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean paused;
    private volatile boolean masked;

    /// @param target its ring has as many channels as `sides`
    public SessionRecorder(RecordTarget target, Sides sides, AudioCounters counters) {
        this(target, sides, counters, Recording.Silence.NEVER, () -> { });
    }

    /// @param silence that ends the recording
    /// @param silenced called then, perhaps more than once; must not wait
    public SessionRecorder(RecordTarget target, Sides sides, AudioCounters counters, Recording.Silence silence, Runnable silenced) {
        this.target = target;
        this.silence = silence;
        this.silenced = silenced;
        this.sides = sides;
        this.counters = counters;
        this.frame = new short[target.ring().frameValues()];
    }

    /// From any thread: what comes meanwhile is left out of the file.
    public void setPaused(boolean value) {
        paused = value;
    }

    /// From any thread: what comes meanwhile is silence in the file.
    public void setMasked(boolean value) {
        masked = value;
    }

    /// From any thread: from the next frame on it is on the line of whom the channel heard so far.
    public void swap() {
        sides = sides.swapped();
    }

    @Override
    public Place place() {
        return Place.RECORD;
    }

    @Override
    public void said(short[] pcm, int channels) {
        if (busy.compareAndSet(false, true)) {
            Pcm.convert(pcm, channels, own, 1, Frame.SAMPLES);
            busy.set(false);
        }
    }

    @Override
    public void heard(short[] pcm, int channels) {
        if (busy.compareAndSet(false, true)) {
            Pcm.convert(pcm, channels, other, 1, Frame.SAMPLES);
            take();
            busy.set(false);
        }
    }

    private void take() {
        target.clock().held(paused || masked);
        if (paused || target.ring().ended()) {
            return;
        }
        write();
        watch();
        if (masked) {
            Arrays.fill(frame, (short) 0);
        }
        target.take(frame, counters);
    }

    private void watch() {
        if (silence.level() == 0) {
            return;
        }
        boolean silent = Pcm.score(frame, frame.length) < silence.level();
        silentFrames = silent ? silentFrames + 1 : 0;
        spoken |= !silent;
        int most = spoken ? silence.millis() : silence.initialMillis();
        if (most > 0 && silentFrames * Frame.MILLIS >= most) {
            silenced.run();
        }
    }

    private void write() {
        switch (sides) {
            case MIXED -> {
                System.arraycopy(own, 0, frame, 0, Frame.SAMPLES);
                Pcm.add(other, frame, Frame.SAMPLES);
            }
            case OWN -> System.arraycopy(own, 0, frame, 0, Frame.SAMPLES);
            case OTHER -> System.arraycopy(other, 0, frame, 0, Frame.SAMPLES);
            case OWN_LEFT -> pairs(own, other);
            case OWN_RIGHT -> pairs(other, own);
        }
    }

    private void pairs(short[] left, short[] right) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            frame[2 * i] = left[i];
            frame[2 * i + 1] = right[i];
        }
    }
}
