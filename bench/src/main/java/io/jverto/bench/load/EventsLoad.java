package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One client broadcasts, many get it.
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Subscribes N clients to one event channel and broadcasts to it at a rate.")
final class EventsLoad implements Callable<Integer> {
    private static final int GRACE_MILLIS = 3_000;

    @Mixin
    private Target target = new Target();

    @Option(names = "--subscribers", paramLabel = "N", defaultValue = "100", description = "clients (default: ${DEFAULT-VALUE})")
    private int subscribers;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "10", description = "broadcasts a second (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10", description = "for how long (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "0",
            description = "for how long before, not measured: the load generator's Java is cold too (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds;

    @Option(names = "--channel", paramLabel = "NAME", defaultValue = "demo.load", description = "event channel (default: ${DEFAULT-VALUE})")
    private String channel = "";

    private final Latencies delivery = new Latencies();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder refused = new LongAdder();

    @Override
    public Integer call() {
        Target.require(subscribers > 0, "--subscribers");
        Target.require(rate > 0, "--rate");
        Target.require(seconds > 0, "--seconds");
        Target.require(warmUpSeconds >= 0, "--warm-up");
        try (Clients clients = new Clients(target)) {
            clients.loggedIn(1, 0).getFirst().close();
            List<VertoSocket> sockets = clients.loggedIn(subscribers, 0);
            sockets.forEach(socket -> socket.listen(this::onRequest));
            clients.all(subscribers, 0, i -> subscribe(sockets.get(i)));
            broadcast(sockets.getFirst(), warmUpSeconds, true);
            Meter meter = new Meter(target.process());
            int before = meter.mark();
            int sent = broadcast(sockets.getFirst(), seconds, false);
            long expected = (long) sent * subscribers;
            awaitAll(expected);
            int after = meter.mark();

            Report report = new Report();
            report.number("subscribers", "", subscribers);
            report.number("broadcasts", "", sent);
            report.number("broadcasts refused", "", refused.sum());
            report.number("events delivered", "", delivered.sum());
            report.number("events missing", "", expected - delivered.sum());
            meter.cpu(report, "server CPU for each delivered event", before, after, delivered.sum());
            meter.load(report, "server CPU", before, after);
            delivery.to(report, "delivery");
            target.publish(report);
            return refused.sum() == 0 && delivered.sum() == expected ? LoadMain.OK : LoadMain.FAILED;
        }
    }

    private CompletableFuture<JsonObject> subscribe(VertoSocket socket) {
        JsonArray channels = new JsonArray(List.of(new JsonString(channel)));
        return socket.request("verto.subscribe", new JsonObjectBuilder().put("eventChannel", channels));
    }

    private int broadcast(VertoSocket socket, int forSeconds, boolean warmUp) {
        int number = (int) Math.ceil(rate * forSeconds);
        Pace pace = new Pace(rate);
        for (int i = 0; i < number; i++) {
            pace.await();
            JsonObject data = new JsonObjectBuilder().put(warmUp ? "warm" : "sent", Long.toString(System.nanoTime())).put("number", i).build();
            socket.request("verto.broadcast", new JsonObjectBuilder()
                            .put("eventChannel", channel)
                            .put("localBroadcast", true)
                            .put("data", data))
                    .whenComplete((result, problem) -> {
                        // Here errors come inside the result (verto-wire.md section 8.4).
                        refused.add(problem != null || result.get("code").isPresent() ? 1 : 0);
                        pace.ended();
                    });
        }
        return number;
    }

    private void awaitAll(long expected) {
        long end = System.nanoTime() + GRACE_MILLIS * 1_000_000L;
        while (delivered.sum() < expected && System.nanoTime() < end) {
            Pace.sleepSeconds(0.01);
        }
    }

    private void onRequest(String method, JsonObject params) {
        Optional<String> sent = params.object("data").flatMap(data -> data.string("sent"));
        if (method.equals("verto.event") && sent.isPresent()) {
            delivery.add(System.nanoTime() - Long.parseLong(sent.get()));
            delivered.increment();
        }
    }
}
