package io.jverto.switchboard.api;

import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `list_users [group <g>] [domain <d>] [user <u>] [context <c>]`: everybody in the directory, as a table (dialplan-directory.md section 14.1).
final class ListUsers implements ApiCommand {
    private static final String HEADER =
            "userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number\n";
    private static final Set<String> FILTERS = Set.of("group", "domain", "user", "context");
    private static final int MAX_ROWS = 10_000;

    private final Supplier<Routing> routing;
    private final Commands commands;

    ListUsers(Supplier<Routing> routing, Commands commands) {
        this.routing = routing;
        this.commands = commands;
    }

    @Override
    public String name() {
        return "list_users";
    }

    @Override
    public String run(String arguments) {
        String[] words = arguments.isBlank() ? new String[0] : arguments.trim().split(" +");
        Map<String, String> filters = new HashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            filters.put(words[i], words[i + 1]);
        }
        if (words.length % 2 != 0 || !FILTERS.containsAll(filters.keySet())) {
            return Replies.usage("[group <group>] [domain <domain>] [user <user>] [context <context>]");
        }
        Directory directory = routing.get().directory();
        StringBuilder table = new StringBuilder(HEADER);
        directory.domains().stream()
                .filter(domain -> fits(filters, "domain", domain))
                .flatMap(domain -> users(directory, domain, filters))
                .filter(user -> fits(filters, "context", context(user)))
                .limit(MAX_ROWS)
                .forEach(user -> table.append(row(directory, user)));
        return table.append("\n+OK\n").toString();
    }

    private static Stream<DirectoryUser> users(Directory directory, String domain, Map<String, String> filters) {
        List<DirectoryUser> ofGroup = filters.containsKey("group") ? directory.group(filters.get("group"), domain) : List.of();
        Stream<DirectoryUser> all = filters.containsKey("group")
                ? ofGroup.stream()
                : directory.users(domain).stream().flatMap(id -> directory.find(id).stream());
        return all.filter(user -> fits(filters, "user", user.id().user()));
    }

    private static boolean fits(Map<String, String> filters, String name, String value) {
        return !filters.containsKey(name) || filters.get(name).equalsIgnoreCase(value);
    }

    private String row(Directory directory, DirectoryUser user) {
        UserId id = user.id();
        String contact = commands.find("verto_contact").map(command -> command.run(id.toString())).orElse("error/user_not_registered");
        return String.join("|", id.user(), context(user), id.domain(), directory.groupOf(id), contact, user.variable("callgroup").orElse(""),
                user.variable("effective_caller_id_name").orElse(""), user.variable("effective_caller_id_number").orElse("")) + "\n";
    }

    private static String context(DirectoryUser user) {
        return user.variable("user_context").orElse("");
    }
}
