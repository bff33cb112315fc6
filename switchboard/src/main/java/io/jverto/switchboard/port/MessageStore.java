package io.jverto.switchboard.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where messages wait for users who are not there. Implemented by server. Used by one thread at a time; every method may wait. A store
/// that cannot be used says so in the log, once, and by what it returns.
public interface MessageStore extends AutoCloseable {
    /// Forgets what is too old.
    ///
    /// @return how many messages wait for whom; empty when the store cannot be used
    Optional<Map<UserId, Integer>> waiting(Instant notBefore);

    /// @return whether it is kept, also if the server ends in this moment
    boolean keep(UserId to, Instant at, ChatMessage message);

    /// @return what waits for a user, oldest first; nothing when the store cannot be used
    List<Kept> of(UserId user);

    /// Forgets messages that have been delivered.
    ///
    /// @param last the number of the last of them
    void forget(UserId user, long last);

    @Override
    void close();

    /// A message that waited.
    ///
    /// @param number rises with each message
    /// @param at when it was written
    record Kept(long number, Instant at, ChatMessage message) {}
}
