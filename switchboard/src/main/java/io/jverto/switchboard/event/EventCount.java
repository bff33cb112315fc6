package io.jverto.switchboard.event;

import io.jverto.base.count.Counters;

/// What happens on event channels.
public enum EventCount implements Counters.Counted {
    EVENTS_PUBLISHED("events that the server or a client sent"),
    EVENTS_DELIVERED("events given to a session, once for each session and subscription"),
    EVENTS_UNADDRESSED("events for one session that was not connected"),
    EVENTS_HIDDEN("events kept from guests without a permission"),
    CORE_EVENTS_DROPPED("events of the switch that were too many to be told"),
    SUBSCRIPTIONS_REFUSED("subscriptions refused for want of a right"),
    SUBSCRIPTIONS_OVER_LIMIT("subscriptions refused because there were too many, or the name was too long"),
    GRANTS_OVER_LIMIT("permissions not given because a session had too many"),
    BROADCASTS_UNHANDLED("broadcasts of clients that no part of the server listens for"),
    ROWS_OVER_LIMIT("rows left out because a live array was full");

    private final String description;

    EventCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
