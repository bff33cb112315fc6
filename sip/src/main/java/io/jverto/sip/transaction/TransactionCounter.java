package io.jverto.sip.transaction;

import io.jverto.base.count.Counters;

/// What happens to transactions.
public enum TransactionCounter implements Counters.Counted {
    CLIENT_STARTED("Requests sent, repetitions not counted"),
    CLIENT_REFUSED("Requests not sent because too many were on their way"),
    CLIENT_TIMED_OUT("Requests that nobody answered in time"),
    SERVER_STARTED("Requests received, repetitions not counted"),
    SERVER_REFUSED("Requests answered with 503 because too many were being served"),
    SERVER_NEGLECTED("Requests dropped because we did not respond in time ourselves"),
    MERGED("Requests answered with 482 because they came by two ways (RFC 3261 section 8.2.2.2)"),
    REPEATED("Messages sent again because a timer expired"),
    ABSORBED("Messages received again and dealt with by their transaction"),
    RESPONSE_UNMATCHED("Responses dropped because no request of ours fits"),
    CANCEL_UNMATCHED("CANCEL requests answered with 481"),
    UNACKNOWLEDGED("Refusals of INVITE that were never acknowledged");

    private final String description;

    TransactionCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
