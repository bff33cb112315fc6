package io.jverto.media.plan;

/// A user fragment and password (RFC 8445 section 5.3).
public record IceCredentials(String ufrag, String password) {
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]"; // the password is a secret: keep it out of logs
    }
}
