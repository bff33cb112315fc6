package io.jverto.media.stun;

import java.util.random.RandomGenerator;

/// The 96 random bits that join a response to its request (RFC 8489 section 5).
public record StunTransaction(long high, int low) {
    public static StunTransaction random(RandomGenerator random) {
        return new StunTransaction(random.nextLong(), random.nextInt());
    }
}
