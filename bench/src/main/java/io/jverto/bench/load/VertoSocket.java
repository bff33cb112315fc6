package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonRpc;
import io.jverto.wire.jsonrpc.JsonText;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A Verto client's connection. Replies arrive on the thread of its event loop; requests may come from any thread.
final class VertoSocket extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final String AUTHENTICATION_REQUIRED = "-32000";

    private final String sessid = UUID.randomUUID().toString();
    private final CompletableFuture<VertoSocket> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Map<String, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private volatile BiConsumer<String, JsonObject> listener = (method, params) -> {};
    /// Set before anybody learns of the connection.
    private volatile @Nullable Channel channel;

    /// The server said no.
    static final class Refused extends IOException {
        private final String code;

        Refused(JsonObject error) {
            super(error.string("message").orElseGet(() -> JsonText.write(error)));
            this.code = error.get("code").map(JsonText::write).orElse("");
        }

        String code() {
            return code;
        }
    }

    CompletableFuture<VertoSocket> connected() {
        return connected;
    }

    /// Done when the connection is gone.
    CompletableFuture<Void> closed() {
        return closed;
    }

    String sessid() {
        return sessid;
    }

    /// @param newListener gets the method and the parameters of each request of the server
    void listen(BiConsumer<String, JsonObject> newListener) {
        listener = newListener;
    }

    /// Like the old jQuery client (verto-wire.md section 3.5): asks without a password, is told to log in, logs in, and is ready
    /// when the server says so.
    CompletableFuture<Void> login(String user, String password) {
        return request("login", new JsonObjectBuilder())
                .handle((reply, problem) -> problem)
                .thenCompose(problem -> {
                    if (problem != null && !isLoginWanted(problem)) {
                        return CompletableFuture.failedFuture(problem);
                    }
                    return request("login", new JsonObjectBuilder()
                            .put("login", user)
                            .put("passwd", password)
                            .put("loginParams", JsonObject.EMPTY)
                            .put("userVariables", JsonObject.EMPTY));
                })
                .thenCompose(reply -> ready);
    }

    private static boolean isLoginWanted(Throwable problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return cause instanceof Refused refused && refused.code().equals(AUTHENTICATION_REQUIRED);
    }

    /// @return the result; fails with [Refused], or with an `IOException` when the connection ends before
    CompletableFuture<JsonObject> request(String method, JsonObjectBuilder params) {
        long id = lastId.incrementAndGet();
        CompletableFuture<JsonObject> reply = new CompletableFuture<>();
        waiting.put(Long.toString(id), reply);
        if (closed.isDone()) {
            abandon();
        } else {
            write(JsonRpc.request(id, method, params.put("sessid", sessid).build()));
        }
        return reply;
    }

    private void write(JsonObject message) {
        Channel open = channel;
        if (open != null) {
            open.writeAndFlush(new TextWebSocketFrame(JsonText.write(message)));
        }
    }

    void close() {
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            connected.complete(this);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        JsonObject message = JsonText.parse(frame.text()).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        message.string("method").ifPresentOrElse(method -> onRequest(method, message), () -> onReply(message));
    }

    private void onRequest(String method, JsonObject message) {
        if (method.equals("verto.clientReady")) {
            ready.complete(null);
        } else if (!method.equals("verto.event")) {
            // Real clients confirm requests about calls, and nothing else.
            message.get("id").ifPresent(
                    id -> write(JsonRpc.result(id, new JsonObjectBuilder().put("method", method).build())));
        }
        listener.accept(method, message.object("params").orElse(JsonObject.EMPTY));
    }

    private void onReply(JsonObject message) {
        String id = message.get("id").map(value -> value instanceof JsonNumber number ? number.digits() : "").orElse("");
        CompletableFuture<JsonObject> reply = waiting.remove(id);
        if (reply == null) {
            return;
        }
        message.object("error").ifPresentOrElse(
                error -> reply.completeExceptionally(new Refused(error)),
                () -> reply.complete(message.object("result").orElse(JsonObject.EMPTY)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connected.completeExceptionally(cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed.complete(null);
        abandon();
    }

    private void abandon() {
        IOException gone = new IOException("the server closed the connection");
        connected.completeExceptionally(gone);
        ready.completeExceptionally(gone);
        waiting.values().forEach(reply -> reply.completeExceptionally(gone));
        waiting.clear();
    }
}
