package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.server.program.DialplanShell;
import io.jverto.wire.verto.VertoTruth;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// `<configuration name="switch.conf">`.
///
/// @param rtpStartPort UDP port of the first media loop
/// @param rtpEndPort no media loop goes beyond it
/// @param maxSessions channels that may live at once
/// @param drain how long calls may go on when the process is told to end by a signal, while no new ones are let in
/// @param keepCalls whether calls of Verto clients go on when the server was told to end by a signal, or died, and is started again
/// @param shell whether and how commands of the dialplan run
/// @param iceTcp whether peers can connect to media ports by TCP
/// @param database JDBC URL, which may hold a password; empty for the embedded one
public record SwitchConfig(int rtpStartPort, int rtpEndPort, int maxSessions, Duration drain, boolean keepCalls, DialplanShell.Settings shell,
        boolean iceTcp, String database) {
    public static final SwitchConfig DEFAULT = new SwitchConfig(16_384, 32_768, 1_000, Duration.ZERO, true, DialplanShell.Settings.OFF, false, "");
    private static final String DATABASE = "core-db-dsn";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SESSIONS = 1_000_000;
    private static final int MAX_DRAIN = 86_400;
    private static final int MAX_SHELL_SECONDS = 3_600;
    private static final int MAX_SHELLS = 1_000;

    public static SwitchConfig read(Optional<ConfigNode> configuration, Consumer<ConfigProblem> problems) {
        Optional<ConfigNode> settings = configuration.flatMap(node -> node.child("settings"));
        if (settings.isEmpty()) {
            return DEFAULT;
        }
        int start = number(settings.get(), "rtp-start-port", DEFAULT.rtpStartPort, MAX_PORT, problems);
        int end = number(settings.get(), "rtp-end-port", Math.max(start, DEFAULT.rtpEndPort), MAX_PORT, problems);
        if (end < start) {
            problems.accept(ConfigProblem.error(settings.get().origin(), "rtp-end-port " + end + " is below rtp-start-port " + start));
        }
        int sessions = number(settings.get(), "max-sessions", DEFAULT.maxSessions, MAX_SESSIONS, problems);
        int drain = number(settings.get(), "shutdown-drain-sec", 0, 0, MAX_DRAIN, problems);
        return new SwitchConfig(start, end, sessions, Duration.ofSeconds(drain), isOn(settings.get(), "keep-calls-over-restart", DEFAULT.keepCalls), shell(settings.get(), problems),
                isOn(settings.get(), "ice-tcp", DEFAULT.iceTcp), database(settings.get(), problems));
    }

    private static DialplanShell.Settings shell(ConfigNode settings, Consumer<ConfigProblem> problems) {
        int seconds = number(settings, "dialplan-shell-timeout-sec", (int) DialplanShell.Settings.OFF.limit().toSeconds(), MAX_SHELL_SECONDS, problems);
        int atOnce = number(settings, "dialplan-shell-max-at-once", DialplanShell.Settings.OFF.atOnce(), MAX_SHELLS, problems);
        return new DialplanShell.Settings(isOn(settings, "dialplan-shell", false), Duration.ofSeconds(seconds), atOnce);
    }

    private static boolean isOn(ConfigNode settings, String name, boolean otherwise) {
        return param(settings, name).map(one -> VertoTruth.isTrue(one.attribute("value", ""))).orElse(otherwise);
    }

    private static String database(ConfigNode settings, Consumer<ConfigProblem> problems) {
        Optional<ConfigNode> param = param(settings, DATABASE).filter(one -> !one.attribute("value", "").isBlank());
        String url = param.map(one -> one.attribute("value", "").trim()).orElse("");
        if (param.isPresent() && !url.startsWith("jdbc:postgresql:")) {
            // It may hold a password: not shown.
            problems.accept(ConfigProblem.error(param.get().origin(), DATABASE
                    + " must be like jdbc:postgresql://db.example.com/jverto?user=jverto&password=...; without it the data folder holds the database"));
            return "";
        }
        return url;
    }

    /// Of one written twice the last counts.
    private static Optional<ConfigNode> param(ConfigNode settings, String name) {
        return settings.children("param")
                .filter(one -> one.attribute("name", "").equalsIgnoreCase(name))
                .reduce((_, last) -> last);
    }

    @Override
    public String toString() {
        return "SwitchConfig[rtp " + rtpStartPort + "-" + rtpEndPort + ", " + maxSessions + " sessions]";
    }

    private static int number(ConfigNode settings, String name, int otherwise, int max, Consumer<ConfigProblem> problems) {
        return number(settings, name, otherwise, 1, max, problems);
    }

    private static int number(ConfigNode settings, String name, int otherwise, int min, int max, Consumer<ConfigProblem> problems) {
        Optional<ConfigNode> param = param(settings, name);
        if (param.isEmpty()) {
            return otherwise;
        }
        String value = param.get().attribute("value", "");
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            problems.accept(ConfigProblem.error(
                    param.get().origin(), name + " is '" + value + "': write a number from " + min + " to " + max));
            return otherwise;
        }
        return Integer.parseInt(value);
    }
}
