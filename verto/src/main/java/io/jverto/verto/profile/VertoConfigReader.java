package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.wire.verto.VertoTruth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads `verto.conf`. Parameters may stand in the profile itself or in a `<settings>` or `<params>` inside it.
final class VertoConfigReader {
    private static final Duration DEFAULT_DETACH = Duration.ofSeconds(120);
    private static final Set<String> SETTINGS = Set.of("debug", "kslog", "detach-timeout-sec", "enable-presence");
    private static final Set<String> LATER_SETTINGS = Set.of("send-auth-password", "enable-fs-events");

    private final Consumer<ConfigProblem> problems;
    private Duration detach = DEFAULT_DETACH;
    private int debug;
    private boolean presence = true;

    VertoConfigReader(Consumer<ConfigProblem> problems) {
        this.problems = problems;
    }

    VertoConfig read(ConfigNode configuration) {
        configuration.child("settings").ifPresent(this::settings);
        List<VertoProfile> profiles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        configuration.children("profiles").flatMap(list -> list.children("profile")).forEach(node -> {
            String name = node.attribute("name", "");
            if (name.isEmpty()) {
                problems.accept(ConfigProblem.error(node.origin(), "a <profile> needs a name"));
            } else if (!names.add(name)) {
                problems.accept(ConfigProblem.error(node.origin(), "profile " + name + " is defined twice"));
            } else {
                new VertoProfileReader(node, name, problems).read().ifPresent(profiles::add);
            }
        });
        if (profiles.isEmpty()) {
            problems.accept(ConfigProblem.error(configuration.origin(), "there is no profile that clients could connect to"));
        }
        return new VertoConfig(detach, debug, presence, profiles);
    }

    private void settings(ConfigNode settings) {
        for (ConfigNode param : params(settings).toList()) {
            String name = key(param);
            if (LATER_SETTINGS.contains(name)) {
                unsupportedIfOn(param, problems);
            } else if (!SETTINGS.contains(name)) {
                problems.accept(unknown(param));
            } else if (name.equals("detach-timeout-sec")) {
                detach = number(param).filter(seconds -> seconds > 0).map(Duration::ofSeconds).orElse(detach);
            } else if (name.equals("debug")) {
                debug = number(param).map(Long::intValue).orElse(debug);
            } else if (name.equals("enable-presence")) {
                presence = VertoTruth.isTrue(param.attribute("value", ""));
            }
        }
    }

    private Optional<Long> number(ConfigNode param) {
        String value = param.attribute("value", "").trim();
        if (!value.matches("[0-9]{1,9}")) {
            problems.accept(ConfigProblem.error(
                    param.origin(), param.attribute("name", "") + " must be a whole number, not '" + value + "'"));
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(value));
    }

    static Stream<ConfigNode> params(ConfigNode owner) {
        return owner.children("param");
    }

    static String key(ConfigNode param) {
        return param.attribute("name", "").toLowerCase(Locale.ROOT);
    }

    static ConfigProblem unknown(ConfigNode param) {
        return ConfigProblem.warning(param.origin(), "parameter '" + param.attribute("name", "") + "' is not known here and has no effect");
    }

    static void unsupportedIfOn(ConfigNode param, Consumer<ConfigProblem> problems) {
        if (VertoTruth.isTrue(param.attribute("value", ""))) {
            problems.accept(ConfigProblem.unsupported(param.origin(), param.attribute("name", "") + " has no effect yet"));
        }
    }
}
