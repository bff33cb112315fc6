package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.MediaPlan;
import io.jverto.wire.sdp.SdpText;

/// What came of an offer and an answer.
public sealed interface Negotiation {
    /// Both sides have something in common.
    ///
    /// @param local our own description: the answer that we give, or the offer that was answered
    record Agreed(MediaPlan plan, SdpText local) implements Negotiation {}

    /// Nothing can be agreed: the call ends with INCOMPATIBLE_DESTINATION.
    ///
    /// @param reason for the log and the operator
    record Refused(String reason) implements Negotiation {}
}
