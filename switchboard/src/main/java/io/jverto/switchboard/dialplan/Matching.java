package io.jverto.switchboard.dialplan;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/// Regular expressions outside of conditions, with the same syntax and the same bounds.
public final class Matching {
    private Matching() {}

    /// @return what the groups took, group 0 first, none when the expression has no groups; empty when it does not match or is no expression
    public static Optional<List<String>> find(String expression, String subject, Counters<SwitchCounter> counters) {
        try {
            return Expression.compile(Text.syntax(expression))
                    .match(Text.data(subject), counters)
                    .map(captures -> captures.groups().stream().map(Text::toString).toList());
        } catch (PatternSyntaxException noExpression) {
            return Optional.empty();
        }
    }
}
