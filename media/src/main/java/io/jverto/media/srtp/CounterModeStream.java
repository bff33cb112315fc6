package io.jverto.media.srtp;

import io.jverto.base.Broken;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// The AES-CM key stream (RFC 3711 section 4.1.1). The counters are laid out and encrypted in one call of AES/ECB, whose
/// cipher never needs a new key or IV: unlike AES/CTR, nothing is allocated per packet.
final class CounterModeStream {
    private static final int BLOCK = 16;

    private final Cipher aes;
    private final long saltHigh;
    private final long saltLow;
    private final byte[] counters;
    private final byte[] stream;

    CounterModeStream(byte[] key, byte[] salt, SrtpShared shared) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException missing) {
            throw new Broken("AES does not work", missing);
        }
        counters = shared.blocks;
        stream = shared.stream;
        byte[] shifted = Arrays.copyOf(salt, BLOCK); // salt * 2^16
        saltHigh = Bytes.getLong(shifted, 0);
        saltLow = Bytes.getLong(shifted, 8);
    }

    /// Encrypts or decrypts `bytes[offset .. offset + length)`.
    void apply(byte[] bytes, int offset, int length, int ssrc, long index) {
        if (length == 0) {
            return;
        }
        // IV = salt * 2^16 XOR ssrc * 2^64 XOR index * 2^16; the lowest 16 bits count blocks.
        long high = saltHigh ^ Integer.toUnsignedLong(ssrc);
        long low = saltLow ^ index << 16;
        int blocks = (length + BLOCK - 1) / BLOCK;
        for (int i = 0; i < blocks; i++) {
            Bytes.putLong(counters, i * BLOCK, high);
            Bytes.putLong(counters, i * BLOCK + 8, low + i);
        }
        try {
            aes.update(counters, 0, blocks * BLOCK, stream, 0);
        } catch (GeneralSecurityException bug) {
            throw new Broken("key stream of " + length + " bytes", bug);
        }
        Bytes.xor(bytes, offset, stream, length);
    }
}
