package io.jverto.server.console;

import io.jverto.base.Program;
import io.jverto.base.net.Addresses;
import io.jverto.server.startup.DataFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jverto cli`: finds the server, logs in, and runs one command or many.
@Command(
        name = "jverto cli",
        mixinStandardHelpOptions = true,
        description = "A console at a server that runs.",
        footer = {
            "",
            "Exit codes: 0, 1 when a command failed, 2 for wrong options, 3 when there is no server or it does not let us in.",
            "Environment: JVERTO_EVENT_SOCKET_PASSWORD, NO_COLOR."
        })
final class ConsoleMain implements Callable<Integer> {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int NO_SERVER = 3;
    private static final int DEFAULT_PORT = 8_021;

    @Option(names = {"-x", "--execute"}, paramLabel = "COMMAND", description = "run this and end; may be given more than once, the first failure ends it")
    private List<String> commands = List.of();

    @Option(names = "--json", description = "everything as JSON, one object a line")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR", description = "the data folder of the server, where the password is")
    private @Nullable Path data;

    @Option(names = {"-H", "--host"}, paramLabel = "HOST", description = "where the event socket listens")
    private @Nullable String host;

    @Option(names = {"-P", "--port"}, paramLabel = "PORT", description = "its TCP port (8021 when only the host is named)")
    private @Nullable Integer port;

    @Option(names = {"-p", "--password"}, paramLabel = "PASSWORD", description = "its password; others on this machine can see it in the list of processes")
    private @Nullable String password;

    @Option(names = "--no-color", description = "no colours")
    private boolean noColor;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new ConsoleMain()).execute(arguments));
    }

    /// Where to go and what to say.
    private record Target(InetSocketAddress address, String password) {}

    @Override
    public Integer call() throws IOException {
        Path folder = data == null ? Path.of(System.getProperty("jverto.home", "")).resolve("data") : data;
        Optional<Target> target = target(folder);
        if (target.isEmpty()) {
            return NO_SERVER;
        }
        Paper paper = new Paper(!noColor && System.getenv("NO_COLOR") == null && System.console() != null && commands.isEmpty(), json);
        Shell.News news = new Shell.News(paper, out);
        try (ServerLink link = ServerLink.connect(target.get().address(), target.get().password(), news)) {
            return commands.isEmpty() ? new Shell(link, paper, news).run() : execute(link, paper);
        } catch (ServerLink.Refused refused) {
            err.println("jverto: the server at " + Addresses.text(target.get().address()) + " does not let us in: " + refused.getMessage());
        } catch (ConnectException nobody) {
            err.println("jverto: nothing listens at " + Addresses.text(target.get().address()) + ": the server is not running; start it with " + Program.command("run"));
        } catch (IOException trouble) {
            err.println("jverto: " + Addresses.text(target.get().address()) + ": " + trouble.getMessage());
        }
        return NO_SERVER;
    }

    private int execute(ServerLink link, Paper paper) throws IOException {
        for (String command : commands) {
            Optional<String> reply = link.api(command);
            if (reply.isEmpty()) {
                err.println("jverto: the server has closed the connection");
                return NO_SERVER;
            }
            out.println(paper.reply(command, reply.get()));
            if (Paper.failed(reply.get())) {
                return FAILED;
            }
        }
        return DONE;
    }

    private Optional<Target> target(Path folder) throws IOException {
        Optional<DataFolder.Console> found = DataFolder.Console.find(folder);
        if (host == null && port == null && found.isEmpty()) {
            err.println("jverto: no server runs with the data folder " + folder + ". Start one with " + Program.command("run") + ", name its folder with --data DIR,"
                    + " or where its event socket listens with --host, --port and --password.");
            if (Files.isDirectory(folder.resolve("tls"))) {
                err.println("If one does run, it has no event socket: see event_socket.conf.xml, and the server's log for a port that is taken.");
            }
            return Optional.empty();
        }
        String where = host != null ? host : found.map(DataFolder.Console::host).orElse("127.0.0.1");
        int at = port != null ? port : host != null ? DEFAULT_PORT : found.map(DataFolder.Console::port).orElse(DEFAULT_PORT);
        return secret(found).map(known -> new Target(new InetSocketAddress(where, at), known));
    }

    private Optional<String> secret(Optional<DataFolder.Console> found) {
        Optional<String> known = Optional.ofNullable(password)
                .or(() -> Optional.ofNullable(System.getenv("JVERTO_EVENT_SOCKET_PASSWORD")))
                .or(() -> found.map(DataFolder.Console::password));
        if (known.isEmpty()) {
            err.println("jverto: the password is not known: give it with --password, or in the environment variable JVERTO_EVENT_SOCKET_PASSWORD");
        }
        return known;
    }
}
