package io.jverto.switchboard.command;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.JsonCommand;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every command of the API, by name. Filled at start by all who have commands. Thread-safe.
public final class Commands {
    /// What `${name(arguments)}` may run: these only tell or compute. The arguments may hold what a caller chose, so nothing
    /// that acts may ever stand here (security.md S11).
    private static final Set<String> EXPANDABLE = Set.of(
            "acl", "coalesce", "cond", "create_uuid", "domain_exists", "echo", "expr", "global_getvar", "hostname", "in_group", "limit_usage", "md5", "module_exists",
                    "regex", "replace",
            "strepoch", "strftime", "strftime_tz", "switchname", "tolower", "toupper", "url_decode", "url_encode", "user_data", "user_exists",
            "uuid_exists", "version");

    /// Beginnings of arguments with which a command only tells.
    private static final Map<String, List<String>> READING = Map.of(
            "hash", List.of("select/"),
            "db", List.of("select/", "exists/"),
            "group", List.of("call:"));

    /// Dial strings that dialplans get in their own way.
    private static final Set<String> CONTACTS = Set.of("verto_contact", "sofia_contact");
    private static final ApiCommand DENIED = ApiCommand.of("", _ -> "<API Execute Permission Denied>");

    private volatile boolean expansion = true;
    private final ConcurrentHashMap<String, ApiCommand> byName = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, JsonCommand> json = new ConcurrentHashMap<>();

    /// @param allowed whether `${name(arguments)}` runs commands from now on
    public void expansion(boolean allowed) {
        expansion = allowed;
    }

    public boolean expansion() {
        return expansion;
    }

    public void add(ApiCommand command) {
        byName.put(lower(command.name()), command);
    }

    public void add(JsonCommand command) {
        json.put(lower(command.name()), command);
    }

    public Optional<JsonCommand> findJson(String name) {
        return Optional.ofNullable(json.get(lower(name)));
    }

    public Optional<ApiCommand> find(String name) {
        return Optional.ofNullable(byName.get(lower(name)));
    }

    /// @return whether `${name(...)}` can give something, with some arguments at least
    public static boolean mayExpand(String name) {
        return EXPANDABLE.contains(lower(name)) || READING.containsKey(lower(name)) || CONTACTS.contains(lower(name));
    }

    /// @return the command, when `${...}` may run it with these arguments: also the forms that only read of commands that do more
    public Optional<ApiCommand> expandable(String name, String arguments) {
        if (!expansion) {
            return Optional.of(DENIED);
        }
        boolean reads = READING.getOrDefault(lower(name), List.of()).stream().anyMatch(form -> arguments.regionMatches(true, 0, form, 0,
                form.length()));
        return reads ? find(name) : expandable(name);
    }

    /// @return the command, when `${...}` may run it
    public Optional<ApiCommand> expandable(String name) {
        return EXPANDABLE.contains(lower(name)) ? find(name) : Optional.empty();
    }

    /// Runs a whole line: a name, a space, arguments.
    ///
    /// @return the reply; `-ERR` when there is no such command
    public String run(String line) {
        String trimmed = line.trim();
        int space = trimmed.indexOf(' ');
        String name = space < 0 ? trimmed : trimmed.substring(0, space);
        String arguments = space < 0 ? "" : trimmed.substring(space + 1).trim();
        return find(name).map(command -> command.run(arguments)).orElse("-ERR " + name + " Command not found!\n");
    }

    /// @return the names of all commands of `fsapi`
    public List<String> names() {
        return byName.values().stream().map(ApiCommand::name).sorted().toList();
    }

    /// @return the names of all commands of `jsapi`
    public List<String> jsonNames() {
        return json.values().stream().map(JsonCommand::name).sorted().toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
