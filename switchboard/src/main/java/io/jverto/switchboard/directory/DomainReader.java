package io.jverto.switchboard.directory;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.port.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads one `<domain>`: groups first, then the domain's own users; what is defined first wins (dialplan-directory.md section 3.2).
final class DomainReader {
    private final ConfigNode domain;
    private final String name;
    private final Consumer<ConfigProblem> problems;
    private final Map<String, DirectoryUser> users = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final Map<String, List<String>> groups = new LinkedHashMap<>();

    DomainReader(ConfigNode domain, Consumer<ConfigProblem> problems) {
        this.domain = domain;
        this.name = domain.attribute("name", "");
        this.problems = problems;
    }

    DirectoryDomain read() {
        domain.children("groups").flatMap(groups -> groups.children("group")).forEach(this::readGroup);
        Stream.concat(domain.children("users").flatMap(list -> list.children("user")), domain.children("user"))
                .forEach(user -> readUser(user, List.of(user, domain)));
        return new DirectoryDomain(name, users, aliases, groups);
    }

    private void readGroup(ConfigNode group) {
        if (group.attribute("name", "").isEmpty()) {
            problems.accept(ConfigProblem.warning(group.origin(), "a <group> needs a name"));
        }
        List<String> members = groups.computeIfAbsent(Directory.lower(group.attribute("name", "")), _ -> new ArrayList<>());
        group.children("users").flatMap(list -> list.children("user")).forEach(user -> {
            members.add(user.attribute("id", "")); // also of one who stands elsewhere (`type="pointer"`)
            readUser(user, List.of(user, group, domain));
        });
    }

    private void readUser(ConfigNode user, List<ConfigNode> nearestFirst) {
        String id = user.attribute("id", "");
        if (user.attribute("type", "").equalsIgnoreCase("pointer")) {
            return; // only says that the user belongs to the group
        }
        if (id.isEmpty()) {
            problems.accept(ConfigProblem.error(user.origin(), "a <user> needs an id"));
            return;
        }
        String key = Directory.lower(id);
        if (users.containsKey(key)) {
            problems.accept(ConfigProblem.warning(user.origin(), "user " + id + "@" + name + " is defined twice; the first one counts"));
            return;
        }
        Map<String, String> params = merged(nearestFirst, "params", "param");
        Map<String, String> variables = merged(nearestFirst, "variables", "variable");
        users.put(key, new DirectoryUser(new UserId(id, name), params, variables));
        user.attribute("number-alias").ifPresent(alias -> aliases.putIfAbsent(Directory.lower(alias), key));
    }

    private Map<String, String> merged(List<ConfigNode> nearestFirst, String list, String entry) {
        Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (ConfigNode owner : nearestFirst) {
            owner.children(list).flatMap(node -> node.children(entry)).forEach(node -> put(merged, node));
        }
        return merged;
    }

    private void put(Map<String, String> merged, ConfigNode entry) {
        String key = entry.attribute("name", "");
        if (key.isEmpty()) {
            problems.accept(ConfigProblem.warning(entry.origin(), "a <" + entry.name() + "> needs a name"));
            return;
        }
        merged.putIfAbsent(key, entry.attribute("value", entry.text()));
    }
}
