package io.jverto.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client over a real, plain WebSocket on this machine.
final class WsClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private int id;

    WsClient(int port) {
        socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), new Listener()).join();
    }

    void login(String user, String password) {
        ask("login", "{\"login\":\"" + user + "@pbx.test\",\"passwd\":\"" + password + "\"}", "logged in");
    }

    /// Sends a request and waits for the reply.
    void ask(String method, String params, String expected) {
        id++;
        socket.sendText("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}", true).join();
        String reply = awaits("\"id\":" + id + ",");
        if (!reply.contains(expected)) {
            throw new AssertionError("expected " + expected + ", got " + reply);
        }
    }

    /// @return the next message with this in it; those before it are passed over
    String awaits(String part) {
        try {
            for (String next = poll(); next != null; next = poll()) {
                if (next.contains(part)) {
                    return next;
                }
            }
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
        throw new AssertionError("nothing came with " + part);
    }

    private @Nullable String poll() throws InterruptedException {
        return received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
