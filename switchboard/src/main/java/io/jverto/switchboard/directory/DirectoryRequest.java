package io.jverto.switchboard.directory;

import io.jverto.switchboard.port.UserId;
import java.util.Map;

/// A question to the directory, with what is known of the one who causes it. The XML tree looks at nothing but the id.
///
/// @param action what for: `jsonrpc-authenticate` at a Verto login
/// @param params what the client said of itself, hence not to be trusted, and perhaps the password that was typed
public record DirectoryRequest(UserId id, String action, Map<String, String> params) {
    public DirectoryRequest {
        params = Map.copyOf(params);
    }

    @Override
    public String toString() {
        return "DirectoryRequest[" + id + ", " + action + "]"; // params may hold a password: keep them out of logs
    }
}
