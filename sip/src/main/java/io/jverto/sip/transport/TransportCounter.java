package io.jverto.sip.transport;

import io.jverto.base.count.Counters;

/// What happens at the sockets of SIP.
public enum TransportCounter implements Counters.Counted {
    RECEIVED("Messages received"),
    SENT("Messages sent"),
    DROPPED_MALFORMED("Messages dropped because they cannot be read"),
    REJECTED("Requests answered with 400 or 505 because they are wrong"),
    DROPPED_SOURCE_LIMIT("Messages dropped because their source sends too many"),
    DROPPED_FULL("Messages dropped because those before them still wait to be handled"),
    SEND_FAILED("Messages that could not be sent"),
    CONNECTION_OPENED("Connections of both directions"),
    CONNECTION_REFUSED("Connections closed at once because there are too many, of all or of their source"),
    CONNECTION_BROKEN("Connections that ended in an error, or because nothing was said for long"),
    CONNECTION_LOST("Connections closed because their framing was in doubt"),
    CONNECTION_SLOW("Connections closed because the peer does not read"),
    BUG("Messages whose handling failed because of a bug of ours");

    private final String description;

    TransportCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
