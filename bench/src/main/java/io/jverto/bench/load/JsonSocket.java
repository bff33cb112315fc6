package io.jverto.bench.load;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A WebSocket that carries JSON, and requests that wait for their replies. Messages arrive on the thread of its event loop; requests
/// may come from any thread.
abstract class JsonSocket extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Map<String, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    /// Set before anybody learns of the connection.
    private volatile @Nullable Channel channel;

    /// @return what the server speaks (`Sec-WebSocket-Protocol`), if it wants to be asked
    abstract Optional<String> subprotocol();

    abstract void onMessage(JsonObject message);

    CompletableFuture<Void> connected() {
        return connected;
    }

    /// Done when the connection is gone.
    CompletableFuture<Void> closed() {
        return closed;
    }

    /// @param key by which [#waiting] finds it again
    /// @return fails with an `IOException` when the connection ends before
    CompletableFuture<JsonObject> request(String key, JsonObject message) {
        CompletableFuture<JsonObject> reply = new CompletableFuture<>();
        waiting.put(key, reply);
        if (closed.isDone()) {
            abandon();
        } else {
            write(message);
        }
        return reply;
    }

    /// @return the request that this message is the reply to; it no longer waits
    Optional<CompletableFuture<JsonObject>> answered(String key) {
        return Optional.ofNullable(waiting.remove(key));
    }

    void write(JsonObject message) {
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
            connected.complete(null);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        onMessage(JsonText.parse(frame.text()).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY));
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

    void abandon() {
        IOException gone = new IOException("the server closed the connection");
        connected.completeExceptionally(gone);
        waiting.values().forEach(reply -> reply.completeExceptionally(gone));
        waiting.clear();
    }
}
