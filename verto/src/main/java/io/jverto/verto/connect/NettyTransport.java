package io.jverto.verto.connect;

import io.jverto.verto.outbound.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A WebSocket as the rest of the endpoint sees it. What is sent waits here until the network's thread takes it, together with what other
/// connections of that thread have to send.
final class NettyTransport implements Transport {
    /// Bytes that may wait for a client that does not read; beyond it is cut off.
    private static final int MAX_WAITING_BYTES = 4 * 1024 * 1024;
    /// Time for the close frame to leave; a peer that does not read would hold the socket for ever.
    private static final long CLOSE_SECONDS = 2;

    /// Time for what waits ahead of a frame, and for the frame.
    private static final long WRITE_SECONDS = 10;

    private final Channel channel;
    private final InetSocketAddress remote;
    private final boolean secure;
    private final LoopWriter writer;
    /// The frame sent last, with those before it; null when none waits.
    private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    /// The next of those that the writer has to look at; whoever tells the writer of this one, then the writer, sets it.
    @Nullable NettyTransport nextReady;

    /// Called by the network's thread.
    ///
    /// @param remote where the client is, perhaps behind a proxy
    NettyTransport(Channel channel, InetSocketAddress remote, boolean secure) {
        this.channel = channel;
        this.remote = remote;
        this.secure = secure;
        this.writer = LoopWriter.of(channel.eventLoop());
    }

    @Override
    public boolean send(String text) {
        byte[] utf8 = utf8(text);
        Waiting before;
        Waiting after;
        do {
            before = waiting.get();
            if (isFull(before)) {
                return false;
            }
            after = new Waiting(utf8, before);
        } while (!waiting.compareAndSet(before, after));
        if (before == null) {
            writer.ready(this);
        }
        return true;
    }

    @Override
    public boolean sendAndWait(String text) {
        ChannelPromise written = channel.newPromise();
        onLoop(() -> {
            writeWaiting();
            channel.writeAndFlush(frame(utf8(text)), written);
        });
        return written.awaitUninterruptibly(WRITE_SECONDS, TimeUnit.SECONDS) && channel.isActive();
    }

    /// The network's thread is here: everything that waits goes out at once.
    void writeWaiting() {
        for (Waiting next = Waiting.inOrder(waiting.getAndSet(null)); next != null; next = next.later) {
            if (channel.isActive()) {
                channel.write(frame(next.utf8), channel.voidPromise());
            }
        }
        channel.flush();
    }

    @Override
    public void ping() {
        channel.write(new PingWebSocketFrame(), channel.voidPromise());
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
        if (isFull(waiting.get())) {
            channel.close(); // no close frame would get through
            return;
        }
        onLoop(() -> {
            writeWaiting();
            channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
            channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException over) {
            waiting.set(null); // the server ends, and so has this connection
        }
    }

    /// Bytes count while they wait here, and on until the system has taken them. A connection that is gone is not full.
    private boolean isFull(@Nullable Waiting last) {
        long behind = channel.bytesBeforeWritable(); // none while the system takes it all; what a gone one says is no number
        return behind != Long.MAX_VALUE && behind + (last == null ? 0 : last.bytes) > MAX_WAITING_BYTES;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TextWebSocketFrame frame(byte[] utf8) {
        return new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8));
    }

    /// A frame that waits, and those sent before it.
    private static final class Waiting {
        private final byte[] utf8;
        private final @Nullable Waiting earlier;
        /// Of this and all earlier.
        private final long bytes;
        private @Nullable Waiting later;

        Waiting(byte[] utf8, @Nullable Waiting earlier) {
            this.utf8 = utf8;
            this.earlier = earlier;
            this.bytes = utf8.length + (earlier == null ? 0 : earlier.bytes);
        }

        /// @param last nobody else's any more
        /// @return the first, from which `later` leads on
        static @Nullable Waiting inOrder(@Nullable Waiting last) {
            Waiting first = last;
            while (first != null && first.earlier != null) {
                first.earlier.later = first;
                first = first.earlier;
            }
            return first;
        }
    }
}
