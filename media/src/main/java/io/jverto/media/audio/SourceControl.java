package io.jverto.media.audio;

/// What other threads want of a sound in a room, and what they are told of it. Called once in each tick.
public interface SourceControl {
    /// @return whether nobody wants it any more
    boolean stopped();

    /// @return whether it is held where it is
    boolean paused();

    /// It has moved on by 20 ms.
    void played();

    /// It is over: nothing of it is touched any more. Called once.
    void ended(PortListener.End end);
}
