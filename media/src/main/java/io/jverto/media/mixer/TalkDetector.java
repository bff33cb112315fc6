package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Voice;

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
    /// Fainter than this nobody talks, even where there is no gate: peers send such silence (conference.md section 23, point 11).
    private static final int FAINTEST = 20;
    private static final int MOST_ENERGY = 25_000;
    private static final float KEPT = 0.8f;

    private int gateLevel;
    private int openHits;
    private int closedHits;
    private int tail;
    private boolean talking;
    private float energy;
    private boolean open;

    /// Of what is said at the moment, or was said last.
    private int frames;
    private int openFrames;
    private long openEnergy;
    private long deltas;
    private int lastScore;

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
        energy = Math.min(MOST_ENERGY, (1 - KEPT) * score + KEPT * energy);
        open = score > gateLevel;
        if (score > Math.max(gateLevel, FAINTEST)) {
            onOpen(score);
        } else {
            onClosed();
        }
        tally(score);
        return open || talking || tail > 0;
    }

    public boolean talking() {
        return talking;
    }

    /// @return whether the last frame was over the gate
    public boolean open() {
        return open;
    }

    /// @return the smoothed score (conference.md section 8.1)
    public int energy() {
        return Math.round(energy);
    }

    /// @return what was said, after it stopped
    public Voice.Spurt spurt() {
        return new Voice.Spurt(frames, openFrames, openFrames == 0 ? 0 : (int) (openEnergy / openFrames), frames == 0 ? 0 : (int) (deltas / frames));
    }

    /// Muted, or another stream: at once no talker.
    public void reset() {
        talking = false;
        openHits = 0;
        closedHits = 0;
        tail = 0;
        energy = 0;
        open = false;
    }

    private void onOpen(int score) {
        tail = TAIL;
        closedHits = Math.max(0, closedHits - 1);
        if (score - gateLevel >= PLAIN || ++openHits >= HANG_UNDER) {
            begin();
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

    private void begin() {
        if (!talking) {
            talking = true;
            frames = 0;
            openFrames = 0;
            openEnergy = 0;
            deltas = 0;
        }
    }

    private void tally(int score) {
        if (talking) {
            frames++;
            openFrames += open ? 1 : 0;
            openEnergy += open ? score : 0;
            deltas += Math.abs(score - lastScore);
        }
        lastScore = score;
    }
}
