package io.jverto.media.audio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What is on the line of one channel, at whichever port it is. Any thread adds and takes away, without a gap in the sound; the port runs
/// them. A channel that goes from one port to another is at both for a moment: the first keeps the inserts until it is closed, and the
/// next one does without for that tick.
public final class Inserts {
    private static final Insert[] NONE = {};

    private volatile Insert[] all = NONE;
    private final AtomicReference<@Nullable Object> port = new AtomicReference<>();
    /// What runs in this tick; of the port that has them.
    private Insert[] running = NONE;

    public synchronized void add(Insert insert) {
        List<Insert> more = new ArrayList<>(List.of(all));
        more.add(insert);
        more.sort(Comparator.comparing(Insert::place));
        all = more.toArray(NONE);
    }

    public synchronized void remove(Insert insert) {
        List<Insert> fewer = new ArrayList<>(List.of(all));
        fewer.remove(insert);
        all = fewer.isEmpty() ? NONE : fewer.toArray(NONE);
    }

    public boolean isEmpty() {
        return all.length == 0;
    }

    /// A port begins its tick.
    ///
    /// @return whether it has something to run in this tick
    boolean begin(Object at) {
        Insert[] now = all;
        if (now.length == 0) {
            leave(at);
            return false;
        }
        if (port.getAcquire() != at && !port.compareAndSet(null, at)) {
            return false;
        }
        running = now;
        return true;
    }

    /// A port is closed, or has nothing to do with them any more.
    void leave(Object at) {
        if (port.getAcquire() == at) {
            port.setRelease(null);
        }
    }

    void said(short[] pcm, int channels) {
        for (Insert insert : running) {
            insert.said(pcm, channels);
        }
    }

    void heard(short[] pcm, int channels) {
        for (Insert insert : running) {
            insert.heard(pcm, channels);
        }
    }
}
