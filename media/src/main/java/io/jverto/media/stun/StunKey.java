package io.jverto.media.stun;

import io.jverto.base.Broken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Computes MESSAGE-INTEGRITY with one password (RFC 8489 section 14.5). One thread at a time.
public final class StunKey {
    private static final String ALGORITHM = "HmacSHA1";
    /// Looking a Mac up costs more than computing one; a copy costs little. Never used itself.
    private static final Mac TEMPLATE = template();

    private final Mac mac;
    private final byte[] header = new byte[4];
    private final byte[] computed = new byte[StunType.INTEGRITY_LENGTH];

    private StunKey(byte[] key) {
        try {
            mac = (Mac) TEMPLATE.clone();
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (CloneNotSupportedException | GeneralSecurityException bug) {
            throw new Broken("HMAC-SHA1 does not work", bug);
        }
    }

    private static Mac template() {
        try {
            Mac template = Mac.getInstance(ALGORITHM);
            template.init(new SecretKeySpec(new byte[1], ALGORITHM)); // chooses who computes; before that there is nothing to copy
            return template;
        } catch (GeneralSecurityException missing) {
            throw new Broken("HMAC-SHA1 does not work", missing);
        }
    }

    /// The short-term mechanism (RFC 8489 section 9.1.1). ICE passwords are ASCII, so SASLprep changes nothing.
    ///
    /// @param password not empty
    public static StunKey ofPassword(String password) {
        return new StunKey(password.getBytes(StandardCharsets.UTF_8));
    }

    /// The long-term mechanism's key is computed elsewhere (RFC 8489 section 9.2.2).
    static StunKey ofBytes(byte[] key) {
        return new StunKey(key);
    }

    /// @param at where MESSAGE-INTEGRITY begins, from the start of the message
    boolean matches(byte[] bytes, int offset, int at) {
        compute(bytes, offset, at);
        int difference = 0;
        for (int i = 0; i < computed.length; i++) {
            difference |= computed[i] ^ bytes[offset + at + 4 + i];
        }
        return difference == 0;
    }

    void write(byte[] bytes, int offset, int at) {
        compute(bytes, offset, at);
        System.arraycopy(computed, 0, bytes, offset + at + 4, computed.length);
    }

    /// RFC 8489 section 14.5: the length in the header counts up to the end of MESSAGE-INTEGRITY, whatever follows.
    private void compute(byte[] bytes, int offset, int at) {
        int counted = at + 4 + StunType.INTEGRITY_LENGTH - StunType.HEADER;
        header[0] = bytes[offset];
        header[1] = bytes[offset + 1];
        header[2] = (byte) (counted >>> 8);
        header[3] = (byte) counted;
        mac.update(header, 0, header.length);
        mac.update(bytes, offset + 4, at - 4);
        try {
            mac.doFinal(computed, 0);
        } catch (GeneralSecurityException bug) {
            throw new Broken("HMAC-SHA1 into " + computed.length + " bytes", bug);
        }
    }
}
