package io.jverto.medialoop.file;

/// What is done for one file between waits. One thread does it.
interface Work {
    /// Does all that can be done now; may wait for a disk, not for a ring.
    ///
    /// @return false when nothing is left to do
    boolean step();

    /// From any thread: come to an end at the next step.
    void stop();

    /// Frees the file. Called once, after the last step.
    void close();
}
