package io.jverto.media.srtp;

import io.jverto.base.count.Counters;

/// What all sessions of one thread use, one after the other: counters, and memory in which they work. Were it of each its own, it would
/// be far from the processor whenever a session's turn has come.
public final class SrtpShared {
    final Counters<SrtpCounter> counters;

    /// Counter blocks, and the key stream that they become.
    final byte[] blocks = new byte[SrtpTransform.MAX_PACKET];
    final byte[] stream = new byte[SrtpTransform.MAX_PACKET];
    final byte[] rollover = new byte[4];
    final byte[] tag = new byte[SrtpTag.SHA1];

    public SrtpShared(Counters<SrtpCounter> counters) {
        this.counters = counters;
    }

    public Counters<SrtpCounter> counters() {
        return counters;
    }
}
