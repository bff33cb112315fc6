package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;

/// What is heard of a peer that says how loud its silence is, and sends nothing (RFC 3389): faint noise, so that the line does not seem dead.
/// Leaves out: the noise's spectrum. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class PeerSilence {
    /// -dBov: louder is no silence, whatever the peer says, and fainter is not heard.
    private static final int LOUDEST = 40;
    private static final int FAINTEST = 80;
    private static final int LEVEL = 0x7f;
    /// Of uniform numbers from -1 to 1.
    private static final double DEVIATION = 1 / Math.sqrt(3);
    private static final double FULL = 32_768;
    /// What averaging takes of the loudness: the variance of a first-order average is a third of what goes in.
    private static final float SMOOTHED = (float) Math.sqrt(3);

    private float scale;
    private int state = 0x2545F491;
    private float before;

    /// @param bytes the payload: a level, and perhaps reflection coefficients
    void begin(byte[] bytes, int offset, int length) {
        int level = length == 0 ? FAINTEST + 1 : Math.max(LOUDEST, bytes[offset] & LEVEL);
        scale = level > FAINTEST ? 0 : (float) (FULL * Math.pow(10, -level / 20.0) / DEVIATION);
    }

    void end() {
        scale = 0;
    }

    boolean isAudible() {
        return scale > 0;
    }

    /// @param to exclusive
    void write(short[] pcm, int from, int to) {
        for (int i = from; i < to; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            // Neighbours are averaged: what telephones call noise has little above 4 kHz.
            float now = state / (float) Integer.MAX_VALUE;
            before = (before + now) / 2;
            pcm[i] = (short) Math.round(scale * before * SMOOTHED);
        }
    }
}
