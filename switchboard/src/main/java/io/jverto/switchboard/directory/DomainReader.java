package io.jverto.switchboard.directory;

import io.jverto.base.Program;
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
    private final Settings ofDomain;
    private final Map<String, DirectoryUser> users = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final Map<String, DirectoryDomain.Group> groups = new LinkedHashMap<>();

    DomainReader(ConfigNode domain, Consumer<ConfigProblem> problems) {
        this.domain = domain;
        this.name = domain.attribute("name", "");
        this.problems = problems;
        this.ofDomain = settings(domain);
    }

    DirectoryDomain read() {
        domain.children("groups").flatMap(all -> all.children("group")).forEach(this::readGroup);
        Stream.concat(domain.children("users").flatMap(list -> list.children("user")), domain.children("user"))
                .forEach(user -> readUser(user, Settings.NONE));
        return new DirectoryDomain(name, users, aliases, groups, ofDomain);
    }

    private void readGroup(ConfigNode group) {
        String groupName = group.attribute("name", "");
        if (groupName.isEmpty()) {
            problems.accept(ConfigProblem.warning(group.origin(), "a <group> needs a name"));
        }
        Settings settings = settings(group);
        List<String> members = new ArrayList<>();
        group.children("users").flatMap(list -> list.children("user")).forEach(user -> {
            user.attribute("id").filter(id -> !id.isEmpty()).ifPresent(members::add);
            readUser(user, settings);
        });
        groups.merge(Directory.lower(groupName), new DirectoryDomain.Group(groupName, members, settings), DomainReader::joined);
    }

    /// A group may be written in several places; the settings of the first count for users who stand elsewhere.
    private static DirectoryDomain.Group joined(DirectoryDomain.Group first, DirectoryDomain.Group more) {
        List<String> members = Stream.concat(first.members().stream(), more.members().stream()).toList();
        return new DirectoryDomain.Group(first.name(), members, first.settings());
    }

    private void readUser(ConfigNode user, Settings ofGroup) {
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
        users.put(key, DirectoryUser.of(new UserId(id, name), settings(user).over(ofGroup).over(ofDomain)));
        user.attribute("number-alias").ifPresent(alias -> aliases.putIfAbsent(Directory.lower(alias), key));
    }

    private Settings settings(ConfigNode owner) {
        return new Settings(entries(owner, "params", "param"), entries(owner, "variables", "variable"));
    }

    private Map<String, String> entries(ConfigNode owner, String list, String entry) {
        Map<String, String> entries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        owner.children(list).flatMap(node -> node.children(entry)).forEach(node -> put(entries, node));
        return entries;
    }

    private void put(Map<String, String> entries, ConfigNode entry) {
        String key = entry.attribute("name", "");
        String value = entry.attribute("value", entry.text());
        if (key.isEmpty()) {
            problems.accept(ConfigProblem.warning(entry.origin(), "a <" + entry.name() + "> needs a name"));
            return;
        }
        if (key.equalsIgnoreCase(PasswordHash.PARAM) && !PasswordHash.isOne(value)) {
            problems.accept(ConfigProblem.error(entry.origin(), // it may be a password in clear: not shown
                    PasswordHash.PARAM + " is no hash that can be checked; '" + Program.command("user hash") + "' makes one"));
        }
        entries.putIfAbsent(key, value);
    }
}
