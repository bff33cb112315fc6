package io.jverto.media.audio;

/// What a port at a mixer, or a playback, reports. Called on the mixer's thread: post and return.
public interface PortListener {
    /// The member began or stopped to speak.
    void onTalking(boolean talking);

    /// Over: its rings are not touched any more. Called once.
    void onClosed(End end);

    /// Why it is over.
    enum End {
        /// It was detached or stopped, or its mixer was closed.
        DETACHED,
        /// A finite sound was played to its end, or the silence came that ends a recording.
        FINISHED,
        /// The file of a sound cannot be read.
        BROKEN,
        /// Our own bug, logged where it happened.
        FAILED
    }
}
