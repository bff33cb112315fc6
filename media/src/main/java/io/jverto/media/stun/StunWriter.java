package io.jverto.media.stun;

import io.jverto.base.Broken;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Writes one message after the other into the same array: `begin`, attributes, `finish`. The message is `bytes()[0 .. length)`
/// until the next `begin`. Every message carries SOFTWARE and ends with FINGERPRINT, unless it is a bare one.
public final class StunWriter {
    /// Far more than the largest message that ICE needs: two user fragments of 256 characters (RFC 8839 section 5.4).
    private static final int CAPACITY = 1024;

    private static final byte[] SOFTWARE = "jverto".getBytes(StandardCharsets.UTF_8);

    private final byte[] bytes = new byte[CAPACITY];
    private final CRC32 crc = new CRC32();
    private int length;

    public StunWriter begin(StunClass messageClass, StunTransaction transaction) {
        return beginBare(messageClass, transaction).attribute(StunType.SOFTWARE, SOFTWARE);
    }

    /// A message without SOFTWARE, for [#finishBare].
    public StunWriter beginBare(StunClass messageClass, StunTransaction transaction) {
        length = 0;
        int16(messageClass.code());
        int16(0);
        int32(StunType.MAGIC_COOKIE);
        int64(transaction.high());
        int32(transaction.low());
        return this;
    }

    public StunWriter username(String text) {
        return attribute(StunType.USERNAME, text.getBytes(StandardCharsets.UTF_8));
    }

    public StunWriter priority(long priority) {
        head(StunType.PRIORITY, 4);
        int32((int) priority);
        return this;
    }

    public StunWriter useCandidate() {
        head(StunType.USE_CANDIDATE, 0);
        return this;
    }

    public StunWriter role(boolean controlling, long tieBreaker) {
        head(controlling ? StunType.ICE_CONTROLLING : StunType.ICE_CONTROLLED, 8);
        int64(tieBreaker);
        return this;
    }

    /// XOR-MAPPED-ADDRESS (RFC 8489 section 14.2).
    ///
    /// @param address resolved
    public StunWriter mappedAddress(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        head(StunType.XOR_MAPPED_ADDRESS, 4 + ip.length);
        int16(ip.length == 4 ? 1 : 2);
        int16(address.getPort() ^ StunType.MAGIC_COOKIE >>> 16);
        for (int i = 0; i < ip.length; i++) {
            bytes[length++] = (byte) (ip[i] ^ bytes[4 + i]);
        }
        return this;
    }

    public StunWriter error(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        head(StunType.ERROR_CODE, 4 + text.length);
        int32(code / 100 << 8 | code % 100);
        return raw(text);
    }

    public StunWriter unknownAttribute(int type) {
        head(StunType.UNKNOWN_ATTRIBUTES, 2);
        int16(type);
        return pad();
    }

    /// Adds MESSAGE-INTEGRITY and FINGERPRINT.
    ///
    /// @return the message's length
    public int finish(StunKey key) {
        int at = length;
        head(StunType.MESSAGE_INTEGRITY, StunType.INTEGRITY_LENGTH);
        length += StunType.INTEGRITY_LENGTH;
        key.write(bytes, 0, at);
        return finish();
    }

    /// Adds FINGERPRINT alone, for who has no key.
    ///
    /// @return the message's length
    public int finish() {
        int at = length;
        head(StunType.FINGERPRINT, StunType.FINGERPRINT_LENGTH);
        int total = length + StunType.FINGERPRINT_LENGTH - StunType.HEADER;
        bytes[2] = (byte) (total >>> 8);
        bytes[3] = (byte) total;
        crc.reset();
        crc.update(bytes, 0, at);
        int32((int) crc.getValue() ^ StunType.FINGERPRINT_XOR);
        return length;
    }

    /// Adds nothing: for who must not answer with more than he was asked.
    ///
    /// @return the message's length
    public int finishBare() {
        int total = length - StunType.HEADER;
        bytes[2] = (byte) (total >>> 8);
        bytes[3] = (byte) total;
        return length;
    }

    public byte[] bytes() {
        return bytes;
    }

    StunWriter attribute(int type, byte[] value) {
        head(type, value.length);
        return raw(value);
    }

    private StunWriter raw(byte[] value) {
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return pad();
    }

    private StunWriter pad() {
        while ((length & 3) != 0) {
            bytes[length++] = 0;
        }
        return this;
    }

    private void head(int type, int size) {
        // Integrity and fingerprint must still fit behind whatever comes.
        if (length + size + 40 > CAPACITY) {
            throw new Broken("STUN message longer than " + CAPACITY);
        }
        int16(type);
        int16(size);
    }

    private void int16(int value) {
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void int32(int value) {
        int16(value >>> 16);
        int16(value);
    }

    private void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }
}
