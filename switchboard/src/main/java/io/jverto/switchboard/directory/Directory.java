package io.jverto.switchboard.directory;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.port.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Who exists, by domain. Names compare in any letter case (dialplan-directory.md section 1). Immutable; read anew on reload.
/// Leaves out: `cidr` and `ip` matches, gateways, external providers.
public final class Directory {
    /// Nobody.
    public static final Directory EMPTY = new Directory(Map.of(), "");

    private final Map<String, DirectoryDomain> domains;
    private final String defaultDomain;

    private Directory(Map<String, DirectoryDomain> domains, String defaultDomain) {
        this.domains = domains;
        this.defaultDomain = defaultDomain;
    }

    /// @param section `<section name="directory">`
    /// @param problems told of every entry that was left out or looks wrong
    public static Directory read(ConfigNode section, Consumer<ConfigProblem> problems) {
        Map<String, DirectoryDomain> domains = new LinkedHashMap<>();
        String first = "";
        for (ConfigNode node : section.children()) {
            String name = node.attribute("name", "");
            if (!node.name().equals("domain")) {
                problems.accept(ConfigProblem.warning(node.origin(), "<" + node.name() + "> is not known here; a <domain> was expected"));
            } else if (name.isEmpty()) {
                problems.accept(ConfigProblem.error(node.origin(), "a <domain> needs a name"));
            } else if (domains.containsKey(lower(name))) {
                problems.accept(ConfigProblem.warning(node.origin(), "domain " + name + " is defined twice; the first one counts"));
            } else {
                domains.put(lower(name), new DomainReader(node, problems).read());
                first = first.isEmpty() ? name : first;
            }
        }
        return new Directory(domains, first);
    }

    /// @return the user of that id, or with that `number-alias`
    public Optional<DirectoryUser> find(UserId id) {
        return Optional.ofNullable(domains.get(lower(id.domain()))).flatMap(domain -> domain.find(id.user()));
    }

    /// @return the user that is asked for, with what the directory knows of that user
    public Optional<DirectoryUser> find(DirectoryRequest request) {
        return find(request.id());
    }

    /// @return the members of a group, in the order of the directory; none when there is no such group
    public List<DirectoryUser> group(String name, String domain) {
        return Optional.ofNullable(domains.get(lower(domain))).map(known -> known.group(name)).orElse(List.of());
    }

    public boolean hasDomain(String name) {
        return domains.containsKey(lower(name));
    }

    /// @return the domain that stands first in the directory, for names that come without one; empty when there is none
    public Optional<String> defaultDomain() {
        return Optional.of(defaultDomain).filter(name -> !name.isEmpty());
    }

    /// @return how many users there are in all domains
    public int size() {
        return domains.values().stream().mapToInt(DirectoryDomain::size).sum();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
