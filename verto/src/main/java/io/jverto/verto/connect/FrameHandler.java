package io.jverto.verto.connect;

import io.jverto.base.count.Counters;
import io.jverto.base.net.Addresses;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.Connection;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Last in the pipeline of a WebSocket: frames to the [Connection] (verto-wire.md section 1.3).
final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger log = LoggerFactory.getLogger(FrameHandler.class);

    private final Connection connection;
    private final Counters<VertoCount> counters;
    /// What the latest ping carried, until it is answered.
    private byte @Nullable [] owed;

    FrameHandler(Connection connection, Counters<VertoCount> counters) {
        this.connection = connection;
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> connection.onText(text.text());
            // The reference server never looked at the opcode.
            case BinaryWebSocketFrame binary -> connection.onText(binary.content().toString(StandardCharsets.UTF_8));
            case PingWebSocketFrame ping -> {
                connection.onAlive();
                owed = ByteBufUtil.getBytes(ping.content());
                pong(context);
            }
            case CloseWebSocketFrame _ ->
                context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                        .addListener(ChannelFutureListener.CLOSE);
            default -> connection.onAlive();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        pong(context);
        super.channelWritabilityChanged(context);
    }

    /// RFC 6455 section 5.5.3: only the latest of several pings needs an answer. A client that pings and does not read would otherwise
    /// pile up the answers here (security.md S2).
    private void pong(ChannelHandlerContext context) {
        byte[] payload = owed;
        if (payload != null && context.channel().isWritable()) {
            owed = null;
            context.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload)));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        connection.onClosed();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case TooLongFrameException _ -> {
                counters.increment(VertoCount.FRAMES_TOO_LONG);
                context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.MESSAGE_TOO_BIG));
            }
            case IOException gone -> log.debug("connection from {} broke: {}", Addresses.text(context.channel().remoteAddress()), gone.getMessage());
            default -> log.debug("connection from {} closed", Addresses.text(context.channel().remoteAddress()), cause);
        }
        context.close();
    }
}
