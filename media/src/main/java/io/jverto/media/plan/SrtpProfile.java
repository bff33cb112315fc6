package io.jverto.media.plan;

/// The SRTP protection profiles that we speak, best first (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
public enum SrtpProfile {
    /// AEAD: key 16, salt 12, tag 16 bytes.
    AEAD_AES_128_GCM(0x0007, 16, 12),
    /// Counter mode and HMAC-SHA1 cut to 80 bits: key 16, salt 14, tag 10 bytes. RFC 8827 section 6.5 demands it of everybody.
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14);

    private final int code;
    private final int keyLength;
    private final int saltLength;

    SrtpProfile(int code, int keyLength, int saltLength) {
        this.code = code;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
    }

    /// @return the number in the use_srtp extension
    public int code() {
        return code;
    }

    /// @return bytes of the master key
    public int keyLength() {
        return keyLength;
    }

    /// @return bytes of the master salt
    public int saltLength() {
        return saltLength;
    }
}
