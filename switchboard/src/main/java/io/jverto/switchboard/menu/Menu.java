package io.jverto.switchboard.menu;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.dialplan.Expression;
import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A menu of `ivr.conf` (dialplan-directory.md section 9.3, `ivr`). Sounds are as `playback` takes them; an empty one is none.
///
/// @param digitLength digits that end what a caller types
/// @param pin what he must type first; empty for nothing
record Menu(String name, Sounds sounds, Limits limits, int digitLength, String pin, Confirmation confirmation, Optional<Command> onMaxFailures,
        Optional<Command> onMaxTimeouts, List<Entry> entries) {
    record Sounds(Text greetLong, Text greetShort, Text invalid, Text exit, Text transfer, Text pin, Text badPin) {}

    /// @param timeoutMillis until the first digit
    /// @param digitMillis between two digits
    record Limits(int timeoutMillis, int digitMillis, int maxFailures, int maxTimeouts) {}

    /// @param phrase that repeats what was typed; empty for no confirmation
    record Confirmation(String phrase, char key, int attempts) {}

    /// An application with its data, as written.
    record Command(String application, Text data, ConfigNode.Origin origin) {
        static Command of(Text text, ConfigNode.Origin origin) {
            Text trimmed = text.trim();
            int space = trimmed.indexOf(' ', 0);
            return space < 0
                    ? new Command(trimmed.toString(), Text.EMPTY, origin)
                    : new Command(trimmed.slice(0, space).toString(), trimmed.slice(space + 1).trim(), origin);
        }

        Command with(Function<Text, Text> change) {
            return new Command(application, change.apply(data), origin);
        }
    }

    /// What digits do.
    ///
    /// @param expression that the digits must fit; where there is none they must be equal
    record Entry(String digits, Optional<Expression> expression, Action action) {
        /// @return what puts captures in, when this is what was typed
        Optional<Function<Text, Text>> fits(String typed, Counters<SwitchCounter> counters) {
            return expression.isPresent()
                    ? expression.get().substitution(Text.data(typed), counters)
                    : Optional.of(Function.<Text>identity()).filter(_ -> digits.equals(typed));
        }
    }

    sealed interface Action {
        record Execute(Command command) implements Action {}

        record Play(Text sound) implements Action {}

        record Sub(String menu, ConfigNode.Origin origin) implements Action {}

        record Back() implements Action {}

        record Top() implements Action {}

        record Exit() implements Action {}
    }

    /// Whether a pound key is a choice here; otherwise it ends what is typed.
    boolean usesPound() {
        return entries.stream().anyMatch(entry -> entry.digits().indexOf('#') >= 0);
    }
}
