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
import java.util.stream.Stream;

/// Who exists, by domain: the users of the configuration, read anew on reload, and behind them those of a source, who are asked for whenever
/// they are needed. Names compare in any letter case (dialplan-directory.md section 1). Thread-safe; where there is a source, it may wait.
/// Leaves out: `cidr` and `ip` matches, gateways.
public final class Directory {
    /// Nobody.
    public static final Directory EMPTY = new Directory(Map.of(), "", DirectorySource.NONE);

    private final Map<String, DirectoryDomain> domains;
    private final String defaultDomain;
    private final DirectorySource source;
    private final boolean hashed;

    private Directory(Map<String, DirectoryDomain> domains, String defaultDomain, DirectorySource source) {
        this.domains = domains;
        this.defaultDomain = defaultDomain;
        this.source = source;
        this.hashed = domains.values().stream()
                .flatMap(domain -> domain.users().values().stream())
                .anyMatch(user -> user.param(PasswordHash.PARAM).isPresent());
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
        return new Directory(domains, first, DirectorySource.NONE);
    }

    /// @return the same, with further users behind those of the configuration
    public Directory with(DirectorySource further) {
        return new Directory(domains, defaultDomain, further);
    }

    /// @return the user of that id, or with that `number-alias`; the configuration is asked first
    public Optional<DirectoryUser> find(UserId id) {
        Optional<DirectoryUser> configured = domain(id.domain()).flatMap(domain -> domain.find(id.user()));
        return configured.isPresent() ? configured : source.find(id).map(this::inheriting);
    }

    /// What the configuration says of the same group and domain counts behind what the source says of them.
    private DirectoryUser inheriting(DirectorySource.SourceUser user) {
        Optional<DirectoryDomain> domain = domain(user.id().domain());
        Settings ofGroup = domain.map(known -> known.group(user.group()).settings()).orElse(Settings.NONE);
        Settings ofDomain = domain.map(DirectoryDomain::settings).orElse(Settings.NONE);
        UserId id = new UserId(user.id().user(), domain.map(DirectoryDomain::name).orElse(user.id().domain()));
        return DirectoryUser.of(id, user.own().over(user.ofGroup()).over(ofGroup).over(user.ofDomain()).over(ofDomain));
    }

    private Optional<DirectoryDomain> domain(String name) {
        return Optional.ofNullable(domains.get(lower(name)));
    }

    /// @return the user that is asked for, with what the directory knows of that user
    public Optional<DirectoryUser> find(DirectoryRequest request) {
        return find(request.id());
    }

    public boolean hasDomain(String name) {
        return domains.containsKey(lower(name)) || source.hasDomain(name);
    }

    /// @return what all of a domain inherit; empty where there is none of that name
    public Optional<Settings> ofDomain(String name) {
        Optional<Settings> configured = domain(name).map(DirectoryDomain::settings);
        return source.ofDomain(name).map(further -> further.over(configured.orElse(Settings.NONE))).or(() -> configured);
    }

    /// @return the domain that stands first in the directory, for names that come without one; empty when there is none
    public Optional<String> defaultDomain() {
        return Optional.of(defaultDomain).filter(name -> !name.isEmpty()).or(() -> source.domains().stream().findFirst());
    }

    /// @return the domains, those of the configuration first
    public List<String> domains() {
        Map<String, String> all = new LinkedHashMap<>();
        domains.forEach((key, domain) -> all.put(key, domain.name()));
        source.domains().forEach(name -> all.putIfAbsent(lower(name), name));
        return List.copyOf(all.values());
    }

    /// @return the users of a domain, those of the configuration first
    public List<UserId> users(String domain) {
        return merged(domain, domain(domain).stream().flatMap(known -> known.users().values().stream()).map(user -> user.id().user()),
                source.users(domain));
    }

    /// @return who belongs to a group, defined there or pointed to: those whom the configuration names first; none when there is no such group
    public List<DirectoryUser> group(String name, String domain) {
        return merged(domain, domain(domain).stream().flatMap(known -> known.group(name).members().stream()), source.members(domain, name)).stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    /// @return the group in which a user stands, empty text for none
    public String groupOf(UserId id) {
        return domain(id.domain()).stream().flatMap(domain -> domain.groups().values().stream())
                .filter(group -> group.members().stream().anyMatch(id.user()::equalsIgnoreCase))
                .map(DirectoryDomain.Group::name)
                .findFirst()
                .orElseGet(() -> source.find(id).map(DirectorySource.SourceUser::group).orElse(""));
    }

    private List<UserId> merged(String domain, Stream<String> configured, List<UserId> further) {
        String name = domain(domain).map(DirectoryDomain::name).orElse(domain);
        Map<String, UserId> all = new LinkedHashMap<>();
        Stream.concat(configured, further.stream().map(UserId::user)).forEach(user -> all.putIfAbsent(lower(user), new UserId(user, name)));
        return List.copyOf(all.values());
    }

    /// Whether somebody's password may be kept as a hash, so that to refuse anybody must take as long as to check one.
    public boolean hasHashes() {
        return source.hasUsers() || hashed;
    }

    /// @return how many users the configuration has in all domains
    public int size() {
        return domains.values().stream().mapToInt(DirectoryDomain::size).sum();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
