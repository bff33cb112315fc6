package io.jverto.media.stun;

import static io.jverto.media.stun.StunType.HEADER;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/// A view of one Binding message (RFC 8489) in the array it was received in, to be used again and again. What it says is true
/// of the last [#read] that returned true, for as long as the array stays as it is. Says nothing about who sent it: see
/// [#isAuthentic].
public final class StunMessage {
    private static final StunClass[] CLASSES = StunClass.values();
    private static final int ABSENT = -1;
    /// RFC 8489 section 14.3: fewer than 509 bytes.
    private static final int MAX_USERNAME = 508;

    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private final CRC32 crc = new CRC32();

    private byte[] bytes = new byte[0];
    private int start;
    private StunClass messageClass = StunClass.INDICATION;

    private int usernameAt;
    private int usernameLength;
    private int priorityAt;
    private int controllingAt;
    private int controlledAt;
    private int mappedAt;
    private int mappedLength;
    private int errorAt;
    private int integrityAt;
    private boolean useCandidate;
    private int unknownRequired;

    /// Reads a whole datagram.
    ///
    /// @return false when it is no Binding message, does not fill the datagram exactly, or its FINGERPRINT is wrong
    public boolean read(byte[] datagram, int offset, int length) {
        bytes = datagram;
        start = offset;
        forget();
        return readHeader(length) && readAttributes(length);
    }

    public StunClass messageClass() {
        return messageClass;
    }

    public StunTransaction transaction() {
        return new StunTransaction((long) int32(8) << 32 | int32(12) & 0xffff_ffffL, int32(16));
    }

    /// @return whether MESSAGE-INTEGRITY is there and was made with that key
    public boolean isAuthentic(StunKey key) {
        return integrityAt != ABSENT && key.matches(bytes, start, integrityAt);
    }

    public Optional<String> username() {
        return usernameAt == ABSENT
                ? Optional.empty()
                : Optional.of(new String(bytes, start + usernameAt, usernameLength, StandardCharsets.UTF_8));
    }

    public boolean hasPriority() {
        return priorityAt != ABSENT;
    }

    /// @return PRIORITY, 0 when there is none
    public long priority() {
        return priorityAt == ABSENT ? 0 : int32(priorityAt) & 0xffff_ffffL;
    }

    public boolean useCandidate() {
        return useCandidate;
    }

    public boolean isControlling() {
        return controllingAt != ABSENT;
    }

    public boolean isControlled() {
        return controlledAt != ABSENT;
    }

    /// @return the number in ICE-CONTROLLING or ICE-CONTROLLED, 0 when there is none; unsigned
    public long tieBreaker() {
        int at = controllingAt != ABSENT ? controllingAt : controlledAt;
        return at == ABSENT ? 0 : (long) int32(at) << 32 | int32(at + 4) & 0xffff_ffffL;
    }

    /// @return the code of an error response, 0 when there is none
    public int errorCode() {
        return errorAt == ABSENT ? 0 : (int8(errorAt + 2) & 7) * 100 + int8(errorAt + 3);
    }

    /// @return the first attribute that must be understood and is not, 0 when there is none
    public int unknownRequired() {
        return unknownRequired;
    }

    /// XOR-MAPPED-ADDRESS: as whom the other side saw us.
    public Optional<InetSocketAddress> mappedAddress() {
        if (mappedAt == ABSENT) {
            return Optional.empty();
        }
        int family = int8(mappedAt + 1);
        int size = family == IPV4 ? 4 : 16;
        if (family != IPV4 && family != IPV6 || mappedLength != 4 + size) {
            return Optional.empty();
        }
        byte[] address = Arrays.copyOfRange(bytes, start + mappedAt + 4, start + mappedAt + 4 + size);
        for (int i = 0; i < size; i++) {
            address[i] ^= bytes[start + 4 + i]; // cookie, then transaction id (RFC 8489 section 14.2)
        }
        try {
            int port = int16(mappedAt + 2) ^ StunType.MAGIC_COOKIE >>> 16;
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException wrongLength) {
            return Optional.empty();
        }
    }

    private void forget() {
        usernameAt = ABSENT;
        priorityAt = ABSENT;
        controllingAt = ABSENT;
        controlledAt = ABSENT;
        mappedAt = ABSENT;
        errorAt = ABSENT;
        integrityAt = ABSENT;
        useCandidate = false;
        unknownRequired = 0;
    }

    private boolean readHeader(int length) {
        if (length < HEADER || (length & 3) != 0 || int16(2) != length - HEADER || int32(4) != StunType.MAGIC_COOKIE) {
            return false;
        }
        int type = int16(0);
        for (StunClass candidate : CLASSES) {
            if (candidate.code() == type) {
                messageClass = candidate;
                return true;
            }
        }
        return false;
    }

    private boolean readAttributes(int length) {
        int at = HEADER;
        while (at < length) {
            if (length - at < 4) {
                return false;
            }
            int type = int16(at);
            int size = int16(at + 2);
            int next = at + 4 + StunType.padded(size);
            if (next > length) {
                return false;
            }
            if (type == StunType.FINGERPRINT) {
                // RFC 8489 section 14.7: it is the last attribute.
                return size == StunType.FINGERPRINT_LENGTH && next == length && fingerprintMatches(at);
            }
            // RFC 8489 section 14.5: what follows MESSAGE-INTEGRITY is not authentic and does not count.
            if (integrityAt == ABSENT && !readAttribute(type, at, size)) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /// RFC 8489 section 14: of several attributes of one type the first counts.
    private boolean readAttribute(int type, int at, int size) {
        int value = at + 4;
        switch (type) {
            case StunType.USERNAME -> {
                if (size > MAX_USERNAME) {
                    return false;
                }
                if (usernameAt == ABSENT) {
                    usernameAt = value;
                    usernameLength = size;
                }
            }
            case StunType.MESSAGE_INTEGRITY -> {
                integrityAt = at;
                return size == StunType.INTEGRITY_LENGTH;
            }
            case StunType.PRIORITY -> {
                priorityAt = first(priorityAt, value);
                return size == 4;
            }
            case StunType.USE_CANDIDATE -> {
                useCandidate = true;
                return size == 0;
            }
            case StunType.ICE_CONTROLLING -> {
                controllingAt = first(controllingAt, value);
                return size == 8;
            }
            case StunType.ICE_CONTROLLED -> {
                controlledAt = first(controlledAt, value);
                return size == 8;
            }
            case StunType.ERROR_CODE -> {
                errorAt = first(errorAt, value);
                return size >= 4;
            }
            case StunType.XOR_MAPPED_ADDRESS -> {
                if (mappedAt == ABSENT) {
                    mappedAt = value;
                    mappedLength = size;
                }
                return size >= 8;
            }
            default -> noteUnknown(type);
        }
        return true;
    }

    private void noteUnknown(int type) {
        boolean known = switch (type) {
            case StunType.REALM, StunType.NONCE, StunType.MESSAGE_INTEGRITY_SHA256, StunType.UNKNOWN_ATTRIBUTES -> true;
            default -> type >= StunType.FIRST_OPTIONAL;
        };
        if (!known && unknownRequired == 0) {
            unknownRequired = type;
        }
    }

    private boolean fingerprintMatches(int at) {
        crc.reset();
        crc.update(bytes, start, at);
        return ((int) crc.getValue() ^ StunType.FINGERPRINT_XOR) == int32(at + 4);
    }

    private static int first(int known, int value) {
        return known == ABSENT ? value : known;
    }

    private int int8(int at) {
        return bytes[start + at] & 0xff;
    }

    private int int16(int at) {
        return int8(at) << 8 | int8(at + 1);
    }

    private int int32(int at) {
        return int16(at) << 16 | int16(at + 2);
    }
}
