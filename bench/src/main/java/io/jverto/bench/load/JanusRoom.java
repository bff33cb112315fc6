package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A room of the AudioBridge of Janus (https://janus.conf.meetecho.com/docs/audiobridge.html).
final class JanusRoom implements Room {
    private static final String PLUGIN = "janus.plugin.audiobridge";

    private final Clients clients;
    private final int connections;
    private final long number;
    private final Map<JsonValue, Seat> seats = new ConcurrentHashMap<>();
    private List<JanusSocket> sockets = List.of();

    /// @param number of a room that is in its configuration
    JanusRoom(Target target, int connections, long number) {
        this.clients = new Clients(target);
        this.connections = connections;
        this.number = number;
    }

    @Override
    public void open() {
        sockets = clients.all(connections, 0, i -> clients.connect(new JanusSocket()));
        sockets.forEach(socket -> socket.whenHungUp((handle, reason) ->
                Optional.ofNullable(seats.get(handle)).ifPresent(seat -> seat.ended.complete(reason))));
        clients.all(connections, 0, i -> sockets.get(i).begin());
    }

    @Override
    public Dialog seat(int member) {
        return new Seat(sockets.get(member % sockets.size()));
    }

    @Override
    public void begin() {
        // it measures nothing itself
    }

    @Override
    public void end() {
        // it measures nothing itself
    }

    @Override
    public boolean report(Report report) {
        report.number("connections", "", sockets.size());
        report.number("connections lost", "", sockets.stream().filter(socket -> socket.closed().isDone()).count());
        return sockets.stream().noneMatch(socket -> socket.closed().isDone());
    }

    @Override
    public String explain(Throwable problem) {
        return clients.explain(problem);
    }

    @Override
    public void close() {
        clients.close();
    }

    /// A member: a handle of the plug-in, which joins and then offers.
    private final class Seat implements Dialog {
        private final JanusSocket socket;
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private volatile @Nullable JsonValue handle;

        Seat(JanusSocket socket) {
            this.socket = socket;
        }

        @Override
        public CompletableFuture<String> invite(String offer) {
            JsonObjectBuilder join = new JsonObjectBuilder().put("request", "join").put("room", number).put("muted", false);
            JsonObjectBuilder configure = new JsonObjectBuilder().put("request", "configure").put("muted", false);
            JsonObject jsep = new JsonObjectBuilder().put("type", "offer").put("sdp", offer).put("trickle", false).build();
            return socket.ask(new JsonObjectBuilder().put("janus", "attach").put("plugin", PLUGIN))
                    .thenCompose(attached -> {
                        JsonValue own = attached.object("data").flatMap(data -> data.get("id")).orElse(JsonLiteral.NULL);
                        handle = own;
                        seats.put(own, this);
                        return socket.ask(message(join));
                    })
                    .thenCompose(joined -> socket.ask(message(configure).put("jsep", jsep)))
                    .thenCompose(configured -> configured.object("jsep").flatMap(answer -> answer.string("sdp"))
                            .map(CompletableFuture::completedFuture)
                            .orElseGet(() -> CompletableFuture.failedFuture(new IOException("Janus answers without SDP"))));
        }

        private JsonObjectBuilder message(JsonObjectBuilder body) {
            return ofHandle("message").put("body", body.build());
        }

        private JsonObjectBuilder ofHandle(String verb) {
            return new JsonObjectBuilder().put("janus", verb).put("handle_id", Optional.ofNullable(handle).orElse(JsonLiteral.NULL));
        }

        @Override
        public CompletableFuture<String> ended() {
            return ended;
        }

        @Override
        public CompletableFuture<Void> bye() {
            return socket.ask(ofHandle("detach")).thenApply(reply -> null);
        }
    }
}
