package io.jverto.verto.endpoint;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.login.NameList;
import io.jverto.verto.login.Rights;
import io.jverto.verto.outbound.FrameLog;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/// `verto`: who is there, rights at run time, words for everybody (verto-wire.md section 11.1).
public final class VertoCommand implements ApiCommand {
    private static final String USAGE = """
            verto status | xmlstatus | jsonstatus
            verto debug [0-10]
            verto debug-level [console|alert|crit|err|warning|notice|info|debug]
            verto perm|noperm <sessid> methods|jsapi|fsapi|event_channels <name>[,<name>...]
            verto announce <words>
            verto help
            """;
    private static final String OK = "+OK";
    /// The reference server's names of severities, and what they are here.
    private static final Map<String, Level> SEVERITIES = Map.of(
            "console", Level.ERROR, "alert", Level.ERROR, "crit", Level.ERROR, "err", Level.ERROR, "warning", Level.WARN,
            "notice", Level.INFO, "info", Level.INFO, "debug", Level.DEBUG);
    private static final String ERROR = "-ERR";

    private final List<VertoProfile> profiles;
    private final Services services;

    public VertoCommand(List<VertoProfile> profiles, Services services) {
        this.profiles = profiles;
        this.services = services;
    }

    @Override
    public String name() {
        return "verto";
    }

    @Override
    public String run(String arguments) {
        String[] words = arguments.trim().split("\\s+");
        return switch (words[0]) {
            case "", "help" -> USAGE;
            case "status" -> report().table();
            case "xmlstatus" -> report().xml();
            case "jsonstatus" -> report().json();
            case "debug" -> debug(words);
            case "debug-level" -> severity(words);
            case "perm" -> permission(words, true);
            case "noperm" -> permission(words, false);
            case "announce" -> announce(Arrays.asList(words).subList(1, words.length));
            default -> "Unknown Command [" + words[0] + "]\n";
        };
    }

    private StatusReport report() {
        return new StatusReport(profiles, services.sessions().all());
    }

    /// A number that cannot be is passed over; the answer tells what holds.
    private String debug(String[] words) {
        if (words.length > 1 && words[1].matches("[0-9]{1,9}")) {
            services.frameLog().level(Math.min(Integer.parseInt(words[1]), FrameLog.MAX_LEVEL));
        }
        return "Debug Level: " + services.frameLog().level() + "\n";
    }

    private String severity(String[] words) {
        if (words.length > 1) {
            Optional.ofNullable(SEVERITIES.get(words[1].toLowerCase(Locale.ROOT))).ifPresent(services.frameLog()::severity);
        }
        return "Debug Level: " + services.frameLog().severity() + "\n";
    }

    private String permission(String[] words, boolean give) {
        Optional<Session> session = words.length == 4 ? services.sessions().find(words[1]) : Optional.empty();
        Optional<Rights.Kind> kind = words.length == 4 ? kind(words[2]) : Optional.empty();
        if (session.isEmpty() || kind.isEmpty()) {
            return ERROR;
        }
        NameList names = NameList.of(words[3]);
        session.get().change(rights -> rights.change(kind.get(), list -> give ? list.with(names) : list.without(names)));
        return OK;
    }

    private static Optional<Rights.Kind> kind(String word) {
        return Arrays.stream(Rights.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private String announce(List<String> words) {
        VertoMessage announcement = new VertoMessage.Announce(words);
        services.sessions().all().forEach(session -> session.send(announcement));
        return OK;
    }
}
