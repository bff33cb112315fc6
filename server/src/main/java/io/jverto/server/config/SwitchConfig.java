package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.Optional;
import java.util.function.Consumer;

/// `<configuration name="switch.conf">`.
///
/// @param rtpStartPort UDP port of the first media loop
/// @param rtpEndPort no media loop goes beyond it
/// @param maxSessions channels that may live at once
public record SwitchConfig(int rtpStartPort, int rtpEndPort, int maxSessions) {
    public static final SwitchConfig DEFAULT = new SwitchConfig(16_384, 32_768, 1_000);
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SESSIONS = 1_000_000;

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
        return new SwitchConfig(start, end, number(settings.get(), "max-sessions", DEFAULT.maxSessions, MAX_SESSIONS, problems));
    }

    private static int number(ConfigNode settings, String name, int otherwise, int max, Consumer<ConfigProblem> problems) {
        Optional<ConfigNode> param = settings.children("param")
                .filter(one -> one.attribute("name", "").equalsIgnoreCase(name))
                .reduce((_, last) -> last);
        if (param.isEmpty()) {
            return otherwise;
        }
        String value = param.get().attribute("value", "");
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > max) {
            problems.accept(ConfigProblem.error(
                    param.get().origin(), name + " is '" + value + "': write a number from 1 to " + max));
            return otherwise;
        }
        return Integer.parseInt(value);
    }
}
