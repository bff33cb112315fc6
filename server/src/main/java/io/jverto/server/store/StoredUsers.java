package io.jverto.server.store;

import io.jverto.base.net.Network;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.directory.DirectorySource;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.switchboard.directory.Settings;
import io.jverto.switchboard.port.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Users in the database, and what changes them. A change counts here at once; one that another server makes, within [Memo#FRESH].
public final class StoredUsers implements DirectorySource {
    /// Characters of a name; longer ones, and those with controls in them, belong to nobody.
    private static final int MAX_NAME = 256;
    public static final int PAGE = 100;
    /// After how long a change of another server counts.
    public static final Duration FRESH = Memo.FRESH;
    private static final String DOMAIN = "domain";
    private static final String GROUP = "group";
    private static final String USER = "user";

    private final Database database;
    private final TimeSource time;
    private final Memo<UserId, Optional<SourceUser>> users;
    private final Memo<String, List<String>> domains;
    private final Memo<String, Settings> shared;
    private final Memo<String, Boolean> any;
    private volatile Runnable changed = () -> { };

    public StoredUsers(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
        this.users = new Memo<>(time);
        this.domains = new Memo<>(time);
        this.shared = new Memo<>(time);
        this.any = new Memo<>(time);
    }

    /// What became of a change.
    public enum Written {
        DONE,
        EXISTS,
        MISSING,
        /// The log says why.
        UNAVAILABLE
    }

    /// A user as it is stored, without what is inherited.
    ///
    /// @param groups as written; of the first the settings are inherited
    /// @param cidr his networks, separated by commas
    public record StoredUser(UserId id, String alias, List<String> groups, String cidr, Settings settings) {}

    /// What is kept of a user's password.
    public record StoredHash(UserId id, String hash) {
        /// Never shows it.
        @Override
        public String toString() {
            return "StoredHash[" + id + "]";
        }
    }

    /// Some of the hashes of passwords.
    ///
    /// @param newest those that were set last, the last of them first
    /// @param all how many there are
    public record StoredHashes(List<StoredHash> newest, int all) {}

    /// Whether a name can be stored and found again, by whatever client it was chosen.
    public static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= MAX_NAME
                && name.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    @Override
    public Optional<SourceUser> find(UserId id) {
        if (!isName(id.user()) || !isName(id.domain())) {
            return Optional.empty();
        }
        UserId key = new UserId(key(id.user()), key(id.domain()));
        return users.get(key, () -> database.with(handle -> read(handle, key))).flatMap(found -> found);
    }

    private static Optional<SourceUser> read(Handle handle, UserId key) {
        return stored(handle, key.domain(), key.user()).map(user -> {
            String group = user.groups().isEmpty() ? "" : user.groups().getFirst();
            return new SourceUser(user.id(), group, user.settings(), settings(handle, key.domain(), GROUP, key(group)),
                    settings(handle, key.domain(), DOMAIN, ""));
        });
    }

    private static Optional<StoredUser> stored(Handle handle, String domainKey, String userKey) {
        return handle.createQuery("SELECT u.user_key, u.name, d.name, u.alias_key, u.cidr FROM directory_user u JOIN directory_domain d"
                        + " ON d.domain_key = u.domain_key WHERE u.domain_key = :domain AND (u.user_key = :user OR u.alias_key = :user)"
                        + " ORDER BY CASE WHEN u.user_key = :user THEN 0 ELSE 1 END, u.user_key LIMIT 1")
                .bind("domain", domainKey)
                .bind("user", userKey)
                .map((row, _) -> new StoredUser(new UserId(row.getString(2), row.getString(3)), row.getString(4),
                        groups(handle, domainKey, row.getString(1)), row.getString(5), settings(handle, domainKey, USER, row.getString(1))))
                .findOne();
    }

    private static List<String> groups(Handle handle, String domainKey, String userKey) {
        return handle.createQuery("SELECT name FROM directory_member WHERE domain_key = ? AND user_key = ? ORDER BY place")
                .bind(0, domainKey)
                .bind(1, userKey)
                .mapTo(String.class)
                .list();
    }

    private static Settings settings(Handle handle, String domainKey, String ownerKind, String ownerKey) {
        Map<String, String> params = new HashMap<>();
        Map<String, String> variables = new HashMap<>();
        handle.createQuery("SELECT kind, name, setting_value FROM directory_setting WHERE domain_key = ? AND owner_kind = ? AND owner_key = ?")
                .bind(0, domainKey)
                .bind(1, ownerKind)
                .bind(2, ownerKey)
                .map((row, _) -> (row.getString(1).equals("param") ? params : variables).put(row.getString(2), row.getString(3)) == null)
                .list();
        return new Settings(params, variables);
    }

    @Override
    public boolean hasDomain(String name) {
        return domains().stream().anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public Optional<Settings> ofDomain(String name) {
        return hasDomain(name)
                ? shared.get(key(name), () -> database.with(handle -> settings(handle, key(name), DOMAIN, "")))
                : Optional.empty();
    }

    @Override
    public List<String> domains() {
        return domains.get("", () -> database.with(handle ->
                        handle.createQuery("SELECT name FROM directory_domain ORDER BY domain_key").mapTo(String.class).list()))
                .orElse(List.of());
    }

    @Override
    public List<UserId> users(String domain) {
        return ids("SELECT u.name, d.name FROM directory_user u JOIN directory_domain d ON d.domain_key = u.domain_key"
                + " WHERE u.domain_key = :domain ORDER BY u.user_key", domain, "");
    }

    @Override
    public List<UserId> members(String domain, String group) {
        return ids("SELECT u.name, d.name FROM directory_member m JOIN directory_user u ON u.domain_key = m.domain_key AND u.user_key = m.user_key"
                + " JOIN directory_domain d ON d.domain_key = u.domain_key WHERE m.domain_key = :domain AND m.group_key = :group"
                + " ORDER BY u.user_key", domain, group);
    }

    private List<UserId> ids(String query, String domain, String group) {
        if (!isName(domain) || !group.isEmpty() && !isName(group)) {
            return List.of();
        }
        return database.with(handle -> handle.createQuery(query)
                        .bind("domain", key(domain))
                        .bind("group", key(group))
                        .map((row, _) -> new UserId(row.getString(1), row.getString(2)))
                        .list())
                .orElse(List.of());
    }

    @Override
    public boolean hasUsers() {
        return any.get("", () -> database.with(handle ->
                        handle.createQuery("SELECT 1 FROM directory_user LIMIT 1").mapTo(Integer.class).findOne().isPresent()))
                .orElse(true); // it could have some
    }

    /// Adds a user, and the domain if it is new.
    public Written add(UserId id, UserEdit edit) {
        return changed(handle -> {
            ensureDomain(handle, id.domain());
            int added = handle.execute("INSERT INTO directory_user (domain_key, user_key, name, alias_key) VALUES (?, ?, ?, '') ON CONFLICT DO NOTHING",
                    key(id.domain()), key(id.user()), id.user());
            if (added == 0) {
                return Written.EXISTS;
            }
            edit(handle, id, edit);
            return Written.DONE;
        });
    }

    public Written set(UserId id, UserEdit edit) {
        return changed(handle -> {
            if (!exists(handle, id)) {
                return Written.MISSING;
            }
            edit(handle, id, edit);
            return Written.DONE;
        });
    }

    public Written delete(UserId id) {
        return changed(handle -> {
            handle.execute("DELETE FROM directory_setting WHERE domain_key = ? AND owner_kind = ? AND owner_key = ?",
                    key(id.domain()), USER, key(id.user()));
            int gone = handle.execute("DELETE FROM directory_user WHERE domain_key = ? AND user_key = ?", key(id.domain()), key(id.user()));
            return gone > 0 ? Written.DONE : Written.MISSING;
        });
    }

    /// Changes what all of a domain, or of a group in it, inherit.
    ///
    /// @param group empty text for the domain itself
    /// @param settings an empty value takes one away
    public Written setShared(String domain, String group, Settings settings) {
        return changed(handle -> {
            ensureDomain(handle, domain);
            edit(handle, key(domain), group.isEmpty() ? DOMAIN : GROUP, key(group), settings);
            return Written.DONE;
        });
    }

    /// @return what all of a domain, or of a group in it, inherit; empty when the database cannot be used
    public Optional<Settings> shared(String domain, String group) {
        return database.with(handle -> settings(handle, key(domain), group.isEmpty() ? DOMAIN : GROUP, key(group)));
    }

    /// @return one user, or nobody; empty when the database cannot be used
    public Optional<List<StoredUser>> show(UserId id) {
        return database.with(handle -> stored(handle, key(id.domain()), key(id.user())).stream().toList());
    }

    /// @param domain empty text for all
    /// @param after where to go on: those up to this one are left out; empty texts for the beginning
    /// @return the next [#PAGE] at most, in the order of their names; empty when the database cannot be used
    public Optional<List<StoredUser>> list(String domain, UserId after) {
        return database.with(handle -> {
            List<StoredUser> all = new ArrayList<>();
            handle.createQuery("SELECT domain_key, user_key FROM directory_user WHERE (:domain = '' OR domain_key = :domain)"
                            + " AND (domain_key > :afterDomain OR domain_key = :afterDomain AND user_key > :afterUser)"
                            + " ORDER BY domain_key, user_key LIMIT " + PAGE)
                    .bind("domain", key(domain))
                    .bind("afterDomain", key(after.domain()))
                    .bind("afterUser", key(after.user()))
                    .map((row, _) -> new UserId(row.getString(2), row.getString(1)))
                    .list()
                    .forEach(id -> stored(handle, id.domain(), id.user()).ifPresent(all::add));
            return all;
        });
    }

    /// @param most how many at most
    /// @return empty when the database cannot be used
    public Optional<StoredHashes> hashes(int most) {
        String from = " FROM directory_setting s JOIN directory_user u ON u.domain_key = s.domain_key AND u.user_key = s.owner_key"
                + " JOIN directory_domain d ON d.domain_key = u.domain_key WHERE s.owner_kind = '" + USER + "' AND s.kind = 'param' AND s.name_key = '" + PasswordHash.PARAM + "'";
        return database.with(handle -> new StoredHashes(
                handle.createQuery("SELECT u.name, d.name, s.setting_value" + from + " ORDER BY u.password_at DESC, u.domain_key, u.user_key LIMIT " + most)
                        .map((row, _) -> new StoredHash(new UserId(row.getString(1), row.getString(2)), row.getString(3)))
                        .list(),
                handle.createQuery("SELECT COUNT(*)" + from).mapTo(Integer.class).one()));
    }

    /// @return the networks of all users by the domain's name in lower case; empty when the database cannot be used
    public Optional<Map<String, List<Network>>> networks() {
        return database.with(handle -> {
            Map<String, List<Network>> byDomain = new HashMap<>();
            handle.createQuery("SELECT domain_key, cidr FROM directory_user WHERE cidr <> ''")
                    .map((row, _) -> byDomain.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .addAll(Network.all(row.getString(2)).orElse(List.of()))) // nothing else is written there
                    .list();
            return byDomain;
        });
    }

    /// Is told of each change that is made here, when it counts.
    public void onChange(Runnable told) {
        changed = told;
    }

    /// One change after the other.
    private synchronized Written changed(Function<Handle, Written> work) {
        Written outcome = database.with(work).orElse(Written.UNAVAILABLE);
        users.forget();
        domains.forget();
        shared.forget();
        any.forget();
        changed.run();
        return outcome;
    }

    private static boolean exists(Handle handle, UserId id) {
        return handle.createQuery("SELECT 1 FROM directory_user WHERE domain_key = ? AND user_key = ?")
                .bind(0, key(id.domain()))
                .bind(1, key(id.user()))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void ensureDomain(Handle handle, String domain) {
        handle.execute("INSERT INTO directory_domain (domain_key, name) VALUES (?, ?) ON CONFLICT DO NOTHING", key(domain), domain);
    }

    private void edit(Handle handle, UserId id, UserEdit edit) {
        String domain = key(id.domain());
        String user = key(id.user());
        edit.alias().ifPresent(alias -> handle.execute(
                "UPDATE directory_user SET alias_key = ? WHERE domain_key = ? AND user_key = ?", key(alias), domain, user));
        edit.cidr().ifPresent(cidr -> handle.execute("UPDATE directory_user SET cidr = ? WHERE domain_key = ? AND user_key = ?", cidr, domain, user));
        edit.groups().ifPresent(groups -> {
            handle.execute("DELETE FROM directory_member WHERE domain_key = ? AND user_key = ?", domain, user);
            for (int place = 0; place < groups.size(); place++) {
                handle.execute("INSERT INTO directory_member (domain_key, user_key, group_key, name, place) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING", domain, user, key(groups.get(place)), groups.get(place), place);
            }
        });
        if (edit.settings().params().keySet().stream().anyMatch(PasswordHash.PARAM::equalsIgnoreCase)) {
            handle.execute("UPDATE directory_user SET password_at = ? WHERE domain_key = ? AND user_key = ?", time.wallTime().toEpochMilli(), domain, user);
        }
        edit(handle, domain, USER, user, edit.settings());
    }

    private static void edit(Handle handle, String domain, String ownerKind, String ownerKey, Settings settings) {
        settings.params().forEach((name, value) -> put(handle, new Owner(domain, ownerKind, ownerKey), "param", name, value));
        settings.variables().forEach((name, value) -> put(handle, new Owner(domain, ownerKind, ownerKey), "variable", name, value));
    }

    private record Owner(String domain, String kind, String key) {}

    private static void put(Handle handle, Owner owner, String kind, String name, String value) {
        handle.execute("DELETE FROM directory_setting WHERE domain_key = ? AND owner_kind = ? AND owner_key = ? AND kind = ? AND name_key = ?",
                owner.domain, owner.kind, owner.key, kind, key(name));
        if (!value.isEmpty()) {
            handle.execute("INSERT INTO directory_setting (domain_key, owner_kind, owner_key, kind, name_key, name, setting_value)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)", owner.domain, owner.kind, owner.key, kind, key(name), name, value);
        }
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
