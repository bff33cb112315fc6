package io.jverto.medialoop;

import io.jverto.base.id.Tokens;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.LocalMedia;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

/// Makes the names and secrets of our side of a transport, in the lengths that the reference server has. Stateless.
final class LocalNames {
    private static final int UFRAG_LENGTH = 16;
    private static final int PASSWORD_LENGTH = 24;
    private static final int CNAME_LENGTH = 16;
    private static final int STREAM_LENGTH = 32;
    private static final int FOUNDATION_LENGTH = 10;

    private LocalNames() {}

    static LocalMedia fresh(InetSocketAddress address, Fingerprint fingerprint, SecureRandom random) {
        return new LocalMedia(
                address,
                credentials(random),
                fingerprint,
                random.nextInt(),
                Tokens.alphanumeric(random, CNAME_LENGTH),
                Tokens.alphanumeric(random, STREAM_LENGTH),
                Tokens.digits(random, FOUNDATION_LENGTH));
    }

    /// The same source at the same port under new credentials; its RTCP name stays, since reports carry it.
    static LocalMedia renewed(LocalMedia now, SecureRandom random) {
        return new LocalMedia(
                now.address(),
                credentials(random),
                now.fingerprint(),
                now.audioSsrc(),
                now.cname(),
                Tokens.alphanumeric(random, STREAM_LENGTH),
                Tokens.digits(random, FOUNDATION_LENGTH));
    }

    private static IceCredentials credentials(SecureRandom random) {
        return new IceCredentials(
                Tokens.alphanumeric(random, UFRAG_LENGTH), Tokens.alphanumeric(random, PASSWORD_LENGTH));
    }
}
