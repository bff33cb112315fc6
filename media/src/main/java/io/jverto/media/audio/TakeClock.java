package io.jverto.media.audio;

/// How far a recording has come, by the sound that was taken into it: what else goes into the file is laid beside that. Written by the thread
/// that has the sound, read by any.
public final class TakeClock {
    private volatile long frames;
    private volatile boolean held;

    /// One more frame of sound is in.
    void taken() {
        frames = frames + 1; // there is one writer
    }

    /// @param now nothing that comes belongs into the file
    void held(boolean now) {
        if (held != now) {
            held = now;
        }
    }

    /// @return milliseconds of the recording
    public long millis() {
        return frames * Frame.MILLIS;
    }

    /// @return whether it is paused, or masked
    public boolean isHeld() {
        return held;
    }
}
