package io.jverto.media.audio;

import java.util.concurrent.atomic.AtomicLong;

/// How much of what a channel said could be played, at whichever port the channel was. The port that it is at writes, anybody reads; never
/// allocates.
public final class PlayoutFigures {
    private final AtomicLong played = new AtomicLong();
    private final AtomicLong recovered = new AtomicLong();
    private final AtomicLong concealed = new AtomicLong();

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
