package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
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
    private final long deadlineNanos;
    private boolean givenUp;
    private int alive;
    private Cause last = Cause.DESTINATION_OUT_OF_ORDER;

    Branch(Optional<Branch> parent, Collection<List<Wanted>> groups) {
        this(parent, groups, Channel.FOREVER);
    }

    /// @param deadlineNanos when it is given up
    Branch(Optional<Branch> parent, Collection<List<Wanted>> groups, long deadlineNanos) {
        this.parent = parent;
        this.groups = new ArrayDeque<>(groups);
        this.deadlineNanos = deadlineNanos;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /// No further group is tried, nor of the branches below it.
    void giveUp() {
        givenUp = true;
    }

    private boolean isGivenUp() {
        return givenUp || parent.filter(Branch::isGivenUp).isPresent();
    }

    boolean isBelow(Branch other) {
        return this == other || parent.filter(above -> above.isBelow(other)).isPresent();
    }

    Optional<Branch> parent() {
        return parent;
    }

    /// @return the next group to be tried
    Optional<List<Wanted>> next() {
        return isGivenUp() ? Optional.empty() : Optional.ofNullable(groups.poll());
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
