package io.jverto.sip.registrar;

import io.jverto.sip.digest.DigestAlgorithm;
import java.time.Duration;
import java.util.List;

/// How a profile knows its users, and how long it remembers their telephones (sip.md sections 2.2 and 10).
///
/// @param realm of challenges: a name; empty for the host in To (`auto_to`) or From
/// @param realmFromTo whether an empty `realm` means the host in To
/// @param domain the directory domain of all users; empty for the realm
/// @param nonceLife how long a nonce holds
/// @param algorithms the hashes that are offered, the first first
/// @param several how many telephones a user may have
/// @param most telephones of a user
/// @param least seconds of a registration: what is shorter is raised
/// @param longest seconds of a registration: what is longer is lowered
/// @param registers whether REGISTER is served at all
public record RegistrarConfig(
        String realm,
        boolean realmFromTo,
        String domain,
        Duration nonceLife,
        List<DigestAlgorithm> algorithms,
        Several several,
        int most,
        int least,
        int longest,
        boolean registers) {
    public RegistrarConfig {
        algorithms = List.copyOf(algorithms);
    }

    /// What tells the telephones of a user apart.
    public enum Several {
        /// The next takes the place of the one before.
        ONE,
        /// Each has a Contact of its own.
        BY_CONTACT,
        /// Each has a Call-ID of its own.
        BY_CALL_ID
    }
}
