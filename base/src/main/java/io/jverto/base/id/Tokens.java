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
        for (int i = 0; i < length; i++) {
            text.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
        }
        return text.toString();
    }

    /// @return `length` decimal digits, the first not zero
    public static String digits(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        text.append((char) ('1' + random.nextInt(9)));
        while (text.length() < length) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    /// @return a UUID of version 4 (RFC 9562 section 5.4) in lower case
    public static String uuid(RandomGenerator random) {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
