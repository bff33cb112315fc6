package io.jverto.media.srtp;

import io.jverto.base.Broken;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-128-GCM with the nonces of SRTP (RFC 7714 section 8.1). The JDK wants a new parameter object for each nonce: that
/// and what it does inside is all that is allocated per packet.
final class GcmCipher {
    private static final int TAG_BITS = 128;

    private final Cipher aes;
    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] nonce = new byte[12];
    /// Made when something is opened: half of all ciphers only seal.
    private byte[] plain = new byte[0];

    GcmCipher(byte[] key, byte[] salt) {
        try {
            this.aes = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new Broken("AES-GCM does not work", missing);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt.clone();
    }

    void beginSeal(int ssrc, long index) {
        begin(Cipher.ENCRYPT_MODE, ssrc, index);
    }

    void beginOpen(int ssrc, long index) {
        begin(Cipher.DECRYPT_MODE, ssrc, index);
    }

    void associate(byte[] bytes, int offset, int length) {
        aes.updateAAD(bytes, offset, length);
    }

    /// Encrypts in place; the tag follows.
    void seal(byte[] bytes, int offset, int length) {
        try {
            aes.doFinal(bytes, offset, length, bytes, offset);
        } catch (GeneralSecurityException bug) {
            throw new Broken("sealing " + length + " bytes", bug);
        }
    }

    /// Decrypts ciphertext and tag. By way of a second array: in place the JDK would allocate one for each packet.
    boolean open(byte[] bytes, int offset, int length) {
        try {
            if (plain.length == 0) {
                plain = new byte[SrtpTransform.MAX_PACKET];
            }
            int count = aes.doFinal(bytes, offset, length, plain, 0);
            System.arraycopy(plain, 0, bytes, offset, count);
            return true;
        } catch (AEADBadTagException forged) {
            return false;
        } catch (GeneralSecurityException bug) {
            throw new Broken("opening " + length + " bytes", bug);
        }
    }

    private void begin(int mode, int ssrc, long index) {
        // RFC 7714 sections 8.1 and 9.1: 16 zero bits, SSRC, 48 bits of index, all XOR salt.
        System.arraycopy(salt, 0, nonce, 0, nonce.length);
        Bytes.putInt(nonce, 2, Bytes.getInt(nonce, 2) ^ ssrc);
        nonce[6] ^= (byte) (index >>> 40);
        nonce[7] ^= (byte) (index >>> 32);
        Bytes.putInt(nonce, 8, Bytes.getInt(nonce, 8) ^ (int) index);
        try {
            aes.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        } catch (GeneralSecurityException bug) {
            throw new Broken("AES-GCM refuses a nonce", bug);
        }
    }
}
