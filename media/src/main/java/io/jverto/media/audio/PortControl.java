package io.jverto.media.audio;

/// What other threads want of a port; read once in each tick.
public interface PortControl {
    boolean muted();

    boolean deaf();

    boolean detached();
}
