package io.jverto.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/// Fills a room, measures while all are in it, and lets them go.
final class RoomLoad {
    /// Frames between the places of the clip at which members begin; has no divisor in common with its length.
    private static final int APART = 37;

    private final RoomOptions options;
    private final Room room;
    private final MediaPeers peers;
    private final Meter meter;
    private final MemorySamples memory;
    private final int patienceSeconds;

    private final Failures failures = new Failures("members");

    /// @param process the server's, if it may be looked at
    RoomLoad(RoomOptions options, Room room, MediaPeers peers, Optional<ServerProcess> process, int patienceSeconds) {
        this.options = options;
        this.room = room;
        this.peers = peers;
        this.meter = new Meter(process);
        this.memory = new MemorySamples(process, options.sampleSeconds(), System.out);
        this.patienceSeconds = patienceSeconds;
    }

    /// How long members took to come in.
    private record Times(Latencies answer, Latencies connected, Latencies sound, Latencies media) {
        Times() {
            this(new Latencies(), new Latencies(), new Latencies(), new Latencies());
        }

        CompletableFuture<Void> take(Call call) {
            return Timed.by(media, () -> Timed.by(answer, call::invite)
                    .thenCompose(sdp -> Timed.by(connected, () -> call.connect(sdp)))
                    .thenCompose(up -> Timed.by(sound, call::heard)));
        }

        void to(Report report) {
            answer.to(report, "invite to answer");
            connected.to(report, "answer to ICE and DTLS up");
            sound.to(report, "ICE and DTLS up to first media");
            media.to(report, "invite to first media");
        }
    }

    /// Packets of all members at one moment.
    private record Packets(long nanos, MediaFigures.Look times, long[] received, long lost, long sent, long unsent) {}

    /// @return whether all went well
    boolean run(Report report) {
        room.open();
        empty(fill(options.warmUp(), new Times()));
        int before = meter.mark();
        Times times = new Times();
        List<Call> calls = fill(options.members(), times);
        Pace.sleepSeconds(options.settleSeconds());
        int full = meter.mark();
        room.begin();
        int from = meter.glance();
        Packets first = look(calls);
        memory.during(options.seconds());
        Packets last = look(calls);
        int to = meter.glance();
        room.end();
        calls.stream().filter(call -> call.ended().isDone()).forEach(call -> failures.add("the server hung up: " + call.ended().join()));
        empty(calls);

        report.number("members", "", options.members());
        report.number("talkers", "", options.talkers());
        report.number("members failed", "", failures.count());
        report.number("seconds measured", "s", (last.nanos - first.nanos) / 1e9);
        meter.cpu(report, "server CPU for each member-second", from, to, options.members() * meter.seconds(from, to));
        meter.load(report, "server CPU", from, to);
        packets(report, first, last);
        times.to(report);
        meter.growth(report, "member", before, full, options.members());
        memory.to(report);
        boolean whole = room.report(report);
        failures.explain();
        return whole && failures.count() == 0;
    }

    private void packets(Report report, Packets first, Packets last) {
        double seconds = (last.nanos - first.nanos) / 1e9;
        long sum = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < last.received.length; i++) {
            long received = last.received[i] - first.received[i];
            sum += received;
            least = Math.min(least, received);
        }
        report.number("RTP received by each member", "packets a second", sum / seconds / options.members());
        report.number("RTP received by the one with the least", "packets a second", least / seconds);
        report.number("RTP sent by each member", "packets a second", (last.sent - first.sent) / seconds / options.members());
        report.number("RTP lost by sequence numbers", "packets", last.lost - first.lost);
        report.number("RTP that could not be sent", "packets", last.unsent - first.unsent);
        last.times.to(report, first.times);
    }

    private List<Call> fill(int members, Times times) {
        Clip voice = Clip.voice();
        Clip silence = options.silence();
        Pace pace = new Pace(options.joinRate());
        List<Call> calls = new ArrayList<>();
        List<CompletableFuture<Void>> in = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            pace.await();
            Clip clip = i < options.talkers() ? voice : silence;
            Call call = Call.saying(room.seat(i), peers, clip, APART * i % clip.frames().size(), options.stereo());
            calls.add(call);
            in.add(times.take(call)
                    .orTimeout(patienceSeconds, TimeUnit.SECONDS)
                    .handle((heard, problem) -> {
                        pace.ended();
                        if (problem != null) {
                            failures.add(room.explain(problem));
                        }
                        return null;
                    }));
        }
        in.forEach(CompletableFuture::join);
        return calls;
    }

    private void empty(List<Call> calls) {
        calls.stream()
                .filter(call -> !call.ended().isDone())
                .map(call -> call.bye().orTimeout(patienceSeconds, TimeUnit.SECONDS).handle((nothing, problem) -> {
                    if (problem != null) {
                        failures.add("bye: " + room.explain(problem));
                    }
                    return null;
                }))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private Packets look(List<Call> calls) {
        long[] received = calls.stream().mapToLong(call -> of(call, MediaPeer::received)).toArray();
        long lost = calls.stream().mapToLong(call -> of(call, MediaPeer::lost)).sum();
        long sent = calls.stream().mapToLong(call -> of(call, MediaPeer::sent)).sum();
        return new Packets(System.nanoTime(), peers.look(), received, lost, sent, peers.lost());
    }

    private static long of(Call call, ToLongFunction<MediaPeer> figure) {
        return call.media().map(figure::applyAsLong).orElse(0L);
    }
}
