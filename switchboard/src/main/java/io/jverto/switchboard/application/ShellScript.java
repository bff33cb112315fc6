package io.jverto.switchboard.application;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Shell.Command;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes a command for the shell out of what a dialplan says: what the operator wrote is the script, and each value that came from elsewhere
/// is a variable of its environment, which is one word of the script, in quotes of whatever kind or in none (security.md S11, S12). A shell
/// does not look into the value of a variable.
final class ShellScript {
    private static final String VARIABLE = "JVERTO_";

    private final Text data;
    private final StringBuilder script = new StringBuilder();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private char quote;

    private ShellScript(Text data) {
        this.data = data;
    }

    /// @return empty when the configuration wrote no word of it
    static Optional<Command> of(Text data) {
        return new ShellScript(data).command();
    }

    private Optional<Command> command() {
        boolean written = false;
        int at = 0;
        while (at < data.length()) {
            if (!data.isSyntax(at)) {
                at = value(at);
            } else {
                written |= data.charAt(at) > ' ';
                at = words(at);
            }
        }
        return written ? Optional.of(new Command(script.toString(), variables)) : Optional.empty();
    }

    /// A character of the script. Which quotes it opens is only for how a value is written there: a mistake costs the value, not more.
    private int words(int at) {
        char c = data.charAt(at);
        if (c == '\\' && quote != '\'') {
            return escape(at);
        }
        if (c == '\'' || c == '"') {
            quote = quote == 0 ? c : quote == c ? 0 : quote;
        }
        script.append(c);
        return at + 1;
    }

    /// A backslash before a value has nothing to protect there.
    private int escape(int at) {
        if (at + 1 < data.length() && data.isSyntax(at + 1)) {
            script.append('\\').append(data.charAt(at + 1));
            return at + 2;
        }
        return at + 1;
    }

    private int value(int from) {
        int to = from;
        while (to < data.length() && !data.isSyntax(to)) {
            to++;
        }
        String name = VARIABLE + (variables.size() + 1);
        // no environment can hold the character 0
        variables.put(name, data.slice(from, to).toString().replace("\0", ""));
        String reference = "${" + name + "}";
        script.append(switch (quote) {
            case '"' -> reference;
            case '\'' -> "'\"" + reference + "\"'";
            default -> "\"" + reference + "\"";
        });
        return to;
    }
}
