package io.jverto.bench.load;

import io.jverto.bench.load.SipCallers.SipCall;
import io.jverto.media.plan.AudioCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Calls over SIP at a rate, from one telephone of ours through the server to another of ours; and floods beside them.
@Command(
        name = "sip",
        mixinStandardHelpOptions = true,
        description = "Calls a number R times a second over SIP (UDP). The server is to carry the calls to --callee, where they are answered, as --start sets one up.")
final class SipLoad implements Callable<Integer> {
    private static final int MAX_CALLS = 200_000;
    private static final int PATIENCE_SECONDS = 40;
    private static final double FLOOD_SETTLE_SECONDS = 2;

    @Option(names = "--server", paramLabel = "HOST:PORT", description = "where it takes SIP; or --start")
    private @Nullable String server;

    @Option(names = "--start", description = "start a jverto of its own for the load, with a gateway to --callee, and end it")
    private boolean start;

    @Option(names = "--destination", paramLabel = "NUMBER", defaultValue = "8000", description = "number that leads to --callee (default: ${DEFAULT-VALUE})")
    private String destination = "";

    @Option(names = "--callee", paramLabel = "HOST:PORT", defaultValue = "127.0.0.2:5090", description = "address of our own where the server sends the calls (default: ${DEFAULT-VALUE})")
    private String callee = "";

    @Option(names = "--own", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "address of our own for callers and sound (default: ${DEFAULT-VALUE})")
    private String own = "";

    @Option(names = "--user", paramLabel = "U", defaultValue = "1000", description = "who calls, should the server ask (default: ${DEFAULT-VALUE})")
    private String user = "";

    @Option(names = "--password", paramLabel = "P", defaultValue = "${env:JVERTO_DEFAULT_PASSWORD}", description = "his password (default: $JVERTO_DEFAULT_PASSWORD)")
    private @Nullable String password;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "50", description = "calls a second (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10", description = "for how long calls begin (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--hold", paramLabel = "S", defaultValue = "0", description = "seconds from answer to BYE (default: ${DEFAULT-VALUE})")
    private double holdSeconds;

    @Option(names = "--media", description = "a packet of sound each 20 ms from both ends")
    private boolean withMedia;

    @Option(names = "--codec", paramLabel = "C", defaultValue = "PCMU", description = "of the caller: PCMU, PCMA, G722, OPUS (default: ${DEFAULT-VALUE})")
    private String codec = "";

    @Option(names = "--callee-codec", paramLabel = "C", defaultValue = "PCMU", description = "of who is called; another makes the server transcode (default: ${DEFAULT-VALUE})")
    private String calleeCodec = "";

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "0", description = "seconds of the same load before anything is measured (default: ${DEFAULT-VALUE})")
    private double warmUpSeconds;

    @Option(names = "--flood", paramLabel = "METHOD", split = ",", description = "for each of these methods send --flood-rate requests a second beside the calls")
    private List<String> flood = List.of();

    @Option(names = "--flood-rate", paramLabel = "R", defaultValue = "4000", description = "requests a second (default: ${DEFAULT-VALUE})")
    private double floodRate;

    @Option(names = "--flood-from", paramLabel = "ADDRESS", defaultValue = "127.0.0.66", description = "address of our own for floods (default: ${DEFAULT-VALUE})")
    private String floodFrom = "";

    @Mixin
    private Measured measured = new Measured();

    private final Failures failures = new Failures("calls");

    /// The two ends of the calls.
    private record Ends(SipCallers callers, SipCallees callees) {}

    @Override
    public Integer call() throws IOException {
        Target.require(rate > 0, "--rate");
        Target.require(seconds > 0, "--seconds");
        Target.require(holdSeconds >= 0, "--hold");
        Target.require(floodRate > 0, "--flood-rate");
        if (start == (server != null)) {
            throw new CannotLoad("give either --server or --start");
        }
        if (!start) {
            return against(address(server == null ? "" : server, "--server"), Optional.empty());
        }
        Path folder = Files.createTempDirectory("jverto-load-");
        try (OwnSipServer ours = OwnSipServer.start(folder, callee)) {
            return against(ours.sip(), Optional.of(ours.process(measured.collects())));
        } finally {
            OwnServer.delete(folder);
        }
    }

    private int against(InetSocketAddress to, Optional<ServerProcess> started) throws IOException {
        InetAddress here = InetAddress.getByName(own);
        AudioCodec first = codec(codec);
        AudioCodec second = codec(calleeCodec);
        Optional<RtpStreams> rtp = withMedia ? Optional.of(new RtpStreams(here, first, second)) : Optional.empty();
        Meter meter = new Meter(started.or(() -> measured.process(() -> ServerProcess.takingUdpOn(to.getPort()))));
        try (SipCallers callers = new SipCallers(to, here, user, password == null ? "" : password, first, rtp);
                SipCallees callees = new SipCallees(address(callee, "--callee"), second, rtp)) {
            Ends ends = new Ends(callers, callees);
            if (warmUpSeconds > 0) {
                run(ends, warmUpSeconds);
                failures.explain();
            }
            Report report = new Report();
            if (flood.isEmpty()) {
                measure(ends, meter, rtp, report);
            } else {
                flood(ends, meter, to, report);
            }
            measured.publish(report);
            failures.explain();
            return failures.count() == 0 ? LoadMain.OK : LoadMain.FAILED;
        } finally {
            rtp.ifPresent(RtpStreams::close);
        }
    }

    private void measure(Ends ends, Meter meter, Optional<RtpStreams> rtp, Report report) {
        SipCallers callers = ends.callers;
        callers.forgetTimes();
        int before = meter.mark();
        long reachedBefore = ends.callees.count();
        long begin = System.nanoTime();
        List<SipCall> all = start(ends, seconds);
        all.forEach(each -> settle(each.up()));
        double setUpSeconds = (System.nanoTime() - begin) / 1e9;
        int up = meter.glance();
        long sent = rtp.map(RtpStreams::sent).orElse(0L);
        long received = rtp.map(RtpStreams::received).orElse(0L);
        // Until the first call ends all are up: that is the time in which a call-second is measured.
        CompletableFuture.anyOf(all.stream().map(SipCall::over).toArray(CompletableFuture[]::new)).handle((_, _) -> true).join();
        int steady = meter.glance();
        long sentThen = rtp.map(RtpStreams::sent).orElse(0L) - sent;
        long receivedThen = rtp.map(RtpStreams::received).orElse(0L) - received;
        all.forEach(each -> settle(each.over()));
        double allSeconds = (System.nanoTime() - begin) / 1e9;
        int after = meter.mark();

        report.number("calls", "", all.size());
        report.number("calls failed", "", failures.count());
        report.number("calls that reached the callee", "", ends.callees.count() - reachedBefore);
        report.number("calls set up", "a second", all.size() / setUpSeconds);
        report.number("calls set up and torn down", "a second", all.size() / allSeconds);
        report.number("requests sent again", "", callers.repeated());
        meter.cpu(report, "server CPU for each call", before, after, all.size());
        meter.load(report, "server CPU", before, after);
        callers.answerTimes().to(report, "INVITE to answer");
        callers.byeTimes().to(report, "BYE to answer");
        if (withMedia && meter.seconds(up, steady) > 1) {
            media(meter, all.size() * meter.seconds(up, steady), up, steady, report);
            report.number("RTP sent while all were up", "packets", sentThen);
            report.number("RTP received while all were up", "packets", receivedThen);
        }
    }

    private void media(Meter meter, double callSeconds, int up, int steady, Report report) {
        AudioCodec first = codec(codec);
        AudioCodec second = codec(calleeCodec);
        meter.cpu(report, "server CPU for each leg-second", up, steady, 2 * callSeconds);
        meter.cpu(report, "server CPU for each call-second", up, steady, callSeconds);
        if (first != second) {
            double codecs = CodecCost.millisOfACallSecond(first, second);
            report.number("the codecs' own CPU for a call-second", "ms", codecs);
            meter.cpuTimes(report, "server CPU beside that", up, steady, callSeconds * codecs);
        }
    }

    /// Each method in its turn, while calls go on.
    private void flood(Ends ends, Meter meter, InetSocketAddress to, Report report) throws IOException {
        int first = meter.mark();
        for (String each : flood) {
            String method = each.strip().toUpperCase(Locale.ROOT);
            ends.callers.forgetTimes();
            long failed = failures.count();
            int before = meter.mark();
            AtomicLong calls = new AtomicLong();
            Thread good = Thread.ofVirtual().start(() -> calls.set(run(ends, seconds)));
            SipFlood.Result result = SipFlood.run(method, InetAddress.getByName(floodFrom), to, user, floodRate, seconds);
            join(good);
            Pace.sleepSeconds(FLOOD_SETTLE_SECONDS);
            int after = meter.mark();
            report.number(method + ": requests sent", "", result.sent());
            report.number(method + ": responses", "", result.answered());
            report.number(method + ": good calls", "", calls.get());
            report.number(method + ": good calls failed", "", failures.count() - failed);
            ends.callers.answerTimes().to(report, method + ": INVITE to answer of the good");
            meter.load(report, method + ": server CPU", before, after);
            meter.memory(report, method + ": ", first, after);
        }
    }

    private List<SipCall> start(Ends ends, double forSeconds) {
        int number = Math.clamp(Math.round(rate * forSeconds), 1, MAX_CALLS);
        Pace pace = new Pace(rate);
        List<SipCall> all = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            pace.await();
            SipCall call = ends.callers.call(destination);
            all.add(call);
            call.up().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).whenCompleteAsync((_, problem) -> {
                if (problem != null) {
                    failures.add(problem.getMessage() == null ? "no answer within " + PATIENCE_SECONDS + " s" : problem.getMessage());
                    call.over().complete(null);
                } else {
                    call.over().orTimeout((long) holdSeconds + PATIENCE_SECONDS, TimeUnit.SECONDS);
                    later(call::hangUp);
                }
            });
            call.over().whenComplete((_, problem) -> {
                pace.ended();
                if (problem != null) {
                    failures.add(problem.getMessage() == null ? "no answer to BYE" : problem.getMessage());
                }
            });
        }
        return all;
    }

    private void later(Runnable end) {
        if (holdSeconds > 0) {
            CompletableFuture.delayedExecutor(Duration.ofNanos((long) (holdSeconds * 1e9)).toNanos(), TimeUnit.NANOSECONDS).execute(end);
        } else {
            end.run();
        }
    }

    /// @return how many calls there were
    private int run(Ends ends, double forSeconds) {
        List<SipCall> all = start(ends, forSeconds);
        all.forEach(each -> settle(each.over()));
        return all.size();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Failures are counted where they happen.
    private static void settle(CompletableFuture<Void> future) {
        future.handle((_, _) -> true).join();
    }

    private static AudioCodec codec(String name) {
        try {
            return AudioCodec.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new CannotLoad("there is no codec " + name + "; there are PCMU, PCMA, G722 and OPUS");
        }
    }

    private static InetSocketAddress address(String text, String option) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (IOException | RuntimeException wrong) {
            throw new CannotLoad(option + " must look like 127.0.0.1:5060, not " + text);
        }
    }
}
