package io.jverto.bench.load;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Many clients connect, log in, do nothing, and go.
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Connects N clients, logs them in like the usual clients do (once without, once with password), and lets them stay idle.")
final class LoginLoad implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "1000", description = "clients (default: ${DEFAULT-VALUE})")
    private int sessions;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "0", description = "a second, 0 for 50 at once as fast as it goes (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--idle", paramLabel = "S", defaultValue = "10", description = "seconds that all stay (default: ${DEFAULT-VALUE})")
    private int idleSeconds;

    @Override
    public Integer call() {
        Target.require(sessions > 0, "--sessions");
        Target.require(rate >= 0, "--rate");
        Target.require(idleSeconds >= 0, "--idle");
        Report report = new Report();
        Latencies connect = new Latencies();
        Latencies login = new Latencies();
        try (Clients clients = new Clients(target)) {
            // One at a time: what is wrong with address or password shows before thousands ask.
            clients.loggedIn(1, 0).getFirst().close();
            Meter meter = new Meter(target.process());
            int before = meter.mark();
            List<VertoSocket> sockets = clients.all(sessions, rate, i -> Timed.by(connect, clients::connect));
            int up = meter.mark();
            long begin = System.nanoTime();
            clients.all(sessions, rate, i -> Timed.by(login, () -> sockets.get(i).login(target.user(i), target.password())));
            double seconds = (System.nanoTime() - begin) / 1e9;
            int loggedIn = meter.mark();
            Pace.sleepSeconds(1);
            int idle = meter.mark();
            Pace.sleepSeconds(idleSeconds);
            int end = meter.mark();

            report.number("sessions", "", sessions);
            report.number("lost while idle", "", sockets.stream().filter(socket -> socket.closed().isDone()).count());
            report.number("logins", "a second", sessions / seconds);
            meter.cpu(report, "server CPU for each connection", before, up, sessions);
            meter.cpu(report, "server CPU for each login", up, loggedIn, sessions);
            meter.load(report, "server CPU while all are idle", idle, end);
            meter.growth(report, "session", before, end, sessions);
            connect.to(report, "connect");
            login.to(report, "login");
            target.publish(report);
            return sockets.stream().anyMatch(socket -> socket.closed().isDone()) ? LoadMain.FAILED : LoadMain.OK;
        }
    }
}
