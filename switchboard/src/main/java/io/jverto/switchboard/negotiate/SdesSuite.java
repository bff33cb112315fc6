package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpMaster;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.wire.sdp.CryptoAttribute;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The crypto suites that we speak (RFC 4568 section 6.2, RFC 7714 section 14.3), and the keys of their lines.
final class SdesSuite {
    private SdesSuite() {}

    static String name(SrtpProfile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM -> "AEAD_AES_128_GCM";
            case AES128_CM_HMAC_SHA1_80 -> "AES_CM_128_HMAC_SHA1_80";
        };
    }

    static boolean fits(CryptoAttribute line, SrtpProfile profile) {
        return line.suite().equals(name(profile)) && line.keyAndSalt().length == profile.keyLength() + profile.saltLength();
    }

    static CryptoAttribute line(int tag, SrtpMaster ours) {
        byte[] both = Arrays.copyOf(ours.key(), ours.key().length + ours.salt().length);
        System.arraycopy(ours.salt(), 0, both, ours.key().length, ours.salt().length);
        return new CryptoAttribute(tag, name(ours.profile()), both);
    }

    /// @return what a line of ours says; empty for anything else
    static Optional<SrtpMaster> master(CryptoAttribute line) {
        return Arrays.stream(SrtpProfile.values()).filter(profile -> fits(line, profile)).findFirst().map(profile -> master(profile, line));
    }

    private static SrtpMaster master(SrtpProfile profile, CryptoAttribute line) {
        byte[] both = line.keyAndSalt();
        return new SrtpMaster(profile, Arrays.copyOf(both, profile.keyLength()), Arrays.copyOfRange(both, profile.keyLength(), both.length));
    }

    /// @param theirs a line that fits one of ours
    static SrtpKeys keys(CryptoAttribute theirs, List<SrtpMaster> ours) {
        SrtpMaster mine = ours.stream().filter(master -> fits(theirs, master.profile())).findFirst().orElseThrow();
        SrtpMaster peers = master(mine.profile(), theirs);
        return new SrtpKeys(mine.profile(), mine.key(), mine.salt(), peers.key(), peers.salt());
    }
}
