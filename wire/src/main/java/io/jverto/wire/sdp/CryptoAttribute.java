package io.jverto.wire.sdp;

import java.util.Base64;
import java.util.Optional;

/// `a=crypto` with one key and no session parameters that change what is sent (RFC 4568 section 9.1).
///
/// @param tag number of the line, 1 to 9 digits
/// @param suite as written, for instance `AES_CM_128_HMAC_SHA1_80`
/// @param keyAndSalt the master key and behind it the master salt
public record CryptoAttribute(int tag, String suite, byte[] keyAndSalt) {
    private static final String INLINE = "inline:";
    private static final int MAX_TAG = 999_999_999;
    private static final int MAX_KEY = 128;

    /// @return empty when it is malformed, or wants what we do not do: an MKI, several keys, packets that are not encrypted
    public static Optional<CryptoAttribute> decode(String value) {
        String[] parts = value.strip().split(" +");
        if (parts.length < 3 || !parts[2].startsWith(INLINE) || parts[2].indexOf(';') >= 0) {
            return Optional.empty();
        }
        for (int i = 3; i < parts.length; i++) {
            // RFC 4568 section 6.3: a window size hint binds nobody, whatever has a minus may be passed over.
            if (!parts[i].startsWith("WSH=") && !parts[i].startsWith("-")) {
                return Optional.empty();
            }
        }
        String[] key = parts[2].substring(INLINE.length()).split("\\|", -1);
        boolean identified = key.length > 2 || key.length == 2 && key[1].indexOf(':') >= 0;
        int tag = (int) Digits.decode(parts[0], MAX_TAG);
        return tag < 0 || identified ? Optional.empty() : key(key[0]).map(bytes -> new CryptoAttribute(tag, parts[1], bytes));
    }

    private static Optional<byte[]> key(String base64) {
        try {
            byte[] bytes = base64.length() > MAX_KEY ? new byte[0] : Base64.getDecoder().decode(base64);
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException notBase64) { // its only way of saying no
            return Optional.empty();
        }
    }

    public String encode() {
        return tag + " " + suite + " " + INLINE + Base64.getEncoder().encodeToString(keyAndSalt);
    }

    @Override
    public String toString() {
        return "CryptoAttribute[" + tag + " " + suite + "]"; // keys are secrets: keep them out of logs
    }
}
