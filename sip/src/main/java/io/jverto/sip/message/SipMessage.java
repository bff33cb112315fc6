package io.jverto.sip.message;

import java.util.Locale;
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
        String type = headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return !body().isEmpty() && type.startsWith("application/sdp");
    }
}
