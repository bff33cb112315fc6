package io.jverto.server.eventsocket;

import io.jverto.base.count.Counters;
import java.io.IOException;
import java.util.function.Predicate;

/// Takes the commands of whoever is at the other end, one after the other.
final class Conversation {
    private final CommandReader reader;
    private final Outlet outlet;
    private final Counters<SocketCount> counters;

    Conversation(CommandReader reader, Outlet outlet, Counters<SocketCount> counters) {
        this.reader = reader;
        this.outlet = outlet;
        this.counters = counters;
    }

    /// @param run does what a command says, and says whether there is to be another one
    void run(Predicate<Command> run) throws IOException {
        boolean goesOn = true;
        while (goesOn && outlet.isOpen()) {
            goesOn = next(run);
        }
    }

    /// @return whether there is to be another command
    boolean next(Predicate<Command> run) throws IOException {
        return switch (reader.next()) {
            case CommandReader.Read.Complete(Command command) -> {
                counters.increment(SocketCount.COMMANDS);
                yield run.test(command);
            }
            case CommandReader.Read.Malformed(String why) -> {
                counters.increment(SocketCount.COMMANDS_BROKEN);
                outlet.send(Frames.reply("-ERR " + why));
                yield true;
            }
            case CommandReader.Read.Hopeless(String why) -> {
                counters.increment(SocketCount.COMMANDS_BROKEN);
                outlet.send(Frames.reply("-ERR " + why));
                yield false;
            }
            case CommandReader.Read.End _ -> false;
        };
    }
}
