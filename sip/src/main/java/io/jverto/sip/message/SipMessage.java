package io.jverto.sip.message;

import java.util.Optional;

/// A request or a response. Immutable.
public sealed interface SipMessage permits SipRequest, SipResponse {
    Envelope envelope();

    Headers headers();

    Body body();

    SipMessage withEnvelope(Envelope changed);

    /// @return the first Contact that is an address and not `*`
    default Optional<NameAddr> contact() {
        return headers().addresses("Contact").stream().findFirst();
    }

    /// Whether the body is SDP.
    default boolean hasSdp() {
        return !body().isEmpty() && headers().first("Content-Type").filter(type -> type.toLowerCase(java.util.Locale.ROOT).startsWith("application/sdp")).isPresent();
    }
}
