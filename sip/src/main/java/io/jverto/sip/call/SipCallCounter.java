package io.jverto.sip.call;

import io.jverto.base.count.Counters;

/// What is counted of calls between the switch and SIP peers.
public enum SipCallCounter implements Counters.Counted {
    CALLS_IN("calls that came in and were let into the switch"),
    CALLS_OUT("calls that the switch made"),
    REFUSED("calls that came in and were refused by the switch: too many, or a name in use"),
    NO_OFFER("calls that came in without an offer, where the profile wants one"),
    REDIRECTED("calls that were made again to where the callee said"),
    NEXT_ADDRESS("calls that were made again to the next address of the same host"),
    REFER_REFUSED("transfers that peers asked for and did not get"),
    REPLACES_UNKNOWN("transfers to a call that is not the same peer's, or not there"),
    INFO_UNKNOWN("INFO requests that are no digit"),
    GATEWAY_LIMITED("calls that did not go out because their gateway had as many as it may, at once or in a second"),
    USER_LIMITED("calls that did not go out over a gateway because their user had as many as he may, at once or in a minute"),
    TOO_MUCH("things that peers said of a call while too much of it waited");

    private final String description;

    SipCallCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
