package io.jverto.media.audio;

/// What other threads want of a port; read once in each tick.
public interface PortControl {
    boolean muted();

    boolean deaf();

    boolean detached();

    /// @return -4 to 4: how loud the others hear it (conference.md section 10)
    int volumeIn();

    /// @return -4 to 4: how loud it hears the others
    int volumeOut();
}
