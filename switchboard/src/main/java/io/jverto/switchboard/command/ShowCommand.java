package io.jverto.switchboard.command;

import io.jverto.switchboard.port.ApiCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/// `show <what> [like <text>] [count] [as csv|json|xml|delim <delimiter>]` (dialplan-directory.md section 14.2). Thread-safe.
public final class ShowCommand implements ApiCommand {
    private static final String USAGE = "-USAGE: show <what> [like <text>] [count] [as csv|json|xml|delim <delimiter>]; what: ";
    private static final List<String> INTERFACE = List.of("type", "name", "ikey");
    private static final String KEY = "jverto";

    private final Map<String, Supplier<Table>> tables = new ConcurrentSkipListMap<>();

    /// @param tables what can be shown
    public ShowCommand(Map<String, Supplier<Table>> tables) {
        this.tables.putAll(tables);
        this.tables.put("registrations", () -> new Table(List.of("reg_user", "realm", "token", "url", "expires", "network_ip", "network_port",
                "network_proto", "hostname", "metadata"), List.of()));
        this.tables.put("nat_map", () -> new Table(List.of("port", "proto", "proto_num", "sticky"), List.of()));
        this.tables.put("aliases", () -> new Table(List.of("sticky", "alias", "command", "hostname"), List.of()));
        this.tables.put("interfaces", this::interfaces);
    }

    /// Shows one more thing, or one in another way.
    public void add(String what, Supplier<Table> table) {
        tables.put(what, table);
    }

    /// @param type as the first column says it
    public static Table interfaces(String type, List<String> names) {
        return new Table(INTERFACE, names.stream().map(name -> List.of(type, name, KEY)).toList());
    }

    private Table interfaces() {
        return new Table(INTERFACE, tables.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("interfaces"))
                .map(entry -> entry.getValue().get())
                .filter(table -> table.columns().equals(INTERFACE))
                .flatMap(table -> table.rows().stream())
                .toList());
    }

    @Override
    public String name() {
        return "show";
    }

    @Override
    public String run(String arguments) {
        List<String> words = Arrays.stream(arguments.trim().split(" +")).toList();
        Optional<Table> found = Optional.ofNullable(tables.get(words.getFirst())).map(Supplier::get);
        if (found.isEmpty()) {
            return USAGE + String.join(", ", tables.keySet()) + "\n";
        }
        Table table = after(words, "like").map(text -> found.get().like(text)).orElse(found.get());
        if (words.contains("count")) {
            return table.count();
        }
        String format = after(words, "as").orElse("csv");
        return switch (format) {
            case "json" -> table.json();
            case "xml" -> table.xml();
            case "delim" -> table.csv(after(words, "delim").orElse(","));
            default -> table.csv(",");
        };
    }

    private static Optional<String> after(List<String> words, String word) {
        int at = words.indexOf(word);
        return at > 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
    }
}
