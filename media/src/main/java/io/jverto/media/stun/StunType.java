package io.jverto.media.stun;

/// Numbers of STUN (RFC 8489 sections 5, 14, 18; RFC 8445 section 16). Message types with method Binding only.
final class StunType {
    static final int MAGIC_COOKIE = 0x2112_a442;
    static final int HEADER = 20;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000a;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int MESSAGE_INTEGRITY_SHA256 = 0x001c;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int SOFTWARE = 0x8022;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802a;

    /// From here on an attribute may be ignored by who does not know it (RFC 8489 section 14).
    static final int FIRST_OPTIONAL = 0x8000;

    static final int INTEGRITY_LENGTH = 20;
    static final int FINGERPRINT_LENGTH = 4;
    static final int FINGERPRINT_XOR = 0x5354_554e;

    private StunType() {}

    /// Attributes are filled up to four bytes.
    static int padded(int length) {
        return length + 3 & ~3;
    }
}
