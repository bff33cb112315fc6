package io.jverto.medialoop;

import io.jverto.base.id.Tokens;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.SrtpMaster;
import io.jverto.media.plan.SrtpProfile;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

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

    /// Our side towards a peer without ICE.
    static LocalMedia direct(InetSocketAddress address, Fingerprint fingerprint, SecureRandom random) {
        LocalMedia names = fresh(address, fingerprint, random);
        List<SrtpMaster> keys = Arrays.stream(SrtpProfile.values())
                .map(profile -> new SrtpMaster(profile, bytes(random, profile.keyLength()), bytes(random, profile.saltLength())))
                .toList();
        return new LocalMedia(address, names.ice(), fingerprint, names.audioSsrc(), names.cname(), names.streamId(), names.candidateFoundation(), keys, false);
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
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
                Tokens.digits(random, FOUNDATION_LENGTH),
                now.sdes(),
                now.tcp());
    }

    private static IceCredentials credentials(SecureRandom random) {
        return new IceCredentials(
                Tokens.alphanumeric(random, UFRAG_LENGTH), Tokens.alphanumeric(random, PASSWORD_LENGTH));
    }
}
