package io.jverto.server.eventsocket;

import io.jverto.base.count.Counters;

/// What happens on the event socket.
enum SocketCount implements Counters.Counted {
    CONNECTIONS("connections taken"),
    CONNECTIONS_REFUSED("connections refused by the list of networks, or because there were too many"),
    LOGINS_FAILED("wrong passwords, and logins that had to wait"),
    PROGRAMS("programs that the server connected to for a call"),
    PROGRAMS_UNREACHABLE("programs that could not be reached, or said nothing"),
    PROGRAMS_REFUSED("programs that were not connected to because there were too many"),
    COMMANDS("commands taken"),
    COMMANDS_BROKEN("commands that could not be read; those that hide where the next one begins end the connection"),
    EVENTS_SENT("events and log lines given to a client"),
    EVENTS_DROPPED("events and log lines that a slow client missed");

    private final String description;

    SocketCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
