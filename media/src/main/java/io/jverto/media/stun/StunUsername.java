package io.jverto.media.stun;

import io.jverto.base.Broken;
import java.util.Optional;

/// Looks into a STUN request before its agent is known.
public final class StunUsername {
    private StunUsername() {}

    /// The first half of USERNAME: which of our agents a request is for. Nothing is verified yet.
    public static Optional<String> localUfrag(byte[] bytes, int offset, int length) {
        throw new Broken("being written");
    }
}
