package io.jverto.switchboard.channel;

import io.jverto.switchboard.kept.KeptChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// What was noted last of a channel for the case that the server is started again. It counts until the channel's thread has run since, or
/// somebody says that something is different: a call in which nothing happens costs nothing. Thread-safe.
final class LastNote {
    private final AtomicReference<State> state = new AtomicReference<>(State.STALE);
    private volatile Optional<KeptChannel> note = Optional.empty();

    private enum State {
        STALE,
        /// Being made; nobody may rely on the one before.
        RENEWED,
        FRESH
    }

    /// Something may be different.
    void touch() {
        state.set(State.STALE);
    }

    boolean isFresh() {
        return state.get() == State.FRESH;
    }

    /// @return empty when the channel cannot be kept
    Optional<KeptChannel> note() {
        return note;
    }

    /// On the channel's thread.
    Optional<KeptChannel> renew(Supplier<Optional<KeptChannel>> maker) {
        state.set(State.RENEWED);
        Optional<KeptChannel> made = maker.get();
        note = made;
        state.compareAndSet(State.RENEWED, State.FRESH);
        return made;
    }
}
