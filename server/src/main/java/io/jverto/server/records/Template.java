package io.jverto.server.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A line of a CSV file with `${name}` in it. What is put in was chosen by callers and stays within its cell: in quotes it cannot end them,
/// outside of quotes it cannot begin a new cell; it never ends the line, and is no formula to a spreadsheet. Immutable.
final class Template {
    static final String EXAMPLE = """
            "${caller_id_name}","${caller_id_number}","${destination_number}","${context}","${start_stamp}","${answer_stamp}","${end_stamp}",\
            "${duration}","${billsec}","${hangup_cause}","${uuid}","${bleg_uuid}","${accountcode}","${read_codec}","${write_codec}\"""";

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private sealed interface Part {
        record Literal(String text) implements Part {}

        /// @param quote that it stands in, 0 for none
        record Value(String name, char quote) implements Part {}
    }

    static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            int end = text.startsWith("${", i) ? text.indexOf('}', i) : -1;
            char c = text.charAt(i);
            if (end > 0) {
                parts.add(new Part.Literal(literal.toString()));
                parts.add(new Part.Value(text.substring(i + 2, end), quote));
                literal.setLength(0);
                i = end;
            } else {
                if (c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                }
                literal.append(c == '\n' || c == '\r' ? ' ' : c);
            }
        }
        parts.add(new Part.Literal(literal.toString()));
        return new Template(parts);
    }

    /// @param values by name; one that is not there is empty
    /// @return a line without its end
    String line(Map<String, String> values) {
        StringBuilder line = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(String text) -> line.append(text);
                case Part.Value(String name, char quote) -> line.append(safe(values.getOrDefault(name, ""), quote));
            }
        }
        return line.toString();
    }

    private static String safe(String value, char quote) {
        StringBuilder out = new StringBuilder(isFormula(value) ? "'" : "");
        if (quote == '\'' && !out.isEmpty()) {
            out.append('\'');
        }
        value.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                out.append(' ');
            } else if (quote == 0 && ",;\"'\\".indexOf(c) >= 0) {
                out.append('_');
            } else {
                out.appendCodePoint(c).append(c == quote || c == '\\' && quote == '\'' ? String.valueOf((char) c) : "");
            }
        });
        return out.toString();
    }

    /// A number with its plus is none.
    private static boolean isFormula(String value) {
        return value.matches("(?s)[=@].*|[+-](?![0-9]*$).*|[\t\r].*");
    }
}
