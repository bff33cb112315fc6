package io.jverto.testkit.client;

import io.jverto.wire.jsonrpc.JsonText;
import io.jverto.base.json.JsonValue.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A Verto client over a real WebSocket, from the JDK and so from other code than the server's. Waits for events, never for time.
public final class VertoTestClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final HttpClient http;
    private final Inbox inbox = new Inbox();
    private final WebSocket socket;

    private VertoTestClient(HttpClient http, URI uri) {
        this.http = http;
        this.socket = http.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .buildAsync(uri, inbox)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /// Connects without TLS.
    public static VertoTestClient connect(URI uri) {
        return new VertoTestClient(HttpClient.newHttpClient(), uri);
    }

    /// Connects over TLS, or not, as the URI says.
    public static VertoTestClient connect(URI uri, SSLContext trust) {
        return new VertoTestClient(HttpClient.newBuilder().sslContext(trust).build(), uri);
    }

    /// Sends a text frame.
    public void send(String text) {
        socket.sendText(text, true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Sends a binary frame.
    public void send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Sends a ping; its pong is a [#next] of `pong:` and the payload.
    public void ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8))).join();
    }

    /// @return the next frame's text; `closed:` and the code at the end
    public String next() {
        try {
            String text = inbox.frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing came from the server");
            }
            return text;
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
    }

    /// @return the next frame, which must be an object
    public JsonObject nextObject() {
        String text = next();
        return JsonText.parse(text).flatMap(value -> value.asObject())
                .orElseThrow(() -> new AssertionError("no JSON object: " + text));
    }

    /// Passes over frames until one fits.
    public JsonObject await(Predicate<JsonObject> wanted) {
        JsonObject message = nextObject();
        while (!wanted.test(message)) {
            message = nextObject();
        }
        return message;
    }

    /// Passes over frames until the server calls that method.
    public JsonObject awaitMethod(String method) {
        return await(message -> message.string("method").equals(Optional.of(method)));
    }

    /// Goes away without a close frame.
    public void vanish() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            frames.add("pong:" + java.nio.charset.StandardCharsets.UTF_8.decode(message));
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            frames.add("closed:" + code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            frames.add("closed:" + error.getClass().getSimpleName());
        }
    }
}
