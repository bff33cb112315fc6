package io.jverto.server.eventsocket;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `sendmsg`: one call is made to do something. `sendevent`: a client tells other clients something.
final class MessageCommands {
    private static final int MAX_LOOPS = 10_000;
    static final String NO_ORDER = "-ERR loops is a number or -1, and an Event-UUID is up to 64 letters, digits, dots, dashes and underscores";
    private static final String ID = "[A-Za-z0-9._-]{1,64}";
    private static final Set<String> OWN = Set.of("content-length", "content-type", "event-name", "event-subclass");

    private final SocketServices services;

    MessageCommands(SocketServices services) {
        this.services = services;
    }

    /// `sendmsg` with `call-command: execute` or `hangup`.
    ///
    /// @param uuid of the call
    /// @return the reply
    String sendMessage(String uuid, Command command) {
        ChannelId id = new ChannelId(uuid);
        Optional<CallRef> call = services.board().find(id);
        if (call.isEmpty()) {
            return "-ERR invalid session id [" + uuid + "]";
        }
        String wanted = command.header("call-command").orElse("").toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "execute" -> order(command).map(order -> execute(id, order)).orElse(NO_ORDER);
            case "hangup" -> hangup(call.get(), command.header("hangup-cause").orElse("NORMAL_CLEARING"));
            case "" -> "-ERR sendmsg needs a call-command: execute or hangup";
            default -> "-ERR call-command " + wanted + " is not supported; there are execute and hangup";
        };
    }

    /// @return what is to be executed; empty when it cannot be understood
    static Optional<Execution.Order> order(Command command) {
        String application = command.header("execute-app-name").orElse("").trim();
        String argument = command.header("execute-app-arg").orElse(command.body());
        String loops = command.header("loops").orElse("1");
        String eventId = command.header("event-uuid").orElse("");
        if (!loops.matches("-1|[0-9]{1,5}") || !eventId.isEmpty() && !eventId.matches(ID)) {
            return Optional.empty();
        }
        int times = Integer.parseInt(loops) < 1 ? MAX_LOOPS : Math.min(MAX_LOOPS, Integer.parseInt(loops));
        return Optional.of(new Execution.Order(application, argument, eventId, times));
    }

    /// Orders for one channel always run one after the other, so that `event-lock` has nothing to add.
    ///
    /// @return the reply
    String execute(ChannelId id, Execution.Order order) {
        return switch (services.board().execute(id, order)) {
            case DONE -> "+OK";
            case NO_CHANNEL -> "-ERR invalid session id [" + id.value() + "]";
            case NO_APPLICATION -> noApplication(order.application());
            case NOT_NOW -> "-ERR the call ends, is not answered, or has too much to do";
        };
    }

    static String noApplication(String name) {
        return "-ERR there is no application '" + name + "'";
    }

    private static String hangup(CallRef call, String wanted) {
        String name = wanted.trim().toUpperCase(Locale.ROOT);
        Optional<Cause> cause = name.matches("[0-9]{1,3}") ? Cause.byCode(Integer.parseInt(name)) : Cause.byName(name);
        call.hangup(cause.orElse(Cause.NORMAL_CLEARING), false);
        return "+OK";
    }

    /// `sendevent CUSTOM` with an `Event-Subclass`, any headers and a body. What the switch itself says cannot be said by others.
    ///
    /// @return the reply
    String sendEvent(Command command) {
        String subclass = command.header("event-subclass").orElse("");
        if (!command.arguments().equalsIgnoreCase("CUSTOM")) {
            return "-ERR only CUSTOM events can be sent";
        }
        if (!subclass.matches("[A-Za-z0-9_.:-]{1,128}")) {
            return "-ERR a CUSTOM event needs an Event-Subclass of up to 128 letters, digits and _ . : -";
        }
        Map<String, String> headers = new LinkedHashMap<>();
        String id = command.header("event-uuid").filter(given -> given.matches(ID)).orElseGet(() -> Tokens.uuid(services.random()));
        headers.put("Event-UUID", id);
        command.headers().stream()
                .filter(header -> !OWN.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        services.core().custom(subclass, headers, command.body());
        return "+OK " + id;
    }
}
