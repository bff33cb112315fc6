package io.jverto.server.eventsocket;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.port.CallPrograms.Wanted;
import io.jverto.switchboard.port.SteeredCall;
import io.jverto.switchboard.port.SteeredCall.Order;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// What a program that steers a call can say. On its connection's thread. Without `full` it can do nothing but steer this call.
final class ProgramCommands {
    private static final int MAX_LINGER_SECONDS = 3_600;
    private static final int DEFAULT_LINGER_SECONDS = 600;
    private static final String CALL_ONLY = "-ERR this connection steers one call and does nothing else: the dialplan does not say 'full'";

    private final Outlet outlet;
    private final Wanted wanted;
    private final SteeredCall call;
    private final SocketServices services;
    private final Consumer<ProgramLink.Linger> linger;
    private final EventCommands events;
    private final MessageCommands messages;
    private final ClientCommands all;

    ProgramCommands(SocketServices services, Outlet outlet, Wanted wanted, SteeredCall call, Consumer<ProgramLink.Linger> linger) {
        this.services = services;
        this.outlet = outlet;
        this.wanted = wanted;
        this.call = call;
        this.linger = linger;
        this.events = new EventCommands(outlet);
        this.messages = new MessageCommands(services);
        this.all = new ClientCommands(services, outlet);
    }

    /// @return whether the program stays
    boolean run(Command command) {
        String arguments = command.arguments();
        switch (command.name()) {
            case "connect" -> outlet.send(Frames.callData(call.facts(), wanted.async(), wanted.full()));
            case "getvar" -> reply(call.variable(arguments).orElse(""));
            case "myevents" -> events.ofCall(ownEvents(arguments));
            case "resume" -> {
                call.resume();
                reply("+OK");
            }
            case "linger" -> linger(arguments);
            case "nolinger" -> {
                linger.accept(ProgramLink.Linger.NOT);
                reply("+OK will not linger");
            }
            case "divert_events" -> reply("-ERR divert_events is not supported: what the call hears comes as events, see myevents");
            case "sendmsg" -> sendMessage(command);
            // of a program without full nothing comes but what concerns its call
            case "event", "nixevent", "noevents", "filter", "exit" -> {
                return all.run(command);
            }
            default -> {
                if (wanted.full()) {
                    return all.run(command);
                }
                reply(ClientCommands.knows(command.name()) ? CALL_ONLY : "-ERR command not found");
            }
        }
        return true;
    }

    private void reply(String text) {
        outlet.send(Frames.reply(text));
    }

    /// @return the words with the id of a call: of its own, unless it may name another one
    private String ownEvents(String arguments) {
        boolean json = arguments.toLowerCase(Locale.ROOT).matches(".*\\bjson\\b.*");
        boolean xml = arguments.toLowerCase(Locale.ROOT).matches(".*\\bxml\\b.*");
        boolean names = wanted.full() && arguments.matches(".*[0-9a-fA-F]{8}-.*");
        return names ? arguments : (json ? "json " : xml ? "xml " : "plain ") + call.id().value();
    }

    private void linger(String arguments) {
        if (!arguments.isEmpty() && !arguments.matches("[0-9]{1,9}")) {
            reply("-ERR linger takes a number of seconds");
            return;
        }
        int seconds = arguments.isEmpty() ? DEFAULT_LINGER_SECONDS : Math.min(Integer.parseInt(arguments), MAX_LINGER_SECONDS);
        linger.accept(new ProgramLink.Linger(true, Duration.ofSeconds(seconds), String.valueOf(seconds)));
        reply(arguments.isEmpty() ? "+OK will linger" : "+OK will linger " + seconds + " seconds");
    }

    private void sendMessage(Command command) {
        String id = command.arguments().isEmpty() ? command.header("session-id").orElse(call.id().value()) : command.arguments();
        String wish = command.header("call-command").orElse("").toLowerCase(Locale.ROOT);
        if (!id.equals(call.id().value())) {
            outlet.send(() -> Frames.reply(wanted.full() ? messages.sendMessage(id, command) : CALL_ONLY));
        } else if (wish.equals("execute")) {
            execute(command);
        } else {
            outlet.send(() -> Frames.reply(messages.sendMessage(id, command)));
        }
    }

    private void execute(Command command) {
        Optional<Execution.Order> order = MessageCommands.order(command);
        if (order.isEmpty()) {
            reply(MessageCommands.NO_ORDER);
            return;
        }
        boolean waits = !wanted.async() && !isTrue(command, "async");
        Execution.Order what = order.get();
        Order steered = new Order(what.application(), what.argument(), what.id(), what.times(), !wanted.async() || isTrue(command, "event-lock"));
        if (waits) {
            reply(executed(what, steered, true));
        } else {
            outlet.send(() -> Frames.reply(executed(what, steered, false))); // what it causes is written after the reply
        }
    }

    private static boolean isTrue(Command command, String header) {
        return command.header(header).filter(value -> value.trim().matches("(?i)true|yes|on|1|t|enabled|active|allow")).isPresent();
    }

    private String executed(Execution.Order order, Order steered, boolean toItsEnd) {
        return switch (call.order(steered, toItsEnd)) {
            case YES -> "+OK";
            case NO_APPLICATION -> MessageCommands.noApplication(order.application());
            case TOO_MANY -> "-ERR too many orders wait";
            // It was sent elsewhere: its program can still make it do something, as others can.
            case NOT_STEERED -> messages.execute(call.id(), order);
        };
    }

    void close() {
        all.close();
    }
}
