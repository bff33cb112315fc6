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
    TCP_ACCEPTED("TCP connections of peers taken"),
    TCP_REFUSED("TCP connections refused: too many, too many of one address, or of an address that sends datagrams too"),
    TCP_STRANGERS("TCP connections ended because what came first, or did not come in time, was no STUN request for one of our transports"),
    TCP_TOO_LONG("TCP connections ended because they announced a datagram longer than there are"),
    TCP_IDLE("TCP connections ended because nothing came any more"),
    TCP_SLOW("TCP connections ended because the peer did not take what was sent"),
    TCP_ADDRESS("datagrams dropped because their source address is that of a TCP connection"),
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
