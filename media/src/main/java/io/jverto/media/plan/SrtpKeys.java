package io.jverto.media.plan;

/// The master keys and salts of an SRTP session as a DTLS handshake made them (RFC 5764 section 4.2).
///
/// @param clientKey what the DTLS client encrypts with
/// @param serverKey what the DTLS server encrypts with
public record SrtpKeys(
        SrtpProfile profile, byte[] clientKey, byte[] clientSalt, byte[] serverKey, byte[] serverSalt) {
    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]"; // keys are secrets: keep them out of logs
    }
}
