package io.jverto.verto.endpoint;

import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.function.Supplier;

/// `reloadcert`: reads the certificates of all profiles anew (verto-wire.md section 1.1). It takes no arguments.
///
/// @param reload does it, and says what went wrong
public record ReloadCertCommand(Supplier<List<String>> reload) implements ApiCommand {
    @Override
    public String name() {
        return "reloadcert";
    }

    @Override
    public String run(String arguments) {
        List<String> failures = reload.get();
        return failures.isEmpty() ? "+OK\n" : "-ERR " + String.join("; ", failures) + "\n";
    }
}
