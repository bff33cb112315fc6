package io.jverto.media.srtp;

import io.jverto.base.Broken;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Session keys from master keys: AES-CM as pseudo-random function, key derivation rate 0 (RFC 3711 section 4.3).
final class SrtpKeyDerivation {
    /// Labels of RFC 3711 section 4.3.1 and 4.3.2.
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private static final int LABEL_AT = 7;

    private final Cipher cipher;
    private final SecretKeySpec masterKey;
    private final byte[] masterSalt;

    SrtpKeyDerivation(byte[] masterKey, byte[] masterSalt) {
        this.cipher = cipher();
        this.masterKey = new SecretKeySpec(masterKey, "AES");
        // RFC 7714 section 11: a 96-bit salt is filled up with zeros on the right, to the 112 bits of the derivation.
        this.masterSalt = Arrays.copyOf(masterSalt, 16);
    }

    byte[] derive(int label, int length) {
        byte[] iv = masterSalt.clone();
        iv[LABEL_AT] ^= (byte) label;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, masterKey, new IvParameterSpec(iv));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException bug) {
            throw new Broken("AES-CTR does not work", bug);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new Broken("AES-CTR does not work", missing);
        }
    }
}
