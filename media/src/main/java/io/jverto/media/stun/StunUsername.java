package io.jverto.media.stun;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Looks into a STUN request before its agent is known. Verifies nothing but bounds: the agent does the rest.
public final class StunUsername {
    private StunUsername() {}

    /// The first half of USERNAME: which of our agents a request is for (RFC 8445 section 7.2.2).
    public static Optional<String> localUfrag(byte[] bytes, int offset, int length) {
        if (length < StunType.HEADER || int16(bytes, offset) != StunClass.REQUEST.code()) {
            return Optional.empty();
        }
        int end = offset + length;
        int at = offset + StunType.HEADER;
        while (end - at >= 4) {
            int size = int16(bytes, at + 2);
            if (size > end - at - 4) {
                return Optional.empty();
            }
            if (int16(bytes, at) == StunType.USERNAME) {
                return beforeColon(bytes, at + 4, size);
            }
            at += 4 + StunType.padded(size);
        }
        return Optional.empty();
    }

    private static Optional<String> beforeColon(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] == ':') {
                return Optional.of(new String(bytes, offset, i, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
