package io.jverto.media.plan;

/// What a mixer knows of somebody's voice (conference.md section 8).
///
/// @param energy smoothed mean magnitude of a sample, 0 to 25000; 0 for who is not listened to
/// @param gainDecibels what automatic gain adds at the moment
/// @param lastSpurt what was said last, until it stopped
public record Voice(int energy, int gainDecibels, Spurt lastSpurt) {
    public static final Voice NONE = new Voice(0, 0, Spurt.NONE);

    /// From the begin of talking to its end, in frames of 20 ms.
    ///
    /// @param openFrames those over the gate
    /// @param meanEnergy of the open frames
    /// @param meanDelta how much the energy changes from frame to frame
    public record Spurt(int frames, int openFrames, int meanEnergy, int meanDelta) {
        public static final Spurt NONE = new Spurt(0, 0, 0, 0);

        public int millis() {
            return 20 * frames;
        }
    }
}
