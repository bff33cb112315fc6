package io.jverto.sip.gateway;

import io.jverto.base.count.Counters;

/// What happens to gateways.
public enum GatewayCounter implements Counters.Counted {
    REGISTERED("Registrations accepted, refreshes included"),
    REGISTER_FAILED("Registrations refused or not answered by any address of their gateway"),
    CHALLENGE_REFUSED("Challenges that were not answered: of a stranger, of an unknown kind, or after a wrong password"),
    FAILED_OVER("Times that the next address of a gateway was tried"),
    PING_FAILED("Pings that a gateway did not answer, or answered with 408, 503 or above 600");

    private final String description;

    GatewayCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
