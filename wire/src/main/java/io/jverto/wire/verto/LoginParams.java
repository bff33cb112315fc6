package io.jverto.wire.verto;

import java.util.List;
import java.util.Map;

/// What the gate looks at in any request: every first request may carry credentials (verto-wire.md section 3.1).
///
/// @param present whether there were `params` at all
/// @param login empty when missing
/// @param password empty when missing
/// @param sessionId the session to create or take over, at most 256 characters; empty when the client leaves it to us
/// @param loginParams for the directory look-up
/// @param userVariables variables of each later call
/// @param extensions names of what the client can do beyond the protocol (verto-extensions.md)
public record LoginParams(
        boolean present,
        String login,
        String password,
        String sessionId,
        Map<String, String> loginParams,
        Map<String, String> userVariables,
        List<String> extensions) {
    public LoginParams {
        extensions = List.copyOf(extensions);
        loginParams = Map.copyOf(loginParams);
        userVariables = Map.copyOf(userVariables);
    }

    /// Never shows the password: it may end in a log.
    @Override
    public String toString() {
        return "LoginParams[login=" + login + ", sessionId=" + sessionId + "]";
    }
}
