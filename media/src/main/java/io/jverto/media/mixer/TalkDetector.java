package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;

/// Decides from the energy of each frame whether a member is mixed and whether he talks (conference.md section 8). The
/// first frame over the gate is mixed at once, unlike in the reference, so that no first syllable is lost.
/// Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class TalkDetector {
    /// Closed frames until a talker has stopped.
    private static final int HANG_OVER = 40;
    /// Open frames, not so loud as to tell at once, until a member talks.
    private static final int HANG_UNDER = 5;
    /// So far over the gate is talking at once.
    private static final int PLAIN = 400;
    /// Closed frames for which one who is not held to talk is still mixed.
    private static final int TAIL = 10;

    private int gateLevel;
    private int openHits;
    private int closedHits;
    private int tail;
    private boolean talking;

    public TalkDetector(int gateLevel) {
        this.gateLevel = gateLevel;
    }

    /// @param level mean magnitude over which a frame is mixed
    public void gate(int level) {
        gateLevel = level;
    }

    /// @param score mean magnitude of the samples, 0 when there is no frame
    /// @return whether the frame is mixed
    public boolean onFrame(int score) {
        if (score > gateLevel) {
            onOpen(score);
            return true;
        }
        onClosed();
        return talking || tail > 0;
    }

    public boolean talking() {
        return talking;
    }

    /// Muted, or another stream: at once no talker.
    public void reset() {
        talking = false;
        openHits = 0;
        closedHits = 0;
        tail = 0;
    }

    private void onOpen(int score) {
        tail = TAIL;
        closedHits = Math.max(0, closedHits - 1);
        if (score - gateLevel >= PLAIN || ++openHits >= HANG_UNDER) {
            talking = true;
            openHits = 0;
            closedHits = 0;
        }
    }

    private void onClosed() {
        tail = Math.max(0, tail - 1);
        openHits = Math.max(0, openHits - 1);
        if (talking && ++closedHits >= HANG_OVER) {
            talking = false;
            closedHits = 0;
        }
    }
}
