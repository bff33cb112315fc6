package io.jverto.verto.present;

import io.jverto.switchboard.port.ChannelId;
import io.jverto.verto.login.Identity;
import java.time.Instant;
import java.util.Optional;

/// Whose call it is, as it is kept while the server is started again.
///
/// @param session id of its client's session: a secret
/// @param identity whom the session belongs to; nobody else gets the call
/// @param profile name of the profile by which the client came
/// @param lost since when its client has been gone; empty while it is there
public record KeptCall(ChannelId id, String session, Identity identity, String profile, Optional<Instant> lost) {
    @Override
    public String toString() {
        return "KeptCall[" + id + " of " + identity + "]";
    }
}
