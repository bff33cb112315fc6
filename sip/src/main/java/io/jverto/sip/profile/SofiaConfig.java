package io.jverto.sip.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkLists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `<configuration name="sofia.conf">`: profiles and their gateways (sip.md sections 2 and 3).
public record SofiaConfig(List<ProfileConfig> profiles) {
    /// No SIP.
    public static final SofiaConfig NONE = new SofiaConfig(List.of());

    public SofiaConfig {
        profiles = List.copyOf(profiles);
    }

    /// What is wrong is told with file and line, and left out.
    ///
    /// @param networks the lists that `apply-inbound-acl` and `local-network-acl` name
    public static SofiaConfig read(ConfigNode configuration, NetworkLists networks, Consumer<ConfigProblem> problems) {
        List<ProfileConfig> profiles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> gateways = new HashSet<>();
        children(configuration, "global_settings", "param").forEach(param -> problems.accept(ConfigProblem.unsupported(
                param.origin(), "global parameter '" + param.attribute("name", "") + "' is not supported; it changes nothing")));
        for (ConfigNode profile : children(configuration, "profiles", "profile").toList()) {
            String name = profile.attribute("name", "").trim();
            if (name.isEmpty() || !names.add(name)) {
                problems.accept(ConfigProblem.error(profile.origin(), "a profile needs a name of its own, not '" + name + "'"));
            } else {
                profiles.add(new ProfileReader(name, profile, networks, problems).read(gateways));
            }
        }
        return new SofiaConfig(profiles);
    }

    /// Included files stand within an element of their own.
    static Stream<ConfigNode> children(ConfigNode node, String group, String name) {
        return node.children(group)
                .flatMap(one -> one.children().stream())
                .flatMap(child -> child.name().equals("include") ? child.children().stream() : Stream.of(child))
                .filter(child -> child.name().equals(name));
    }
}
