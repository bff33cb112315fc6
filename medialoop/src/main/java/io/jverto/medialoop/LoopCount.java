package io.jverto.medialoop;

import io.jverto.base.count.Counters;

/// What is counted at media loops.
public enum LoopCount implements Counters.Counted {
    DATAGRAMS_RX("datagrams received"),
    DATAGRAMS_TX("datagrams sent"),
    SEND_FULL("datagrams not sent because the socket's buffer was full"),
    SEND_FAILED("datagrams not sent because the system refused the address"),
    UNKNOWN_ADDRESS("DTLS, RTP and RTCP datagrams dropped because no transport has their source address"),
    UNKNOWN_UFRAG("STUN requests dropped because they name none of our transports"),
    UNKNOWN_TRANSACTION("STUN responses dropped because no check of ours is open"),
    BINDINGS_ANSWERED("STUN binding requests of strangers answered"),
    BINDINGS_DROPPED("STUN requests of strangers dropped because they were too many or not plain"),
    ADDRESS_TAKEN("times a transport selected an address that is another's"),
    INBOX_FULL("commands dropped because a loop's inbox was full"),
    NO_ROOM("calls refused because every loop is full"),
    NO_PORTS("calls refused because no two UDP ports were free for them alone"),
    TRANSPORTS_OPENED("transports opened"),
    TRANSPORTS_CLOSED("transports closed"),
    TRANSPORTS_FAILED("transports ended by a bug of ours");

    private final String description;

    LoopCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
