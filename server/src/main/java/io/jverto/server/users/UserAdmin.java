package io.jverto.server.users;

import io.jverto.base.Program;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.base.net.Network;
import io.jverto.server.store.StoredUsers;
import io.jverto.server.store.StoredUsers.StoredHashes;
import io.jverto.server.store.StoredUsers.StoredUser;
import io.jverto.server.store.StoredUsers.Written;
import io.jverto.server.store.UserEdit;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.switchboard.directory.Settings;
import io.jverto.switchboard.port.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what a request says: `do` is `add`, `set`, `delete`, `list`, `show`, `share`, `hashes`; `user`, `domain`, `group`, `alias`, `groups`, `cidr`, `params`
/// and `variables` are what it is about. A list goes on behind `after-user` of `after-domain`. The reply has `ok`, `text`, and `rows` where there is something to show. Thread-safe.
public final class UserAdmin {
    public static final String A1_MD5 = "a1-hash";
    public static final String A1_SHA256 = "a1-hash-sha-256";
    private static final Logger log = LoggerFactory.getLogger(UserAdmin.class);
    private static final String NOBODY = "the database has no users; those of the configuration are in its folder directory";
    private static final int MAX_VALUE = 8_192;
    /// Of them more than anybody tries in a sitting, and they fit into a reply.
    private static final int MAX_HASHES = 1_000;
    private static final String CIDR = "cidr";
    private static final int MAX_CIDR = 1_024;
    private static final Set<String> IN_CLEAR = Set.of("password", "jsonrpc-password");
    private static final List<String> SECRET = List.of("password", "passwd", "hash", "secret", "pin");

    private final StoredUsers users;

    public UserAdmin(StoredUsers users) {
        this.users = users;
    }

    public JsonObject run(JsonObject request) {
        String what = request.string("do").orElse("");
        UserId id = new UserId(request.string("user").orElse(""), request.string("domain").orElse(""));
        Optional<String> wrong = wrong(request, what, id);
        if (wrong.isPresent()) {
            return reply(false, wrong.get());
        }
        return switch (what) {
            case "add" -> written(users.add(id, edit(request)), what, id);
            case "set" -> written(users.set(id, edit(request)), what, id);
            case "delete" -> written(users.delete(id), what, id);
            case "share" -> share(request, id.domain());
            case "list" -> rows(users.list(id.domain(), new UserId(request.string("after-user").orElse(""), request.string("after-domain").orElse(""))), NOBODY);
            case "hashes" -> users.hashes(MAX_HASHES).map(UserAdmin::hashes).orElseGet(UserAdmin::unavailable);
            case "show" -> rows(users.show(id), "the database has no user " + id);
            default -> reply(false, "'" + what + "' is not known here");
        };
    }

    private static Optional<String> wrong(JsonObject request, String what, UserId id) {
        boolean one = !what.equals("list") && !what.equals("share") && !what.equals("hashes");
        if (one && !isId(id.user())) {
            return Optional.of("'" + id.user() + "' cannot be a user's id: write one to 256 characters without blanks, @ and /");
        }
        if ((one || what.equals("share")) && !isId(id.domain())) {
            return Optional.of("'" + id.domain() + "' cannot be a domain; name one as in user@domain");
        }
        if (groups(request).stream().flatMap(List::stream).anyMatch(group -> !isId(group))) {
            return Optional.of("a group's name has one to 256 characters, without blanks, @ and /");
        }
        String cidr = request.string(CIDR).orElse("");
        if (cidr.length() > MAX_CIDR || Network.all(cidr).isEmpty()) {
            return Optional.of("'" + cidr + "' names no networks: write 192.0.2.0/24 or an address, separated by commas, " + MAX_CIDR + " characters at most");
        }
        return settings(request).params().entrySet().stream().flatMap(param -> wrongParam(param.getKey(), param.getValue()).stream()).findFirst()
                .or(() -> settings(request).variables().entrySet().stream()
                        .flatMap(variable -> wrongEntry(variable.getKey(), variable.getValue()).stream()).findFirst());
    }

    private static boolean isId(String name) {
        return StoredUsers.isName(name) && name.chars().noneMatch(c -> Character.isWhitespace(c) || c == '@' || c == '/');
    }

    private static Optional<String> wrongParam(String name, String value) {
        if (IN_CLEAR.contains(name.toLowerCase(Locale.ROOT)) && !value.isEmpty()) {
            return Optional.of("passwords are kept as hashes: '" + name + "' is no param here, use --password");
        }
        if (name.equalsIgnoreCase(PasswordHash.PARAM) && !value.isEmpty() && !PasswordHash.isOne(value)) {
            return Optional.of(PasswordHash.PARAM + " is no hash that can be checked; '" + Program.command("user hash") + "' makes one");
        }
        return wrongEntry(name, value);
    }

    private static Optional<String> wrongEntry(String name, String value) {
        boolean fits = StoredUsers.isName(name) && value.length() <= MAX_VALUE && value.indexOf('\0') < 0;
        return fits ? Optional.empty() : Optional.of("a name has one to 256 characters, and its value at most " + MAX_VALUE);
    }

    private static UserEdit edit(JsonObject request) {
        return new UserEdit(request.string("alias"), groups(request), request.string(CIDR), settings(request));
    }

    private static Optional<List<String>> groups(JsonObject request) {
        return request.get("groups").filter(JsonArray.class::isInstance).map(JsonArray.class::cast)
                .map(array -> array.items().stream().flatMap(item -> item.asString().stream()).toList());
    }

    private static Settings settings(JsonObject request) {
        return new Settings(texts(request, "params"), texts(request, "variables"));
    }

    private static Map<String, String> texts(JsonObject request, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        request.object(key).ifPresent(object ->
                object.members().forEach((name, value) -> value.asString().ifPresent(text -> texts.put(name, text))));
        return texts;
    }

    private JsonObject share(JsonObject request, String domain) {
        String group = request.string("group").orElse("");
        if (!group.isEmpty() && !isId(group)) {
            return reply(false, "'" + group + "' cannot be a group");
        }
        String name = group.isEmpty() ? "domain " + domain : "group " + group + " of " + domain;
        if (settings(request).equals(Settings.NONE)) {
            return users.shared(domain, group)
                    .map(shared -> reply(true, name, new JsonArray(List.of(described(new JsonObjectBuilder().put("name", name), shared)))))
                    .orElseGet(UserAdmin::unavailable);
        }
        Written outcome = users.setShared(domain, group, settings(request));
        if (outcome == Written.UNAVAILABLE) {
            return unavailable();
        }
        log.info("{} of the database was changed", name);
        return reply(true, name + " was changed");
    }

    private static JsonObject written(Written outcome, String what, UserId id) {
        return switch (outcome) {
            case DONE -> {
                String done = switch (what) {
                    case "add" -> "was added";
                    case "set" -> "was changed";
                    default -> "was deleted";
                };
                log.info("user {} of the database {}", id, done);
                yield reply(true, id + " " + done);
            }
            case EXISTS -> reply(false, "the database has a user " + id + " already; '" + Program.command("user set") + "' changes him");
            case MISSING -> reply(false, "the database has no user " + id);
            case UNAVAILABLE -> unavailable();
        };
    }

    private static JsonObject unavailable() {
        return reply(false, "the database cannot be used; the log of whoever opened it says why");
    }

    private static JsonObject rows(Optional<List<StoredUser>> found, String nobody) {
        return found.map(all -> all.isEmpty()
                        ? reply(nobody.equals(NOBODY), nobody)
                        : reply(true, "", new JsonArray(all.stream().map(UserAdmin::described).map(JsonValue.class::cast).toList())))
                .orElseGet(UserAdmin::unavailable);
    }

    private static JsonObject described(StoredUser user) {
        return described(
                new JsonObjectBuilder()
                        .put("user", user.id().user())
                        .put("domain", user.id().domain())
                        .put("alias", user.alias())
                        .put(CIDR, user.cidr())
                        .put("groups", new JsonArray(user.groups().stream().<JsonValue>map(JsonString::new).toList())),
                user.settings());
    }

    private static JsonObject described(JsonObjectBuilder row, Settings settings) {
        return row.put("params", shown(settings.params())).put("variables", shown(settings.variables())).build();
    }

    /// Secrets are never told.
    private static JsonObject shown(Map<String, String> entries) {
        JsonObjectBuilder object = new JsonObjectBuilder();
        entries.forEach((name, value) ->
                object.put(name, SECRET.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains) ? "(set)" : value));
        return object.build();
    }

    /// For whoever may read the files of the database anyway. The text says how many there are.
    private static JsonObject hashes(StoredHashes found) {
        List<JsonValue> rows = found.newest().stream().<JsonValue>map(one -> new JsonObjectBuilder()
                .put("user", one.id().user()).put("domain", one.id().domain()).put("hash", one.hash()).build()).toList();
        return reply(true, Integer.toString(found.all()), new JsonArray(rows));
    }

    private static JsonObject reply(boolean ok, String text) {
        return reply(ok, text, new JsonArray(List.of()));
    }

    static JsonObject reply(boolean ok, String text, JsonArray rows) {
        return new JsonObjectBuilder().put("ok", JsonLiteral.of(ok)).put("text", text).put("rows", rows).build();
    }
}
