package io.jverto.server;

import io.jverto.base.count.Counters;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.server.metrics.Metrics;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// `counters [all] [json] [like <text>]`: what each part of the server has counted since the start, among it all that was dropped, refused or
/// cut off. Thread-safe.
final class CounterBoard implements ApiCommand {
    private static final String USAGE = "-USAGE: counters [all] [json] [like <text>]\n";

    private final List<Part> parts = new CopyOnWriteArrayList<>();

    /// @param part a word, for instance `audio`
    void add(String part, Counters<?> counters) {
        parts.add(new Part(part, counters));
    }

    /// Shows all of them.
    void forEach(Metrics.CounterReader reader) {
        parts.forEach(part -> part.counters.forEach((what, value) -> reader.take(part.name, what.name(), value, what.description())));
    }

    @Override
    public String name() {
        return "counters";
    }

    /// Without `all` those that stand at zero are left out.
    @Override
    public String run(String arguments) {
        boolean all = false;
        boolean json = false;
        String like = "";
        for (String rest = arguments; !rest.isEmpty(); ) {
            String[] words = rest.split("\\s+", 2);
            rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "all" -> all = true;
                case "json" -> json = true;
                case "like" -> {
                    like = rest;
                    rest = "";
                }
                default -> {
                    return USAGE;
                }
            }
        }
        List<Row> rows = rows(all, like.toLowerCase(Locale.ROOT));
        return json ? json(rows) : text(rows);
    }

    private List<Row> rows(boolean all, String like) {
        List<Row> rows = new ArrayList<>();
        for (Part part : parts) {
            part.counters.forEach((what, value) -> {
                Row row = new Row(part.name + "." + what.name().toLowerCase(Locale.ROOT), value, what.description());
                if ((all || value != 0) && (row.name.contains(like) || row.counts.toLowerCase(Locale.ROOT).contains(like))) {
                    rows.add(row);
                }
            });
        }
        return rows;
    }

    private static String text(List<Row> rows) {
        StringBuilder out = new StringBuilder();
        rows.forEach(row -> out.append("%-40s %12d  %s%n".formatted(row.name, row.value, row.counts)));
        return out.append('\n').append(rows.size()).append(" total.\n").toString();
    }

    private static String json(List<Row> rows) {
        JsonObjectBuilder values = new JsonObjectBuilder();
        rows.forEach(row -> values.put(row.name, row.value));
        return JsonText.write(values.build()) + "\n";
    }

    private record Part(String name, Counters<?> counters) {}

    private record Row(String name, long value, String counts) {}
}
