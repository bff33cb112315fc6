package io.jverto.media.srtp;

import io.jverto.base.Broken;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA1, cut short (RFC 3711 section 4.2.1).
final class SrtpTag {
    static final int SHA1 = 20;

    private final Mac mac;
    private final int length;
    private final byte[] rollover;
    private final byte[] computed;

    SrtpTag(byte[] key, int length, SrtpShared shared) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException missing) {
            throw new Broken("HMAC-SHA1 does not work", missing);
        }
        this.length = length;
        this.rollover = shared.rollover;
        this.computed = shared.tag;
    }

    /// Writes the tag of a packet and a rollover counter behind the packet.
    void write(byte[] bytes, int offset, int count, int rolloverCounter) {
        compute(bytes, offset, count, rolloverCounter);
        System.arraycopy(computed, 0, bytes, offset + count, length);
    }

    boolean matches(byte[] bytes, int offset, int count, int rolloverCounter) {
        compute(bytes, offset, count, rolloverCounter);
        return Bytes.equal(computed, 0, bytes, offset + count, length);
    }

    void write(byte[] bytes, int offset, int count) {
        compute(bytes, offset, count);
        System.arraycopy(computed, 0, bytes, offset + count, length);
    }

    boolean matches(byte[] bytes, int offset, int count) {
        compute(bytes, offset, count);
        return Bytes.equal(computed, 0, bytes, offset + count, length);
    }

    private void compute(byte[] bytes, int offset, int count, int rolloverCounter) {
        mac.update(bytes, offset, count);
        Bytes.putInt(rollover, 0, rolloverCounter);
        mac.update(rollover, 0, rollover.length);
        finish();
    }

    private void compute(byte[] bytes, int offset, int count) {
        mac.update(bytes, offset, count);
        finish();
    }

    private void finish() {
        try {
            mac.doFinal(computed, 0);
        } catch (GeneralSecurityException bug) {
            throw new Broken("HMAC-SHA1 into " + computed.length + " bytes", bug);
        }
    }
}
