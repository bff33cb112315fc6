package io.jverto.switchboard.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows that a command shows (dialplan-directory.md section 14.2). What callers chose is quoted or escaped, so that it stays in its column
/// and on its line.
public record Table(List<String> columns, List<List<String>> rows) {
    /// @return the rows in which a value contains the text, in any letter case
    Table like(String text) {
        String sought = text.toLowerCase(Locale.ROOT);
        return new Table(columns,
                rows.stream().filter(row -> row.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(sought))).toList());
    }

    String count() {
        return "\n" + rows.size() + " total.\n";
    }

    String csv(String delimiter) {
        StringBuilder out = new StringBuilder();
        if (!rows.isEmpty()) {
            out.append(String.join(delimiter, columns)).append('\n');
        }
        for (List<String> row : rows) {
            out.append(String.join(delimiter, row.stream().map(value -> cell(value, delimiter)).toList())).append('\n');
        }
        return out.append('\n').append(rows.size()).append(" total.\n").toString();
    }

    /// RFC 4180 section 2, without line ends.
    private static String cell(String value, String delimiter) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.contains(delimiter) || line.contains("\"") ? "\"" + line.replace("\"", "\"\"") + "\"" : line;
    }

    String json() {
        List<String> objects = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                members.add(JsonStrings.quoted(columns.get(i)) + ":" + JsonStrings.quoted(row.get(i)));
            }
            objects.add("{" + String.join(",", members) + "}");
        }
        return "{\"row_count\":" + rows.size() + (rows.isEmpty() ? "" : ",\"rows\":[" + String.join(",", objects) + "]") + "}\n";
    }

    String xml() {
        StringBuilder out = new StringBuilder("<result row_count=\"" + rows.size() + "\">\n");
        for (int row = 0; row < rows.size(); row++) {
            out.append("  <row row_id=\"").append(row + 1).append("\">\n");
            for (int i = 0; i < columns.size(); i++) {
                String column = columns.get(i);
                out.append("    <").append(column).append('>').append(escaped(rows.get(row).get(i))).append("</").append(column).append(">\n");
            }
            out.append("  </row>\n");
        }
        return out.append("</result>\n").toString();
    }

    private static String escaped(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
