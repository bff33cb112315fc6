package io.jverto.switchboard.port;

import java.util.Map;
import java.util.function.BooleanSupplier;

/// Runs what a dialplan writes for the shell of this machine (dialplan-directory.md section 9.2, `system`). Implemented by server. Thread-safe;
/// whoever asks waits, for a minute if need be.
public interface Shell {
    /// Of a server where it is off.
    Shell OFF = new Shell() {
        @Override
        public boolean allowed() {
            return false;
        }

        @Override
        public Result run(Command command, BooleanSupplier wanted) {
            return new Result.Failed("is not allowed");
        }
    };

    /// Whether the configuration allows it.
    boolean allowed();

    /// @param wanted whether it is still to go on; asked from time to time
    Result run(Command command, BooleanSupplier wanted);

    /// @param script what the operator wrote; has no word of a caller in it, but names the variables that have
    /// @param variables for its environment, by name
    record Command(String script, Map<String, String> variables) {}

    /// What came of it.
    sealed interface Result {
        /// @param status with which it exited
        /// @param said for the log: a little of what it wrote; may be empty
        record Exited(int status, String said) implements Result {}

        /// @param why it did not run, or not to its end, for the log: the end of a sentence about the command
        record Failed(String why) implements Result {}
    }
}
