package io.jverto.sip.message;

import java.util.Locale;
import java.util.Optional;

/// What carries messages, as Via and `transport=` name it.
public enum SipTransport {
    UDP(false, 5060),
    TCP(true, 5060),
    TLS(true, 5061),
    WS(true, 80),
    WSS(true, 443);

    private final boolean reliable;
    private final int defaultPort;

    SipTransport(boolean reliable, int defaultPort) {
        this.reliable = reliable;
        this.defaultPort = defaultPort;
    }

    /// Whether nothing is lost, so that nothing is sent twice (RFC 3261 section 17).
    public boolean isReliable() {
        return reliable;
    }

    public int defaultPort() {
        return defaultPort;
    }

    public static Optional<SipTransport> of(String name) {
        for (SipTransport transport : values()) {
            if (transport.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(transport);
            }
        }
        return Optional.empty();
    }
}
