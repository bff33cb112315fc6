package io.jverto.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Rooms whose video is passed on: in each one who sends, and others who watch.
@Command(
        name = "video",
        mixinStandardHelpOptions = true,
        description = "Lets P members send video, each in a conference of its own, and V members watch each of them, and measures what it costs to "
                + "pass the packets on.")
final class VideoLoad implements Callable<Integer> {
    private static final int MAX = 5_000;
    private static final int LOOK_MILLIS = 50;
    private static final int RATE = 20;
    /// Servers bound how many calls one session has.
    private static final int CALLS_OF_ONE = 50;

    @Mixin
    private Target target = new Target();

    @Option(names = "--publishers", paramLabel = "P", defaultValue = "1", description = "conferences with one who sends video (default: ${DEFAULT-VALUE})")
    private int publishers;

    @Option(names = "--viewers", paramLabel = "V", defaultValue = "10", description = "who watch each of them (default: ${DEFAULT-VALUE})")
    private int viewers;

    @Option(names = "--kbps", paramLabel = "K", defaultValue = "1500", description = "bit rate of each video, 30 pictures a second (default: ${DEFAULT-VALUE})")
    private int kbps;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "20", description = "for how long is measured (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--settle", paramLabel = "S", defaultValue = "5", description = "seconds from the last one's first picture to the measuring (default: ${DEFAULT-VALUE})")
    private double settleSeconds;

    @Option(names = "--destination", paramLabel = "NUMBER", defaultValue = "3000", description = "number of the first conference; the others follow (default: ${DEFAULT-VALUE})")
    private int destination;

    /// Packets of all at one moment.
    private record Packets(long nanos, long sent, long received, long lost) {
        static Packets of(List<Call> calls) {
            long sent = 0;
            long received = 0;
            long lost = 0;
            for (Call call : calls) {
                MediaPeer peer = call.media().orElseThrow();
                sent += peer.videoSent();
                received += peer.video().packetsRx();
                lost += peer.video().packetsLost();
            }
            return new Packets(System.nanoTime(), sent, received, lost);
        }
    }

    @Override
    public Integer call() throws IOException {
        Target.require(publishers > 0 && publishers <= MAX, "--publishers");
        Target.require(viewers > 0 && publishers * (viewers + 1L) <= MAX, "--viewers");
        Target.require(kbps > 0, "--kbps");
        Target.require(seconds > 0, "--seconds");
        Target.require(settleSeconds >= 0, "--settle");
        Report report = new Report();
        List<VertoRoom> rooms = new ArrayList<>();
        try (MediaPeers peers = MediaPeers.reachableFrom(target, 1)) {
            for (int i = 0; i < publishers; i++) {
                rooms.add(new VertoRoom(target, 1 + viewers / CALLS_OF_ONE, Integer.toString(destination + i)));
            }
            rooms.forEach(VertoRoom::open);
            boolean well = run(report, rooms, peers);
            target.publish(report);
            return well ? LoadMain.OK : LoadMain.FAILED;
        } finally {
            rooms.forEach(VertoRoom::close);
        }
    }

    private boolean run(Report report, List<VertoRoom> rooms, MediaPeers peers) {
        Meter meter = new Meter(target.process());
        Failures failures = new Failures("members");
        int before = meter.mark();
        List<Call> calls = fill(rooms, peers, failures);
        await(calls, failures);
        Pace.sleepSeconds(settleSeconds);
        int full = meter.mark();
        int from = meter.glance();
        Packets first = Packets.of(calls);
        Pace.sleepSeconds(seconds);
        Packets last = Packets.of(calls);
        int to = meter.glance();
        calls.forEach(call -> call.bye().orTimeout(target.timeout().toSeconds(), TimeUnit.SECONDS).exceptionally(problem -> null).join());

        double measured = (last.nanos - first.nanos) / 1e9;
        long forwarded = last.received - first.received;
        report.number("publishers", "", publishers);
        report.number("viewers of each", "", viewers);
        report.number("members failed", "", failures.count());
        report.number("seconds measured", "s", measured);
        report.number("video packets sent", "packets a second", (last.sent - first.sent) / measured);
        report.number("video packets passed on", "packets a second", forwarded / measured);
        report.number("video packets lost by sequence numbers", "packets", last.lost - first.lost);
        meter.load(report, "server CPU", from, to);
        meter.cpu(report, "server CPU for each thousand packets passed on", from, to, forwarded / 1e3);
        meter.growth(report, "member", before, full, calls.size());
        failures.explain();
        return failures.count() == 0;
    }

    private List<Call> fill(List<VertoRoom> rooms, MediaPeers peers, Failures failures) {
        Pace pace = new Pace(RATE);
        List<Call> calls = new ArrayList<>();
        for (VertoRoom room : rooms) {
            for (int member = 0; member <= viewers; member++) {
                pace.await();
                Call call = Call.seeing(room.seat(member), peers, Clip.muted().sparse(), member == 0 ? kbps : 0);
                boolean up = call.invite().thenCompose(call::connect).orTimeout(target.timeout().toSeconds(), TimeUnit.SECONDS)
                        .handle((nothing, problem) -> {
                            if (problem != null) {
                                failures.add(room.explain(problem));
                            }
                            return problem == null;
                        })
                        .join();
                pace.ended();
                if (up) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }

    /// Until everybody who watches has got something.
    private void await(List<Call> calls, Failures failures) {
        long deadline = System.nanoTime() + target.timeout().toNanos();
        List<Call> waiting = new ArrayList<>(calls.stream().filter(call -> !call.media().orElseThrow().publishes()).toList());
        while (!waiting.isEmpty() && System.nanoTime() - deadline < 0) {
            Pace.sleepSeconds(LOOK_MILLIS / 1e3);
            waiting.removeIf(call -> call.media().orElseThrow().video().packetsRx() > 0);
        }
        waiting.forEach(call -> failures.add("sees nothing"));
    }
}
