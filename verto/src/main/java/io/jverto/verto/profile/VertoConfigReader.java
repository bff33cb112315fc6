package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkLists;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads `verto.conf` in both layouts: `<settings>` and `<profiles>`, or params that stand in the `<configuration>` itself; of the latter
/// those that are no settings make a profile named `default`.
final class VertoConfigReader {
    private static final int DEFAULT_DETACH_SECONDS = 120;
    private static final int MAX_SECONDS = 999_999_999;
    private static final int MAX_DEBUG = 10;
    private static final String BARE_PROFILE = "default";
    /// `kslog` has no effect: there is no such library here.
    private static final Set<String> SETTINGS = Stream.concat(
                    Stream.of("debug", "kslog", "detach-timeout-sec", "enable-presence", "send-auth-password", "enable-fs-events"),
                    IceServersReader.KNOWN.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final NetworkLists networks;
    private final Consumer<ConfigProblem> problems;
    private final List<VertoProfile> profiles = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    VertoConfigReader(NetworkLists networks, Consumer<ConfigProblem> problems) {
        this.networks = networks;
        this.problems = problems;
    }

    VertoConfig read(ConfigNode configuration) {
        Params settings = Params.of(
                Stream.concat(
                        configuration.children("param").filter(param -> SETTINGS.contains(Params.key(param))),
                        configuration.children("settings").flatMap(node -> node.children("param"))),
                problems);
        settings.tellUnknown(SETTINGS);
        boolean sendPassword = settings.flag("send-auth-password", false);
        Stream.concat(configuration.children("profiles").flatMap(list -> list.children("profile")), configuration.children("profile"))
                .forEach(node -> profile(node, node.attribute("name", ""), Params.of(profileParams(node), problems), sendPassword));
        Params rest = Params.of(configuration.children("param"), problems).without(SETTINGS);
        if (rest.hasAny(VertoProfileReader.KNOWN)) {
            profile(configuration, BARE_PROFILE, rest, sendPassword);
        } else {
            rest.tellUnknown(Set.of());
        }
        if (profiles.isEmpty()) {
            problems.accept(ConfigProblem.error(configuration.origin(), "there is no profile that clients could connect to"));
        }
        int detach = settings.number("detach-timeout-sec", DEFAULT_DETACH_SECONDS, 0, MAX_SECONDS);
        return new VertoConfig(
                Duration.ofSeconds(detach == 0 ? DEFAULT_DETACH_SECONDS : detach),
                settings.number("debug", 0, 0, MAX_DEBUG),
                settings.flag("enable-presence", true),
                settings.flag("enable-fs-events", false),
                new IceServersReader(settings, problems).read(),
                profiles);
    }

    private void profile(ConfigNode node, String name, Params params, boolean sendPassword) {
        if (name.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), "a <profile> needs a name"));
        } else if (!names.add(name)) {
            problems.accept(ConfigProblem.error(node.origin(), "profile " + name + " is defined twice"));
        } else {
            new VertoProfileReader(node, name, params, networks, problems).read(sendPassword).ifPresent(profiles::add);
        }
    }

    /// In the profile itself, or in a `<settings>` or `<params>` inside it.
    private static Stream<ConfigNode> profileParams(ConfigNode profile) {
        Stream<ConfigNode> nested = Stream.concat(profile.children("settings"), profile.children("params"));
        return Stream.concat(profile.children("param"), nested.flatMap(node -> node.children("param")));
    }
}
