package io.jverto.server.eventsocket;

import io.jverto.server.log.LogLevel;
import io.jverto.server.log.LogStream;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.command.Jobs;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client that has logged in can say. On its connection's thread.
final class ClientCommands {
    private static final Logger log = LoggerFactory.getLogger(ClientCommands.class);
    private static final String OUTBOUND = "-ERR not controlling a call: that is for programs that the application socket connects to";
    private static final Set<String> NAMES = Set.of("api", "bgapi", "sendevent", "log", "nolog", "auth", "userauth");
    private static final String JOB_UUID = "Job-UUID";
    private static final String ID = "[A-Za-z0-9._-]{1,64}";
    private static final Consumer<LogStream.Line> NOBODY = line -> { };

    private final SocketServices services;
    private final Outlet outlet;
    private final EventCommands events;
    private final MessageCommands messages;
    private Consumer<LogStream.Line> watcher = NOBODY;

    ClientCommands(SocketServices services, Outlet outlet) {
        this.services = services;
        this.outlet = outlet;
        this.events = new EventCommands(outlet);
        this.messages = new MessageCommands(services);
    }

    /// Whether that is a command for those who may do more than steer a call.
    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    /// @return whether the client stays
    boolean run(Command command) {
        String arguments = command.arguments();
        log.debug("event socket: {} {}", LogText.of(command.name()), command.name().equals("auth") ? "" : LogText.of(arguments));
        switch (command.name()) {
            case "api" -> outlet.send(Frames.apiResponse(arguments.isEmpty() ? "-USAGE: api <command> [<arguments>]\n" : services.commands().run(arguments)));
            case "bgapi" -> background(command);
            case "event" -> events.event(arguments);
            case "noevents" -> events.none();
            case "nixevent" -> events.nix(arguments);
            case "filter" -> events.filter(arguments);
            case "myevents" -> events.ofCall(arguments);
            // what they cause is written after the reply
            case "sendmsg" -> outlet.send(() -> Frames.reply(messages.sendMessage(arguments, command)));
            case "sendevent" -> outlet.send(() -> Frames.reply(messages.sendEvent(command)));
            case "log" -> watchLog(arguments);
            case "nolog" -> {
                unwatch();
                reply("+OK no longer logging");
            }
            case "auth" -> reply("+OK accepted");
            case "userauth" -> reply("-ERR userauth is not supported, use auth");
            case "exit" -> {
                reply("+OK bye");
                return false;
            }
            case "linger", "nolinger", "connect", "getvar", "resume", "divert_events" -> reply(OUTBOUND);
            default -> reply("-ERR command not found");
        }
        return true;
    }

    private void reply(String text) {
        outlet.send(Frames.reply(text));
    }

    /// The reply with the job's id goes before anything that the job causes.
    private void background(Command command) {
        String id = command.header(JOB_UUID).orElse("");
        if (command.arguments().isEmpty() || !id.isEmpty() && !id.matches(ID)) {
            reply(command.arguments().isEmpty() ? "-ERR bgapi needs a command" : "-ERR a Job-UUID is up to 64 letters, digits, dots, dashes and underscores");
            return;
        }
        Optional<Jobs.Job> job = services.board().jobs().prepare(command.arguments(), id);
        if (job.isEmpty()) {
            reply("-ERR too many jobs");
            return;
        }
        Map<String, String> header = new LinkedHashMap<>();
        header.put(JOB_UUID, job.get().id());
        outlet.send(Frames.reply("+OK Job-UUID: " + job.get().id(), header));
        job.get().start().run();
    }

    private void watchLog(String level) {
        Optional<LogLevel> least = LogLevel.parse(level.isEmpty() ? "debug" : level);
        if (least.isEmpty()) {
            reply("-ERR there is no such log level: 0 to 7, or console alert crit err warning notice info debug");
            return;
        }
        unwatch();
        watcher = line -> {
            if (line.level() <= least.get().number()) {
                outlet.offer(line);
            }
        };
        outlet.send(() -> {
            services.logs().watch(watcher);
            return Frames.reply("+OK log level " + least.get().name().toLowerCase(Locale.ROOT) + " [" + least.get().number() + "]");
        });
    }

    private void unwatch() {
        services.logs().forget(watcher);
        watcher = NOBODY;
    }

    void close() {
        unwatch();
    }
}
