package io.jverto.base.time;

import java.util.Optional;

/// A bounded, ordered queue with one reader, who may wait for a while.
///
/// @param <T> what is sent
public interface Mailbox<T> {
    /// Posts a message.
    ///
    /// @return false when the mailbox is full or closed: the message was not taken
    boolean tell(T message);

    /// Waits for the next message, at most until `deadlineNanos` of the owning [TimeSource] (`Long.MAX_VALUE`: for ever).
    /// Only the reader calls it.
    ///
    /// @return empty when the deadline came first
    Optional<T> await(long deadlineNanos);

    /// Refuses all later messages; what waits can still be read.
    void close();
}
