package io.jverto.sip.registrar;

import io.jverto.sip.digest.DigestAlgorithm;
import io.jverto.switchboard.directory.DirectoryUser;
import java.util.Locale;
import java.util.Optional;

/// What digest needs of a user: `a1-hash` and `a1-hash-sha-256`, which cover the user's name, the domain as realm, and the password, or else `password`. Without one
/// of them, or with an empty one, nobody is that user here (DEVIATION sip-8).
final class Ha1Source {
    private Ha1Source() {}

    static Optional<String> of(Optional<DirectoryUser> user, String username, String realm, DigestAlgorithm algorithm) {
        Optional<String> kept = user.flatMap(entry -> switch (algorithm) {
            case MD5, MD5_SESS -> entry.param("a1-hash");
            case SHA_256 -> entry.param("a1-hash-sha-256");
            case SHA_512_256 -> Optional.empty();
        }).filter(hash -> !hash.isEmpty() && user.get().id().domain().equalsIgnoreCase(realm)).map(hash -> hash.toLowerCase(Locale.ROOT));
        return kept.or(() -> user.flatMap(entry -> entry.param("password")).filter(password -> !password.isEmpty())
                .map(password -> algorithm.ha1(username, realm, password)));
    }
}
