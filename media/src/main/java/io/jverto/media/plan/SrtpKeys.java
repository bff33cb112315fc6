package io.jverto.media.plan;

import java.util.Arrays;

/// The master keys and salts of an SRTP session as a DTLS handshake made them (RFC 5764 section 4.2), or as offer and answer named them
/// (RFC 4568): then ours are the client's.
///
/// @param clientKey what the DTLS client encrypts with
/// @param serverKey what the DTLS server encrypts with
public record SrtpKeys(
        SrtpProfile profile, byte[] clientKey, byte[] clientSalt, byte[] serverKey, byte[] serverSalt) {
    /// @return whether we and the peer encrypt as we did under the other ones
    public boolean sameAs(SrtpKeys other) {
        return sameClient(other) && sameServer(other);
    }

    /// @return whether the client encrypts as it did under the other ones
    public boolean sameClient(SrtpKeys other) {
        return profile == other.profile && Arrays.equals(clientKey, other.clientKey) && Arrays.equals(clientSalt, other.clientSalt);
    }

    private boolean sameServer(SrtpKeys other) {
        return profile == other.profile && Arrays.equals(serverKey, other.serverKey) && Arrays.equals(serverSalt, other.serverSalt);
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]"; // keys are secrets: keep them out of logs
    }
}
