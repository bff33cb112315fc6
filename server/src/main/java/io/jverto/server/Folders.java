package io.jverto.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Where a server has its configuration and its data: options that all commands have which read them.
final class Folders {
    @Option(names = "--conf", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "the configuration folder, with freeswitch.xml in it")
    private @Nullable Path conf;

    @Option(names = "--data", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "the data folder of the server: certificates, database, the generated password")
    private @Nullable Path data;

    /// @return in which both are looked for unless options say otherwise
    static Path home() {
        return Path.of(System.getProperty("jverto.home", ""));
    }

    Path conf() {
        return conf == null ? home().resolve("conf") : conf;
    }

    Path data() {
        return data == null ? home().resolve("data") : data;
    }
}
