package io.jverto.switchboard.port;

import java.util.function.UnaryOperator;

/// A command of the API, for `${name(args)}`, `fsapi` and the console (dialplan-directory.md section 14). Thread-safe.
public interface ApiCommand {
    String name();

    /// @param arguments what stands behind the name, trimmed, possibly empty
    /// @return the reply; errors begin with `-ERR`
    String run(String arguments);

    static ApiCommand of(String name, UnaryOperator<String> body) {
        return new ApiCommand() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String run(String arguments) {
                return body.apply(arguments);
            }
        };
    }
}
