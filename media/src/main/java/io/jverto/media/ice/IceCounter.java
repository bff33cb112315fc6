package io.jverto.media.ice;

import io.jverto.base.count.Counters;

/// What happens to ICE agents.
public enum IceCounter implements Counters.Counted {
    AFTER_FAILURE("STUN datagrams dropped because the agent has given up"),
    REQUEST_ANSWERED("Authenticated binding requests answered with success"),
    MALFORMED("STUN datagrams dropped because they do not parse, or their FINGERPRINT is wrong"),
    REQUEST_WRONG_USERNAME("Binding requests dropped because USERNAME is not ours:theirs"),
    REQUEST_PEER_UNKNOWN("Binding requests dropped because the peer's credentials are not known yet"),
    REQUEST_WRONG_INTEGRITY("Binding requests dropped because MESSAGE-INTEGRITY is missing or wrong"),
    REQUEST_DENIED("Binding requests dropped because no candidate ACL has the address that they come from"),
    REQUEST_OVER_LIMIT("Binding requests dropped because there were too many"),
    REQUEST_UNKNOWN_ATTRIBUTE("Authenticated requests refused with 420 because they must be understood and are not"),
    RESPONSE_UNMATCHED("STUN responses dropped because no request of ours fits"),
    RESPONSE_WRONG_ADDRESS("STUN responses dropped because they come from another address than asked"),
    RESPONSE_WRONG_INTEGRITY("STUN responses dropped because MESSAGE-INTEGRITY is missing or wrong"),
    ROLE_CONFLICT("Role conflicts noticed by either side (RFC 8445 section 7.3.1.1)"),
    CHECK_SENT("Binding requests sent, repetitions included"),
    CANDIDATE_DENIED("Candidates passed over because no candidate ACL has their address"),
    CANDIDATE_STALE("Late candidates passed over because they belong to other credentials, or the agent has given up"),
    CANDIDATE_OVER_LIMIT("Candidates passed over because the peer named too many"),
    PAIR_LEARNED("Peer-reflexive addresses learned"),
    PAIR_SELECTED("Times a pair was selected"),
    RESTARTED("ICE restarts completed"),
    NEVER_CONNECTED("Agents that gave up because no pair was ever selected"),
    CONSENT_LOST("Agents that gave up because the peer no longer consented (RFC 7675)");

    private final String description;

    IceCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
