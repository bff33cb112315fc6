package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Asks a server that runs in real time by commands, until it says what it should.
final class Asking {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private Asking() {}

    /// @return what the command said at last
    static String until(RunningServer server, String command, Predicate<String> wanted) {
        long begin = System.nanoTime();
        String last = server.command(command);
        while (!wanted.test(last)) {
            assertThat(System.nanoTime() - begin).as("%s said%n%s", command, last).isLessThan(PATIENCE_NANOS);
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            last = server.command(command);
        }
        return last;
    }

    static void untilNoCall(RunningServer server) {
        until(server, "show channels", channels -> channels.contains("0 total."));
    }

    /// Ends all calls, and the peers that a test has made for them.
    static void endCalls(RunningServer server, List<AutoCloseable> peers) throws Exception {
        server.command("hupall");
        for (AutoCloseable peer : peers) {
            peer.close();
        }
        peers.clear();
        untilNoCall(server);
    }
}
