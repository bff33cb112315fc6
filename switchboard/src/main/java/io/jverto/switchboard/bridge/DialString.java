package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whom to call, in which order, with which variables (dialplan-directory.md section 11.1). Read from text whose variables have
/// been put in; only syntax characters separate, so nothing that a caller chose can add a leg or a variable (security.md S12).
/// `:_:` is taken as `,`.
///
/// @param variables of every leg: `<...>` and `{...}`
/// @param groups one after the other; the legs of a group ring together
record DialString(Map<String, Text> variables, List<List<Leg>> groups) {
    /// @param variables of this leg: `[...]`
    record Leg(Map<String, Text> variables, Text target) {}

    static DialString parse(Text source) {
        return new Parser(source).dialString();
    }

    private static final class Parser {
        private final Text source;
        private int at;

        Parser(Text source) {
            this.source = source;
        }

        DialString dialString() {
            Map<String, Text> variables = LegVariables.empty();
            readBrackets('<', '>', variables);
            readBrackets('{', '}', variables);
            List<List<Leg>> groups = new ArrayList<>();
            groups.add(new ArrayList<>());
            while (at < source.length()) {
                groups.getLast().add(leg());
                if (source.isSyntax(at, '|')) {
                    groups.add(new ArrayList<>());
                }
                at += startsEnterprise() ? 3 : 1;
            }
            groups.forEach(group -> group.removeIf(leg -> leg.target().isEmpty()));
            groups.removeIf(List::isEmpty);
            return new DialString(variables, groups);
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

        private void readBrackets(char open, char close, Map<String, Text> into) {
            skipSpaces();
            while (source.isSyntax(at, open)) {
                int end = source.indexOf(close, at);
                if (end < 0) {
                    return; // left to be a name that nobody has
                }
                LegVariables.read(source.slice(at + 1, end), into);
                at = end + 1;
                skipSpaces();
            }
        }

        private void skipSpaces() {
            while (at < source.length() && source.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
