package io.jverto.server.doctor;

import io.jverto.base.Broken;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.wire.jsonrpc.JsonRpc;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A Verto client with one request at a time, over the WebSocket of the JDK, so that another program than the server's speaks. It takes any
/// certificate: that is looked at elsewhere.
final class VertoLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_WAITING = 1_000;

    private final HttpClient http;
    private final WebSocket socket;
    private final Mailbox<JsonObject> inbox;
    private final TimeSource time;
    private final String session = UUID.randomUUID().toString();
    private long lastId;
    private Answer answer = new Answer("", "");

    private VertoLine(HttpClient http, WebSocket socket, Mailbox<JsonObject> inbox, TimeSource time) {
        this.http = http;
        this.socket = socket;
        this.inbox = inbox;
        this.time = time;
    }

    /// What became of a call.
    ///
    /// @param sdp empty when nobody answered
    /// @param cause why not
    record Answer(String sdp, String cause) {}

    /// @throws IOException when there is no WebSocket
    static VertoLine open(URI url, TimeSource time) throws IOException {
        Mailbox<JsonObject> inbox = time.mailbox(MOST_WAITING);
        HttpClient http = HttpClient.newBuilder().sslContext(trustingAll()).connectTimeout(PATIENCE).build();
        try {
            return new VertoLine(http, http.newWebSocketBuilder().connectTimeout(PATIENCE).buildAsync(url, new Reader(inbox)).join(), inbox, time);
        } catch (CompletionException refused) {
            http.shutdownNow();
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new IOException(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), refused);
        }
    }

    /// Sends a request and waits for its reply; what else comes is looked at meanwhile.
    ///
    /// @return empty when none came in time
    Optional<JsonObject> request(String method, JsonObjectBuilder params) {
        long id = ++lastId;
        socket.sendText(JsonText.write(JsonRpc.request(id, method, params.put("sessid", session).build())), true);
        long deadline = time.nanoTime() + PATIENCE.toNanos();
        while (time.nanoTime() < deadline) {
            Optional<JsonObject> message = inbox.await(deadline);
            if (message.isPresent() && message.get().string("method").isEmpty()) {
                if (message.get().get("id").filter(JsonNumber.of(id)::equals).isPresent()) {
                    return message;
                }
            } else {
                message.ifPresent(this::onRequest);
            }
        }
        return Optional.empty();
    }

    /// Waits until the call is answered or over.
    Answer answer(long seconds) {
        long deadline = time.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (answer.cause().isEmpty() && time.nanoTime() < deadline) {
            inbox.await(deadline).filter(message -> message.string("method").isPresent()).ifPresent(this::onRequest);
        }
        return answer.cause().isEmpty() ? new Answer("", "nothing came in " + seconds + " s") : answer;
    }

    private void onRequest(JsonObject message) {
        JsonObject params = message.object("params").orElse(JsonObject.EMPTY);
        switch (message.string("method").orElse("")) {
            case "verto.media" -> answer = new Answer(params.string("sdp").orElse(""), "");
            case "verto.answer" -> answer = new Answer(params.string("sdp").orElse(answer.sdp()), "answered");
            case "verto.bye" -> answer = new Answer("", params.string("cause").orElse("the server hangs up"));
            default -> { /* nothing of ours */ }
        }
        message.get("id").ifPresent(this::confirm);
    }

    private void confirm(JsonValue id) {
        socket.sendText(JsonText.write(JsonRpc.result(id, JsonObject.EMPTY)), true);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new Broken("every Java has TLS", impossible);
        }
    }

    /// Puts messages together.
    private static final class Reader implements WebSocket.Listener {
        private final Mailbox<JsonObject> inbox;
        private final StringBuilder text = new StringBuilder();

        Reader(Mailbox<JsonObject> inbox) {
            this.inbox = inbox;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            if (text.length() + part.length() <= JsonText.MAX_LENGTH) {
                text.append(part);
            }
            if (last) {
                JsonText.parse(text.toString()).flatMap(JsonValue::asObject).ifPresent(inbox::tell);
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    /// Extended, so that Java does not look at names either.
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
