package io.jverto.switchboard.bridge;

import io.jverto.switchboard.port.ChannelId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Settles which of the legs of a call is the one that answered: the first, and none after the caller has given up. Thread-safe.
final class Race {
    private static final ChannelId NOBODY = new ChannelId("");

    private final AtomicReference<@Nullable ChannelId> winner = new AtomicReference<>();

    /// @return whether that leg is the first
    boolean claim(ChannelId leg) {
        return winner.compareAndSet(null, leg);
    }

    boolean isWonBy(ChannelId leg) {
        return leg.equals(winner.get());
    }

    /// Whether there is nothing left to win.
    boolean isOver() {
        return winner.get() != null;
    }

    /// Lets nobody win from now on.
    ///
    /// @return who has won before
    Optional<ChannelId> close() {
        ChannelId before = winner.compareAndExchange(null, NOBODY);
        return Optional.ofNullable(before).filter(id -> !id.equals(NOBODY));
    }
}
