package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.MediaPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One call from invite to the reply to its bye.
final class Call {
    /// Where nobody listens (the discard port of this machine): the server's checks of a signalling-only call go nowhere.
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    private static final Fingerprint NOBODY = new Fingerprint("sha-256", "AB:".repeat(31) + "AB");

    private final String id = UUID.randomUUID().toString();
    private final VertoSocket socket;
    private final String destination;
    private final IceCredentials ice = new IceCredentials(id.substring(0, 4), id.substring(9).replace("-", "") + id.substring(0, 4));
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final CompletableFuture<String> answered = new CompletableFuture<>();
    private volatile @Nullable String earlySdp;
    private volatile boolean answerCame;

    private final Optional<MediaPeer> media;
    private final Fingerprint fingerprint;

    Call(VertoSocket socket, String destination, Optional<MediaPeers> peers) {
        this.socket = socket;
        this.destination = destination;
        this.fingerprint = peers.map(MediaPeers::fingerprint).orElse(NOBODY);
        this.media = peers.map(this::open);
    }

    private MediaPeer open(MediaPeers peers) {
        try {
            return peers.open(ice, ssrc);
        } catch (IOException noSocket) {
            throw new CannotLoad("no socket for media: " + noSocket.getMessage());
        }
    }

    String id() {
        return id;
    }

    Optional<MediaPeer> media() {
        return media;
    }

    /// @return done with the server's SDP when the call is answered
    CompletableFuture<String> invite() {
        InetSocketAddress address = media.map(MediaPeer::local).orElse(NOWHERE);
        String sdp = Offer.text(address, ice, fingerprint, ssrc, ThreadLocalRandom.current());
        socket.request("verto.invite", new JsonObjectBuilder().put("sdp", sdp).put("dialogParams", dialogParams()))
                .whenComplete((result, problem) -> {
                    if (problem != null) {
                        answered.completeExceptionally(problem);
                    }
                });
        return answered;
    }

    /// @return done when ICE and DTLS are up; at once without media
    CompletableFuture<Void> connect(String sdp) {
        if (media.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Optional<MediaPlan> plan = AnswerSdp.plan(sdp);
        if (plan.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException("the answer has no Opus, no ICE or no fingerprint"));
        }
        media.get().connect(plan.get());
        return media.get().up();
    }

    CompletableFuture<JsonObject> bye() {
        media.ifPresent(MediaPeer::close);
        return socket.request("verto.bye", new JsonObjectBuilder().put("dialogParams", dialogParams()));
    }

    /// The server speaks of this call.
    void onRequest(String method, JsonObject params) {
        params.string("sdp").ifPresent(sdp -> earlySdp = sdp);
        answerCame |= method.equals("verto.answer");
        String sdp = earlySdp;
        if (answerCame && sdp != null) {
            answered.complete(sdp);
        } else if (method.equals("verto.bye")) {
            answered.completeExceptionally(new IOException("the server hung up: " + params.string("cause").orElse("no cause")));
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
