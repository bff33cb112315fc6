package io.jverto.verto.connect;

import io.jverto.verto.outbound.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// A WebSocket as the rest of the endpoint sees it.
final class NettyTransport implements Transport {
    /// Bytes that may wait for a client that does not read; beyond it is cut off.
    private static final long MAX_WAITING_BYTES = 4L * 1024 * 1024;
    /// Time for the close frame to leave; a peer that does not read would hold the socket for ever.
    private static final long CLOSE_SECONDS = 2;

    /// Time for what waits ahead of a frame, and for the frame.
    private static final long WRITE_SECONDS = 10;

    private final Channel channel;
    private final boolean secure;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();

    NettyTransport(Channel channel, boolean secure) {
        this.channel = channel;
        this.secure = secure;
    }

    @Override
    public boolean send(String text) {
        if (waiting.get() > MAX_WAITING_BYTES) {
            return false;
        }
        write(text);
        return true;
    }

    @Override
    public boolean sendAndWait(String text) {
        return write(text).awaitUninterruptibly(WRITE_SECONDS, TimeUnit.SECONDS) && channel.isActive();
    }

    @Override
    public void ping() {
        channel.writeAndFlush(new PingWebSocketFrame());
    }

    @Override
    public void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (waiting.get() > MAX_WAITING_BYTES) {
            channel.close(); // no close frame would get through
        } else {
            channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
            channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public InetSocketAddress remote() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    @Override
    public boolean secure() {
        return secure;
    }

    private ChannelFuture write(String text) {
        ByteBuf payload = ByteBufUtil.writeUtf8(channel.alloc(), text);
        int bytes = payload.readableBytes();
        waiting.addAndGet(bytes);
        return channel.writeAndFlush(new TextWebSocketFrame(payload)).addListener(_ -> waiting.addAndGet(-bytes));
    }
}
