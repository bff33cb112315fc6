package io.jverto.switchboard.bridge;

import io.jverto.switchboard.port.Cause;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Legs that belong together: one group of them is tried at a time, and with the last one the branch has failed. A branch may be one of
/// the legs of another.
final class Branch {
    private final Optional<Branch> parent;
    private final Deque<List<Wanted>> groups;
    private int alive;
    private Cause last = Cause.DESTINATION_OUT_OF_ORDER;

    Branch(Optional<Branch> parent, Collection<List<Wanted>> groups) {
        this.parent = parent;
        this.groups = new ArrayDeque<>(groups);
    }

    Optional<Branch> parent() {
        return parent;
    }

    /// @return the next group to be tried
    Optional<List<Wanted>> next() {
        return Optional.ofNullable(groups.poll());
    }

    void lives() {
        alive++;
    }

    /// One of its group is gone.
    void dies(Cause cause) {
        alive--;
        failed(cause);
    }

    /// The last cause counts, unless it only says that somebody else was faster. A leg's own time limit is told as no answer.
    void failed(Cause cause) {
        if (cause != Cause.LOSE_RACE) {
            last = cause == Cause.ALLOTTED_TIMEOUT ? Cause.NO_ANSWER : cause;
        }
    }

    boolean isAlive() {
        return alive > 0;
    }

    Cause last() {
        return last;
    }
}
