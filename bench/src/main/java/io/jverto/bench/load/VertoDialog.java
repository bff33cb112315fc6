package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A call over Verto, from invite to the reply to its bye.
final class VertoDialog implements Dialog {
    private final String id = UUID.randomUUID().toString();
    private final VertoSocket socket;
    private final String destination;
    private final Registry registry;
    private final CompletableFuture<String> answered = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile @Nullable String earlySdp;
    private volatile boolean answerCame;

    /// The calls that there are: requests of the server name one of them.
    static final class Registry {
        private final Map<String, VertoDialog> byId = new ConcurrentHashMap<>();

        void onRequest(String method, JsonObject params) {
            Optional<String> id = params.string("callID").or(() -> params.object("dialogParams").flatMap(dialog -> dialog.string("callID")));
            id.map(byId::get).ifPresent(call -> call.onRequest(method, params));
        }
    }

    VertoDialog(VertoSocket socket, String destination, Registry registry) {
        this.socket = socket;
        this.destination = destination;
        this.registry = registry;
    }

    @Override
    public CompletableFuture<String> invite(String offer) {
        registry.byId.put(id, this);
        socket.request("verto.invite", new JsonObjectBuilder().put("sdp", offer).put("dialogParams", dialogParams()))
                .whenComplete((result, problem) -> {
                    if (problem != null) {
                        answered.completeExceptionally(problem);
                    }
                });
        return answered;
    }

    @Override
    public CompletableFuture<String> ended() {
        return ended;
    }

    @Override
    public CompletableFuture<Void> bye() {
        return socket.request("verto.bye", new JsonObjectBuilder().put("dialogParams", dialogParams()))
                .whenComplete((result, problem) -> registry.byId.remove(id))
                .thenApply(result -> null);
    }

    private void onRequest(String method, JsonObject params) {
        params.string("sdp").ifPresent(sdp -> earlySdp = sdp);
        answerCame |= method.equals("verto.answer");
        String sdp = earlySdp;
        if (method.equals("verto.bye")) {
            String cause = params.string("cause").orElse("no cause");
            answered.completeExceptionally(new IOException("the server hung up: " + cause));
            ended.complete(cause);
        } else if (answerCame && sdp != null) {
            answered.complete(sdp);
        }
    }

    private JsonObject dialogParams() {
        return new JsonObjectBuilder()
                .put("useVideo", false)
                .put("useStereo", false)
                .put("screenShare", false)
                .put("useCamera", "any")
                .put("useMic", "any")
                .put("useSpeak", "any")
                .put("tag", "load")
                .put("caller_id_name", "Load")
                .put("caller_id_number", "1000")
                .put("destination_number", destination)
                .put("callID", id)
                .build();
    }
}
