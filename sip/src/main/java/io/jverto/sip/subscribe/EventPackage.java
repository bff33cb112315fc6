package io.jverto.sip.subscribe;

import java.util.Optional;

/// What can be subscribed to.
public enum EventPackage {
    /// How many voice messages wait (RFC 3842).
    MESSAGE_SUMMARY("message-summary", "application/simple-message-summary"),
    /// Whether a user's telephone rings or is in use: lamps (RFC 4235).
    DIALOG("dialog", "application/dialog-info+xml"),
    /// Whether a user can be reached, and what he is at (RFC 3856).
    PRESENCE("presence", "application/pidf+xml");

    private final String token;
    private final String type;

    EventPackage(String token, String type) {
        this.token = token;
        this.type = type;
    }

    public String token() {
        return token;
    }

    /// @return the Content-Type of its state
    public String type() {
        return type;
    }

    /// @param header what Event says, its parameters included
    static Optional<EventPackage> of(String header) {
        String word = header.split(";", 2)[0].strip();
        for (EventPackage one : values()) {
            if (one.token.equalsIgnoreCase(word)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    static String tokens() {
        return DIALOG.token + ", " + MESSAGE_SUMMARY.token + ", " + PRESENCE.token;
    }
}
