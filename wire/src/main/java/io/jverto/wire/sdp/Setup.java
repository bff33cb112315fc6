package io.jverto.wire.sdp;

import java.util.Locale;
import java.util.Optional;

/// Who begins the DTLS handshake (RFC 4145 section 4, RFC 5763 section 5).
public enum Setup {
    ACTIVE,
    PASSIVE,
    ACTPASS,
    HOLDCONN;

    public static Optional<Setup> decode(String value) {
        for (Setup setup : values()) {
            if (setup.name().equalsIgnoreCase(value)) {
                return Optional.of(setup);
            }
        }
        return Optional.empty();
    }

    public String encode() {
        return name().toLowerCase(Locale.ROOT);
    }
}
