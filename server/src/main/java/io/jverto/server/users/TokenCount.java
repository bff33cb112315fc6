package io.jverto.server.users;

import io.jverto.base.count.Counters;

/// Events of the token desk on the page's port.
public enum TokenCount implements Counters.Counted {
    GIVEN("tokens given to web applications"),
    REFUSED("requests for a token that could not be met: no such user, or not as they must be"),
    FORBIDDEN("requests for a token from an address that a list of networks keeps out"),
    SECRETS_WRONG("requests for a token with a wrong secret, or none"),
    THROTTLED("requests for a token refused without a look, after too many wrong secrets"),
    TOO_FAST("requests for a token refused because more came than are answered in a second");

    private final String description;

    TokenCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
