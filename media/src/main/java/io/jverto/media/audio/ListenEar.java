package io.jverto.media.audio;

/// One who listens in on a channel, and may be heard there. Between the thread of the one and that of the other there is a ring each way.
/// Thread-safe.
public final class ListenEar {
    /// Frames that may be under way: two threads whose ticks lie apart need one or two.
    private static final int RING_FRAMES = 8;

    private final PcmRing toListener = new PcmRing(RING_FRAMES, 2);
    private final PcmRing fromListener = new PcmRing(RING_FRAMES, 2);
    private volatile Parties hears;
    private volatile Parties heardBy;

    /// Of the channel that is listened to.
    ///
    /// @param own its own party
    /// @param other whoever it talks with, or whatever it hears
    public record Parties(boolean own, boolean other) {
        boolean both() {
            return own && other;
        }
    }

    public ListenEar(Parties hears, Parties heardBy) {
        this.hears = hears;
        this.heardBy = heardBy;
    }

    /// From the next tick on.
    public void set(Parties nowHears, Parties nowHeardBy) {
        hears = nowHears;
        heardBy = nowHeardBy;
    }

    /// The channel that is listened to is gone.
    public void end() {
        toListener.end(false);
    }

    /// @return what the listener hears, endless until [#end]
    public SoundSource source() {
        return new ListenSource(toListener, fromListener);
    }

    Parties hears() {
        return hears;
    }

    Parties heardBy() {
        return heardBy;
    }

    PcmRing toListener() {
        return toListener;
    }

    PcmRing fromListener() {
        return fromListener;
    }
}
