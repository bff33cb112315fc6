package io.jverto.verto.dispatch;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.verto.login.NameList;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.Refusal;
import io.jverto.wire.verto.VertoRequest;
import java.util.Optional;

/// `fsapi` and `jsapi`: commands for clients whose directory entry lists them (verto-wire.md sections 3.6, 7.3, 7.4). The arguments are
/// data: nothing in them is expanded. Stateless.
final class ApiRequests {
    private static final String INVALID = "INVALID CALL";

    private final Services services;

    ApiRequests(Services services) {
        this.services = services;
    }

    VertoReply fsapi(Session session, String command, String argument) {
        if (command.isEmpty()) {
            return new VertoReply.CommandOutput(INVALID);
        }
        if (!mayRun(session.principal().rights().fsapi(), command, argument)) {
            return Refusal.DENIED;
        }
        Optional<ApiCommand> known = services.commands().find(command);
        return new VertoReply.CommandOutput(known.map(found -> found.run(argument.trim())).orElse(INVALID));
    }

    VertoReply jsapi(Session session, VertoRequest.Jsapi request) {
        return Refusal.DENIED;
    }

    /// A command that runs another is allowed only where the other is allowed too.
    private static boolean mayRun(NameList allowed, String command, String argument) {
        return allowed.allows(command);
    }
}
