package io.jverto.switchboard.dialplan;

import io.jverto.base.config.ConfigNode.Origin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An `<extension>` as it was read (dialplan-directory.md section 5.2).
///
/// @param goOn `continue="true"`: hunting goes on after a match
record Extension(String name, boolean goOn, List<Condition> conditions, Origin origin) {
    /// A `<condition>`. It holds when the time is right and its tests hold as `mode` says; without either it always holds.
    ///
    /// @param when empty for any time
    /// @param several whether the tests are written as `<regex>` children
    record Condition(
            Optional<TimeWindow> when,
            List<Test> tests,
            boolean several,
            Mode mode,
            Break breaks,
            List<Action> actions,
            List<Action> antiActions,
            List<Condition> nested,
            boolean requireNested,
            Origin origin) {
        /// @return its own actions of both kinds, and those of the conditions in it
        Stream<Action> actionsBelow() {
            return Stream.concat(
                    Stream.concat(actions.stream(), antiActions.stream()), nested.stream().flatMap(Condition::actionsBelow));
        }
    }

    /// How many tests must be true.
    enum Mode {
        ALL,
        ANY,
        XOR
    }

    /// After which result the extension's other conditions are left out.
    enum Break {
        ON_FALSE,
        ON_TRUE,
        ALWAYS,
        NEVER
    }

    /// What is true or not.
    sealed interface Test {
        /// A field and what it must match.
        ///
        /// @param field name of a profile field, or a template
        /// @param expression the expression as written
        /// @param compiled empty when the expression has variables and is compiled for each call
        record Match(Text field, Text expression, Optional<Expression> compiled, Origin origin) implements Test {}

        record When(TimeWindow window) implements Test {}
    }

    /// What to do.
    ///
    /// @param inline at once, while hunting
    /// @param loop how many times
    record Action(String application, Text data, boolean inline, int loop, Origin origin) {}
}
