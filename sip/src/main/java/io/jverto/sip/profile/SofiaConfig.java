package io.jverto.sip.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkLists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /// @param address of a dial string, behind `sofia/`; what has a reference in it may be right
    /// @return the gateway or profile that it names and that is not there
    public Optional<String> lacking(String address) {
        String[] parts = address.split("/", 3);
        String first = parts[0];
        if (parts.length < 2 || first.contains("$") || first.equals("*")) {
            return Optional.empty();
        } else if (first.equals("gateway")) {
            return parts[1].contains("$") || hasGateway(parts[1]) ? Optional.empty() : Optional.of("gateway " + parts[1]);
        }
        boolean known = profiles.stream().anyMatch(profile -> profile.name().equals(first) || profile.aliases().contains(first));
        return known ? Optional.empty() : Optional.of("profile " + first);
    }

    /// @param name or `profile::name`
    private boolean hasGateway(String name) {
        int colons = name.indexOf("::");
        String bare = colons < 0 ? name : name.substring(colons + 2);
        return profiles.stream().filter(profile -> colons < 0 || profile.name().equals(name.substring(0, colons)))
                .flatMap(profile -> profile.gateways().stream()).anyMatch(gateway -> gateway.name().equals(bare));
    }

    /// Included files stand within an element of their own.
    static Stream<ConfigNode> children(ConfigNode node, String group, String name) {
        return node.children(group)
                .flatMap(one -> one.children().stream())
                .flatMap(child -> child.name().equals("include") ? child.children().stream() : Stream.of(child))
                .filter(child -> child.name().equals(name));
    }
}
