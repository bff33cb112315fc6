package io.jverto.base.id;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Random names. The generator is given: `SecureRandom` in production, a seeded one in tests.
public final class Tokens {
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private Tokens() {}

    /// @return `length` characters of A-Z, a-z, 0-9
    public static String alphanumeric(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        // A SecureRandom takes as long for all of these as for one. Of 64 values 62 are of use, so some more than `length`.
        byte[] bytes = new byte[length + length / 4 + 1];
        while (text.length() < length) {
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length && text.length() < length; i++) {
                int value = bytes[i] & 63;
                if (value < ALPHANUMERIC.length()) {
                    text.append(ALPHANUMERIC.charAt(value));
                }
            }
        }
        return text.toString();
    }

    /// @param length 1 to 18
    /// @return `length` decimal digits, the first not zero
    public static String digits(RandomGenerator random, int length) {
        long lowest = 1;
        for (int i = 1; i < length; i++) {
            lowest *= 10;
        }
        return Long.toString(lowest + random.nextLong(9 * lowest));
    }

    /// For what is kept in the order in which it came: an index of such names grows at its end.
    ///
    /// @param epochMillis now
    /// @return a UUID of version 7 (RFC 9562 section 5.7) in lower case
    public static String orderedUuid(RandomGenerator random, long epochMillis) {
        long high = epochMillis << 16 | 0x7000L | random.nextLong() & 0x0fffL;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /// @return a UUID of version 4 (RFC 9562 section 5.4) in lower case
    public static String uuid(RandomGenerator random) {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
