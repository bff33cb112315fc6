package io.jverto.media.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The SRTP protection profiles that we speak (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
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

    /// Which is cheapest here: AEAD for packets as long as those of pictures; counter mode for sound alone, whose packets are so short that what
    /// Java allocates to begin an AEAD packet costs more than all else (docs/decisions/0036).
    public static SrtpProfile cheapest(boolean pictures) {
        return pictures ? AEAD_AES_128_GCM : AES128_CM_HMAC_SHA1_80;
    }

    /// @return all, best first
    public static List<SrtpProfile> beginningWith(SrtpProfile best) {
        return Stream.concat(Stream.of(best), Arrays.stream(values()).filter(other -> other != best)).toList();
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
