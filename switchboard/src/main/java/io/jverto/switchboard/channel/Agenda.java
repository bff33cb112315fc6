package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.port.ConferenceService.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a channel has still to do, so that it can go on with it after the server has been started again.
@OwnedBy(Role.CHANNEL)
public final class Agenda {
    /// Extensions that are executed within each other, the innermost first.
    private final Deque<Part> parts = new ArrayDeque<>();
    private Supplier<Optional<Standing>> seat = Optional::empty;
    private Runnable leave = () -> { };
    private Optional<Standing> returns = Optional.empty();

    private static final class Part {
        final List<Step> steps;
        int at;

        Part(List<Step> steps) {
            this.steps = steps;
        }
    }

    /// Steps of an extension are about to be done.
    public void begins(List<Step> steps) {
        parts.push(new Part(steps));
    }

    /// @param index of the step that is done now, among those that were begun last
    public void at(int index) {
        parts.element().at = index;
    }

    /// Those that were begun last are done, or left.
    public void ends() {
        parts.pop();
    }

    /// @return what is left, the step that is done now first; of an extension that executes another what comes after that
    public List<Step> rest() {
        List<Step> rest = new ArrayList<>();
        int skip = 0;
        for (Part part : parts) {
            rest.addAll(part.steps.subList(Math.min(part.at + skip, part.steps.size()), part.steps.size()));
            skip = 1;
        }
        return rest;
    }

    /// The channel is in a room.
    ///
    /// @param standing asked for how it stands there
    /// @param breaks run when somebody wants it out, for the room to decide
    public void sits(Supplier<Optional<Standing>> standing, Runnable breaks) {
        seat = standing;
        leave = breaks;
    }

    /// Somebody wants it out of the room that it is in, if it is in one.
    public void breakOff() {
        leave.run();
    }

    /// It is in none any more.
    public void stands() {
        seat = Optional::empty;
        leave = () -> { };
    }

    Optional<Standing> seat() {
        return seat.get();
    }

    /// The room that it comes to next is one in which it was before.
    public void returnsTo(Optional<Standing> room) {
        returns = room;
    }

    /// @return how it was in the room that it comes to, once
    public Optional<Standing> takeReturn() {
        Optional<Standing> taken = returns;
        returns = Optional.empty();
        return taken;
    }
}
