package io.jverto.sip.registrar;

import io.jverto.base.count.Counters;

/// What happens at the door.
public enum RegistrarCounter implements Counters.Counted {
    CHALLENGED("Requests challenged for their user"),
    ADMITTED("Requests whose user was proven"),
    REFUSED("Requests refused: no such user, a wrong password, or somebody else's name"),
    THROTTLED("Requests refused because their user or source had failed too often"),
    TOO_FAST("Requests dropped because their source sends too many of that method"),
    USER_TOO_FAST("Requests refused because their user sends too many"),
    BUSY("Requests refused because too many users are being looked up"),
    REGISTERED("Registrations, refreshes included"),
    UNREGISTERED("Telephones that unregistered, or whose connection ended"),
    EXPIRED("Telephones whose time was over"),
    SUBSCRIPTIONS_FULL("Subscriptions refused because there are too many, of all or of their watcher"),
    FULL("Registrations refused because there are too many, of all or of their user");

    private final String description;

    RegistrarCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
