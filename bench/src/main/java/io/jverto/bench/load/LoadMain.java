package io.jverto.bench.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./jverto load`: logs in, subscribes or calls in numbers, and says what it cost the server.
/// Exit codes: 0 all went well, 1 something failed, 2 wrong usage.
@Command(
        name = "jverto load",
        mixinStandardHelpOptions = true,
        subcommands = {LoginLoad.class, EventsLoad.class, CallsLoad.class, ConferenceLoad.class, SipLoad.class, VideoLoad.class},
        description = "Puts load on a Verto or SIP server and measures it. CPU time, memory and threads are those of the server's process "
                + "and are shown when it runs on this machine.")
public final class LoadMain {
    static final int OK = 0;
    static final int FAILED = 1;

    private LoadMain() {}

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return run(new LoadMain(), arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    /// @param command what picocli fills and calls
    static int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setExecutionExceptionHandler((problem, line, parsed) -> {
                    if (!(problem instanceof CannotLoad)) {
                        throw problem;
                    }
                    System.err.println("jverto load: " + problem.getMessage());
                    return FAILED;
                })
                .execute(arguments);
    }
}
