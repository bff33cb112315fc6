package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A configuration tree that could be read.
///
/// @param document the root element
/// @param problems what a person should know of; none of them is an error
/// @param variables the global variables after the last line, by name
public record LoadedConfig(ConfigNode document, List<ConfigProblem> problems, Map<String, String> variables) {
    public LoadedConfig {
        problems = List.copyOf(problems);
        variables = Map.copyOf(variables);
    }

    /// @param name `configuration`, `dialplan`, `directory`
    /// @return the children of all sections of that name as one node
    public ConfigNode section(String name) {
        List<ConfigNode> sections = document.children("section")
                .filter(section -> section.attribute("name", "").equalsIgnoreCase(name))
                .toList();
        List<ConfigNode> children = sections.stream().flatMap(section -> section.children().stream()).toList();
        ConfigNode.Origin origin = sections.isEmpty() ? document.origin() : sections.getFirst().origin();
        return new ConfigNode("section", Map.of("name", name), children, "", origin);
    }

    /// @param name for instance `verto.conf`
    public Optional<ConfigNode> configuration(String name) {
        Stream<ConfigNode> all = section("configuration").children("configuration");
        return all.filter(one -> one.attribute("name", "").equalsIgnoreCase(name)).findFirst();
    }
}
