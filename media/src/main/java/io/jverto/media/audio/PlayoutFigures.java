package io.jverto.media.audio;

import java.util.concurrent.atomic.AtomicLong;

/// How much of what a channel said could be played, at whichever port the channel was. The port that it is at writes, anybody reads; never
/// allocates.
public final class PlayoutFigures {
    private static final long MAX_WAITED_MICROS = 1_000_000;

    private final AtomicLong waitedMicros = new AtomicLong(-1);
    private final AtomicLong played = new AtomicLong();
    private final AtomicLong recovered = new AtomicLong();
    private final AtomicLong concealed = new AtomicLong();

    /// @param nanos that a packet waited in the jitter buffer
    void waited(long nanos) {
        long before = waitedMicros.getPlain();
        long now = Math.clamp(nanos / 1_000, 0, MAX_WAITED_MICROS);
        waitedMicros.lazySet(before < 0 ? now : before + (now - before) / 8);
    }

    /// @return milliseconds that packets wait in the jitter buffer before they are played, lately; 0 when none did
    public int waitedMillis() {
        return (int) Math.max(0, waitedMicros.get() / 1_000);
    }

    void played() {
        played.lazySet(played.getPlain() + 1);
    }

    void recovered() {
        recovered.lazySet(recovered.getPlain() + 1);
        played();
    }

    void concealed() {
        concealed.lazySet(concealed.getPlain() + 1);
        played();
    }

    /// @return packets that were due: decoded, passed over as silence, or replaced
    public long framesPlayed() {
        return played.get();
    }

    /// @return those of them that were lost, and made of what the next one says of them (RFC 6716 section 2.1.7)
    public long framesRecovered() {
        return recovered.get();
    }

    /// @return those of them that were lost and made up
    public long framesConcealed() {
        return concealed.get();
    }
}
