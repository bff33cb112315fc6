package io.jverto.sip.dialog;

import io.jverto.base.count.Counters;

/// What happens to calls.
public enum CallCounter implements Counters.Counted {
    CALL_OUT("Calls that we made"),
    CALL_IN("Calls that came in"),
    CALL_OVER_LIMIT("Calls refused with 503 because there were too many"),
    FORK_ENDED("Calls answered by a second party, which was hung up on"),
    FORK_OVER_LIMIT("Responses of callees beyond the limit of a call, passed over"),
    OFFER_GLARE("Offers of both sides that crossed (491)"),
    OFFER_TOO_SOON("Offers of the peer before the last one was settled (500)"),
    OUT_OF_ORDER("Requests refused because their CSeq was lower than one before"),
    DIALOG_UNKNOWN("Requests and acknowledgements that belong to no call of ours"),
    EXTENSION_UNKNOWN("Requests refused with 420"),
    SESSION_EXPIRED("Calls ended because nobody refreshed their session"),
    UNACKNOWLEDGED("Calls ended because the peer did not acknowledge"),
    REFER_OVER_LIMIT("Transfers refused because too many were under way in their call");

    private final String description;

    CallCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
