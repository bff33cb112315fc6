package io.jverto.verto.session;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a client may do beyond the protocol when it asks for it at login (verto-extensions.md). Others see nothing of it.
public enum ProtocolExtension {
    /// Candidates after the SDP, by `verto.candidate`.
    TRICKLE("trickle"),
    /// A login that is not looked at is told for how long.
    LOGIN_WAIT("login-wait"),
    /// STUN and TURN servers in the result of the login.
    ICE_SERVERS("ice-servers"),
    /// Pictures of the members of a room on lines of their own.
    GALLERY("gallery");

    private final String wireName;

    ProtocolExtension(String wireName) {
        this.wireName = wireName;
    }

    /// @param names as a client wrote them
    /// @return those that exist
    public static Set<ProtocolExtension> named(Collection<String> names) {
        Set<ProtocolExtension> known = EnumSet.noneOf(ProtocolExtension.class);
        Arrays.stream(values()).filter(extension -> names.contains(extension.wireName)).forEach(known::add);
        return Collections.unmodifiableSet(known);
    }

    public static List<String> names(Set<ProtocolExtension> extensions) {
        return extensions.stream().map(extension -> extension.wireName).toList();
    }
}
