package io.jverto.bench.load;

/// A room on some server, as members come into it.
interface Room extends AutoCloseable {
    /// Connects what members need; they come after it.
    void open();

    /// @param member 0 and up
    /// @return what a member calls the room with
    Dialog seat(int member);

    /// All are in: what the room measures itself begins here.
    void begin();

    /// Ends what [#begin] began, while all are still in.
    void end();

    /// Writes the room's own figures, after all have left.
    ///
    /// @return false when something was lost that must not be
    boolean report(Report report);

    /// @return the problem in words that help
    String explain(Throwable problem);

    @Override
    void close();
}
