package io.jverto.verto.dispatch;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.JsonCommand;
import io.jverto.verto.login.NameList;
import io.jverto.verto.login.Rights;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.CommandOutput;
import io.jverto.wire.verto.VertoReply.Refusal;
import io.jverto.wire.verto.VertoRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `fsapi` and `jsapi`: commands for clients whose directory entry lists them (verto-wire.md sections 3.6, 7.3, 7.4). The arguments are
/// data: nothing in them is expanded. A command holds up its own connection alone. Stateless.
final class ApiRequests {
    private static final String INVALID = "INVALID CALL";
    /// Commands that run the command in their argument.
    private static final Set<String> NESTING = Set.of("bgapi", "sched_api", "eval", "expand", "xml_wrap");

    private final Services services;

    ApiRequests(Services services) {
        this.services = services;
    }

    /// Who may not run a command does not learn whether it exists.
    VertoReply fsapi(Session session, String command, String argument) {
        if (command.isEmpty()) {
            return new CommandOutput(INVALID);
        }
        if (!mayRun(session.principal().rights().fsapi(), command, argument)) {
            return Refusal.DENIED;
        }
        Optional<ApiCommand> known = services.commands().find(command);
        return new CommandOutput(known.map(found -> found.run(argument.trim())).orElse(INVALID));
    }

    VertoReply jsapi(Session session, VertoRequest.Jsapi request) {
        Rights rights = session.principal().rights();
        Optional<JsonObject> data = request.data().asObject();
        if (data.isEmpty() || !rights.jsapi().allows(request.command())) {
            return Refusal.DENIED;
        }
        if (request.command().equalsIgnoreCase("fsapi")) {
            return fsapi(session, data.get().string("cmd").orElse(""), data.get().string("arg").orElse(""));
        }
        Optional<JsonCommand> known = services.commands().findJson(request.command());
        return known.<VertoReply>map(found -> new VertoReply.JsonOutput(found.run(data.get(), SockData.of(session)))).orElse(Refusal.DENIED);
    }

    /// A command that runs another is allowed only where the other is allowed too, and so on.
    static boolean mayRun(NameList allowed, String command, String argument) {
        String name = command;
        String rest = argument.trim();
        while (allowed.allows(name)) {
            rest = NESTING.contains(name.toLowerCase(Locale.ROOT)) ? inner(name, rest) : "";
            if (rest.isEmpty()) {
                return true;
            }
            String[] words = rest.split("\\s+", 2);
            name = words[0];
            rest = words.length > 1 ? words[1] : "";
        }
        return false;
    }

    /// @return the argument without what may stand before the inner command: a moment and a group, or a channel
    private static String inner(String name, String argument) {
        if (name.equalsIgnoreCase("sched_api")) {
            String[] words = argument.split("\\s+", 3);
            return words.length > 2 ? words[2] : "";
        }
        return argument.startsWith("uuid:") ? argument.replaceFirst("\\S+\\s*", "") : argument;
    }
}
