package io.jverto.server.users;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Users in a CSV file (RFC 4180), whose first line names the columns.
public final class UserFile {
    private static final Set<String> COLUMNS = Set.of("user", "domain", "password", "groups", "alias", "cidr");
    private static final String PARAM = "param:";
    private static final String VARIABLE = "variable:";

    private UserFile() {}

    /// A user.
    ///
    /// @param number of the line that the row begins on, from 1
    /// @param problem why it cannot be used
    /// @param groups empty when the file has no such column
    public record Line(
            int number, Optional<String> problem, String user, String domain, String password, Optional<String> groups, Optional<String> alias, Optional<String> cidr,
            Map<String, String> params, Map<String, String> variables) {
        @Override
        public String toString() {
            return "Line[" + number + ", " + user + "]"; // never the password
        }
    }

    public static List<Line> read(byte[] bytes) {
        List<Row> rows = rows(new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", ""));
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> columns = rows.getFirst().cells().stream().map(String::trim).toList();
        Optional<String> wrong = columns.stream().filter(column -> !isColumn(column)).findFirst()
                .map(column -> "'" + column + "' is no column; there are user, domain, password, groups, alias, cidr, param:NAME and variable:NAME");
        if (wrong.isEmpty() && columns.stream().noneMatch("user"::equalsIgnoreCase)) {
            wrong = Optional.of("the first line names the columns, and there must be one named user");
        }
        if (wrong.isPresent()) {
            return List.of(line(rows.getFirst(), List.of(), wrong));
        }
        return rows.stream().skip(1).map(row -> line(row, columns, row.cells().size() == columns.size()
                ? Optional.empty()
                : Optional.of("there are " + row.cells().size() + " cells for " + columns.size() + " columns"))).toList();
    }

    private static boolean isColumn(String column) {
        String lower = column.toLowerCase(Locale.ROOT);
        return COLUMNS.contains(lower) || lower.length() > PARAM.length() && lower.startsWith(PARAM)
                || lower.length() > VARIABLE.length() && lower.startsWith(VARIABLE);
    }

    private static Line line(Row row, List<String> columns, Optional<String> problem) {
        Map<String, String> known = new LinkedHashMap<>();
        Map<String, String> params = new LinkedHashMap<>();
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; problem.isEmpty() && i < columns.size(); i++) {
            String column = columns.get(i);
            String lower = column.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PARAM)) {
                params.put(column.substring(PARAM.length()), row.cells().get(i));
            } else if (lower.startsWith(VARIABLE)) {
                variables.put(column.substring(VARIABLE.length()), row.cells().get(i));
            } else {
                known.put(lower, row.cells().get(i));
            }
        }
        return new Line(row.number(), problem, known.getOrDefault("user", "").trim(), known.getOrDefault("domain", "").trim(),
                known.getOrDefault("password", ""), Optional.ofNullable(known.get("groups")), Optional.ofNullable(known.get("alias")).map(String::trim),
                Optional.ofNullable(known.get("cidr")).map(String::trim), params, variables);
    }

    private record Row(int number, List<String> cells) {}

    /// Cells may stand in quotes, two of which in them mean one; lines without anything are passed over.
    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int line = 1;
        int begun = 1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && i < text.length()) {
                boolean quote = c == '"';
                boolean twice = quote && i + 1 < text.length() && text.charAt(i + 1) == '"';
                i += twice ? 1 : 0;
                quoted = !quote || twice;
                if (quoted) {
                    cell.append(c);
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(taken(cell));
            } else if (c == '\n') {
                cells.add(taken(cell));
                if (cells.size() > 1 || !cells.getFirst().isBlank()) {
                    rows.add(new Row(begun, List.copyOf(cells)));
                }
                cells.clear();
                begun = line + 1;
            } else if (c != '\r') {
                cell.append(c);
            }
            line += c == '\n' ? 1 : 0;
        }
        return rows;
    }

    private static String taken(StringBuilder cell) {
        String text = cell.toString();
        cell.setLength(0);
        return text;
    }
}
