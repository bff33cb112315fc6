package io.jverto.media.audio;

/// A sound or a recording that nobody stops or pauses.
final class Endless implements SourceControl {
    @Override
    public boolean stopped() {
        return false;
    }

    @Override
    public boolean paused() {
        return false;
    }

    @Override
    public void played() {
        // nobody asks how long it was
    }

    @Override
    public void ended(PortListener.End end) {
        // nor when
    }
}
