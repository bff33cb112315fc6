package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whom to call, in which order, with which variables (dialplan-directory.md section 11.1). Read from text whose variables have
/// been put in; only syntax characters separate, so nothing that a caller chose can add a leg or a variable (security.md S12).
///
/// @param variables of all parts: `<...>`
/// @param parts each is called by itself, all at the same time: what stands between `:_:`
record DialString(Map<String, Text> variables, List<Part> parts) {
    /// Legs of one dial string (dialplan-directory.md section 11.1); more are left out.
    static final int MAX_LEGS = 128;

    /// @param variables of all its legs: `{...}`
    /// @param groups one after the other; the legs of a group ring together
    record Part(Map<String, Text> variables, List<List<Leg>> groups) {}

    /// @param variables of this leg: `[...]`
    record Leg(Map<String, Text> variables, Text target) {}

    static DialString parse(Text source) {
        return new Parser(source).dialString();
    }

    /// @return the variables of a leg. Those of the whole part win over its own, unless `local_var_clobber` says otherwise
    Map<String, Text> of(Part part, Leg leg) {
        Map<String, Text> common = merged(variables, part.variables());
        return LegVariables.isTrue(merged(leg.variables(), common).get("local_var_clobber"))
                ? merged(common, leg.variables())
                : merged(leg.variables(), common);
    }

    /// @return the variables of `<...>` and of the first `{...}`, for what concerns the whole call
    Map<String, Text> common() {
        return parts.isEmpty() ? variables : merged(variables, parts.getFirst().variables());
    }

    /// @param over wins
    static Map<String, Text> merged(Map<String, Text> under, Map<String, Text> over) {
        Map<String, Text> merged = LegVariables.empty();
        merged.putAll(under);
        merged.putAll(over);
        return merged;
    }

    private static final class Parser {
        private final Text source;
        private int at;
        private int legs;

        Parser(Text source) {
            this.source = source;
        }

        DialString dialString() {
            Map<String, Text> variables = LegVariables.empty();
            readBrackets('<', '>', variables);
            List<Part> parts = new ArrayList<>();
            while (at < source.length() && legs < MAX_LEGS) {
                parts.add(part());
                at += startsEnterprise() ? 3 : 0;
            }
            parts.removeIf(part -> part.groups().isEmpty());
            return new DialString(variables, parts);
        }

        private Part part() {
            Map<String, Text> variables = LegVariables.empty();
            readBrackets('{', '}', variables);
            List<List<Leg>> groups = new ArrayList<>();
            groups.add(new ArrayList<>());
            while (at < source.length() && !startsEnterprise() && legs < MAX_LEGS) {
                Leg leg = leg();
                if (!leg.target().isEmpty()) {
                    groups.getLast().add(leg);
                    legs++;
                }
                if (source.isSyntax(at, '|')) {
                    groups.add(new ArrayList<>());
                }
                at += startsEnterprise() ? 0 : 1;
            }
            groups.removeIf(List::isEmpty);
            return new Part(variables, groups);
        }

        private Leg leg() {
            Map<String, Text> variables = LegVariables.empty();
            readBrackets('[', ']', variables);
            int from = at;
            while (at < source.length() && !source.isSyntax(at, ',') && !source.isSyntax(at, '|') && !startsEnterprise()) {
                at++;
            }
            return new Leg(variables, source.slice(from, at).trim());
        }

        private boolean startsEnterprise() {
            return source.isSyntax(at, ':') && source.isSyntax(at + 1, '_') && source.isSyntax(at + 2, ':');
        }

        /// Several in a row count together; the last of a name wins.
        private void readBrackets(char open, char close, Map<String, Text> into) {
            skipSpaces();
            while (source.isSyntax(at, open)) {
                int end = closing(open, close);
                if (end < 0) {
                    return; // left to be a name that nobody has
                }
                LegVariables.read(source.slice(at + 1, end), into);
                at = end + 1;
                skipSpaces();
            }
        }

        private int closing(char open, char close) {
            int end = closing(open, close, true);
            return end < 0 ? closing(open, close, false) : end; // an apostrophe in a name quotes nothing
        }

        private int closing(char open, char close, boolean quotes) {
            int depth = 0;
            boolean quoted = false;
            for (int i = at; i < source.length(); i++) {
                if (source.isSyntax(i, '\\')) {
                    i++;
                } else if (quotes && source.isSyntax(i, '\'')) {
                    quoted = !quoted;
                } else if (!quoted && source.isSyntax(i, open)) {
                    depth++;
                } else if (!quoted && source.isSyntax(i, close) && --depth == 0) {
                    return i;
                }
            }
            return -1;
        }

        private void skipSpaces() {
            while (at < source.length() && source.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
