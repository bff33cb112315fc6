package io.jverto.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Calls at a rate: invite, answer, media if asked for, bye.
@Command(
        name = "calls",
        mixinStandardHelpOptions = true,
        description = "Calls a number R times a second. Signalling only, or with ICE, DTLS-SRTP and a packet each 20 ms in each call.")
final class CallsLoad implements Callable<Integer> {
    private static final int MAX_CALLS = 100_000;

    @Mixin
    private Target target = new Target();

    @Option(names = "--rate", paramLabel = "R", defaultValue = "20", description = "calls a second (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10", description = "for how long calls begin (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--destination", paramLabel = "NUMBER", defaultValue = "9196", description = "number that answers (default: ${DEFAULT-VALUE})")
    private String destination = "";

    @Option(names = "--media", description = "with ICE, DTLS-SRTP and RTP, a UDP socket for each call")
    private boolean withMedia;

    @Option(names = "--hold", paramLabel = "S", defaultValue = "0", description = "seconds from answer (or media) to bye (default: ${DEFAULT-VALUE})")
    private double holdSeconds;

    @Option(names = "--sockets", paramLabel = "N", defaultValue = "20", description = "logged-in clients that share the calls (default: ${DEFAULT-VALUE})")
    private int sockets;

    private final VertoDialog.Registry dialogs = new VertoDialog.Registry();
    private final Latencies answer = new Latencies();
    private final Latencies connected = new Latencies();
    private final Latencies bye = new Latencies();
    private final Failures failures = new Failures("calls");

    /// What a call became.
    ///
    /// @param up done when it is up, or failed
    /// @param over done when it has ended
    private record Running(Call call, CompletableFuture<Void> up, CompletableFuture<Void> over) {}

    @Override
    public Integer call() throws IOException {
        Target.require(rate > 0, "--rate");
        Target.require(seconds > 0, "--seconds");
        Target.require(holdSeconds >= 0, "--hold");
        Target.require(sockets > 0, "--sockets");
        int number = Math.clamp(Math.round(rate * seconds), 1, MAX_CALLS);
        Optional<MediaPeers> peers = withMedia ? Optional.of(MediaPeers.reachableFrom(target, 1)) : Optional.empty();
        try (Clients clients = new Clients(target)) {
            List<VertoSocket> loggedIn = clients.loggedIn(1, 0);
            loggedIn.getFirst().close();
            loggedIn = clients.loggedIn(Math.min(sockets, number), 0);
            loggedIn.forEach(socket -> socket.listen(dialogs::onRequest));
            Report report = new Report();
            measure(clients, loggedIn, number, peers, report);
            target.publish(report);
            failures.explain();
            return failures.count() == 0 ? LoadMain.OK : LoadMain.FAILED;
        } finally {
            if (peers.isPresent()) {
                peers.get().close();
            }
        }
    }

    private void measure(
            Clients clients, List<VertoSocket> loggedIn, int number, Optional<MediaPeers> peers, Report report) {
        Meter meter = new Meter(target.process());
        int before = meter.mark();
        List<Running> all = start(clients, loggedIn, number, peers);
        all.forEach(running -> settle(running.up));
        int up = meter.mark();
        long receivedBefore = received(all);
        long sentBefore = sent(all);
        // Until the first call ends all are up: that is the time in which a call-second is measured.
        settleFirst(all);
        int steady = meter.mark();
        long received = received(all) - receivedBefore;
        long sent = sent(all) - sentBefore;
        all.forEach(running -> settle(running.over));
        int after = meter.mark();

        report.number("calls", "", number);
        report.number("calls failed", "", failures.count());
        meter.cpu(report, "server CPU for each call", before, after, number);
        meter.load(report, "server CPU", before, after);
        if (meter.seconds(up, steady) > 1) {
            meter.cpu(report, "server CPU to bring up a call", before, up, number);
            meter.cpu(report, "server CPU for each call-second", up, steady, number * meter.seconds(up, steady));
            meter.growth(report, "call that is up", before, up, number);
        }
        answer.to(report, "invite to answer");
        if (withMedia) {
            connected.to(report, "answer to ICE and DTLS up");
            report.number("RTP sent while all were up", "packets", sent);
            report.number("RTP received while all were up", "packets", received);
        }
        bye.to(report, "bye to reply");
    }

    private List<Running> start(Clients clients, List<VertoSocket> loggedIn, int number, Optional<MediaPeers> peers) {
        Pace pace = new Pace(rate);
        List<Running> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            pace.await();
            Dialog dialog = new VertoDialog(loggedIn.get(i % loggedIn.size()), destination, dialogs);
            Running running = begin(clients, peers.map(some -> Call.saying(dialog, some, Clip.FILLER, 0, false)).orElseGet(() -> Call.silent(dialog)));
            running.over.whenComplete((nothing, problem) -> pace.ended());
            all.add(running);
        }
        return all;
    }

    private Running begin(Clients clients, Call call) {
        long patience = target.timeout().toSeconds();
        CompletableFuture<Void> up = Timed.by(answer, call::invite)
                .thenCompose(sdp -> Timed.by(connected, () -> call.connect(sdp)))
                .orTimeout(patience, TimeUnit.SECONDS);
        CompletableFuture<Void> over = up
                .thenCompose(nothing -> pause(clients))
                .handle((nothing, problem) -> {
                    if (problem != null) {
                        failures.add(clients.explain(problem));
                    }
                    return Timed.by(bye, call::bye);
                })
                .thenCompose(reply -> reply.orTimeout(patience, TimeUnit.SECONDS))
                .<Void>handle((reply, problem) -> {
                    if (problem != null && !up.isCompletedExceptionally()) {
                        failures.add(clients.explain(problem));
                    }
                    return null;
                });
        return new Running(call, up, over);
    }

    private CompletableFuture<Void> pause(Clients clients) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (holdSeconds > 0) {
            clients.later((long) (holdSeconds * 1_000), () -> end.complete(null));
        } else {
            end.complete(null);
        }
        return end;
    }

    /// Whatever came of it: failures are counted where they happen, and nothing lasts longer than its patience.
    private static void settle(CompletableFuture<Void> future) {
        future.handle((value, problem) -> true).join();
    }

    private static void settleFirst(List<Running> all) {
        CompletableFuture.anyOf(all.stream().map(Running::over).toArray(CompletableFuture[]::new)).join();
    }

    private static long sent(List<Running> all) {
        return all.stream().flatMap(running -> running.call.media().stream()).mapToLong(MediaPeer::sent).sum();
    }

    private static long received(List<Running> all) {
        return all.stream().flatMap(running -> running.call.media().stream()).mapToLong(MediaPeer::received).sum();
    }
}
