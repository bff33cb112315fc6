package io.jverto.server;

import io.jverto.server.startup.CannotStart;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jverto run`: starts the server and stays until the process is told to end.
@Command(
        name = "jverto run",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Starts the server in the foreground until Ctrl-C.")
public final class Main implements Callable<Integer> {
    private static final int OK = 0;
    private static final int REFUSED = 1;

    @Mixin
    private Folders folders = new Folders();

    @Option(names = "--rehearse", hidden = true, description = "start on any free ports and stop, so that Java learns what a start needs")
    private boolean rehearse;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningServer server;
        try {
            Path page = Path.of(System.getProperty("jverto.page", "page"));
            server = RunningServer.start(new Options(folders.conf(), folders.data(), page, System.getenv("JVERTO_DEFAULT_PASSWORD"), rehearse));
            if (rehearse) {
                server.stop();
                return OK;
            }
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::drainAndStop));
            System.out.println(server.greeting());
        } catch (CannotStart reason) {
            System.err.println("jverto: " + reason.getMessage());
            return REFUSED;
        }
        server.awaitShutdown();
        return OK; // the process ends, and stops the server
    }

    /// The version that the jar's manifest names.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"jverto " + (version == null ? "(not packaged)" : version)};
        }
    }
}
