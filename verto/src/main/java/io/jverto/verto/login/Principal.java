package io.jverto.verto.login;

import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.UserId;
import io.jverto.wire.verto.VertoTruth;
import java.util.LinkedHashMap;
import java.util.Map;

/// A client that passed the gate, and what the directory says of it. Immutable; a new login makes a new one.
///
/// @param variables of its calls: those of the login, then those of the directory, which win
/// @param calls where its calls go
/// @param authExpires epoch seconds, 0 for never
/// @param onlyNumber the one number that may be called, empty for any: whoever came in by a token for one call does nothing else
public record Principal(
        Identity identity, Rights rights, Map<String, String> variables, CallDefaults calls, Flags flags, long authExpires, String onlyNumber) {
    public Principal {
        variables = Map.copyOf(variables);
    }

    /// What the directory says about calls; texts are empty where it says nothing.
    public record CallDefaults(String callerName, String callerNumber, String context, String dialplan) {
        private static final CallDefaults NONE = new CallDefaults("", "", "", "");
    }

    /// What the login result tells the client.
    public record Flags(boolean moderator, boolean stereoAudio, boolean superuser) {
        private static final Flags NONE = new Flags(false, false, false);
    }

    /// @return somebody without directory entry, who may do everything
    static Principal unrestricted(Identity identity, Map<String, String> userVariables) {
        return new Principal(identity, Rights.ALL, UserVariables.allowed(userVariables), CallDefaults.NONE, Flags.NONE, 0, "");
    }

    static Principal of(UserId uid, DirectoryUser user, Map<String, String> userVariables, long authExpires) {
        Map<String, String> variables = new LinkedHashMap<>(UserVariables.allowed(userVariables));
        variables.putAll(user.variables());
        return new Principal(
                new Identity.User(uid),
                Rights.of(user),
                variables,
                new CallDefaults(
                        user.param("caller-id-name").orElse(""),
                        user.param("caller-id-number").orElse(""),
                        user.variable("user_context").or(() -> user.param("verto-context")).orElse(""),
                        user.param("verto-dialplan").orElse("")),
                new Flags(isTrue(user, "moderator"), isTrue(user, "stereo_audio"), isTrue(user, "superuser")),
                authExpires,
                "");
    }

    /// @return the same user until a token ends, if that is earlier
    Principal by(AccessTokens.Check.Good token) {
        long ends = authExpires == 0 ? token.ends() : Math.min(authExpires, token.ends());
        return new Principal(identity, token.number().isEmpty() ? rights : rights.ofOneCall(), variables, calls, flags, ends, token.number());
    }

    /// Whether one number may be called and nothing else be done.
    public boolean isOfOneCall() {
        return !onlyNumber.isEmpty();
    }

    /// @return the same user with other rights
    public Principal with(Rights others) {
        return new Principal(identity, others, variables, calls, flags, authExpires, onlyNumber);
    }

    private static boolean isTrue(DirectoryUser user, String variable) {
        return user.variable(variable).filter(VertoTruth::isTrue).isPresent();
    }
}
