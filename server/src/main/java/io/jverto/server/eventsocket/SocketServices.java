package io.jverto.server.eventsocket;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.server.log.LogStream;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.CoreEvents;
import java.util.random.RandomGenerator;

/// What every client of the event socket works with.
///
/// @param random for the ids of events that clients send; thread-safe
record SocketServices(
        Commands commands,
        Switchboard board,
        CoreEvents core,
        LogStream logs,
        TimeSource time,
        RandomGenerator random,
        Counters<SocketCount> counters) {
    static SocketServices of(EventSocket.Switch board) {
        return new SocketServices(board.commands(), board.board(), board.core(), board.logs(), board.time(), board.random(),
                new Counters<>(SocketCount.class));
    }
}
