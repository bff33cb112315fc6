package io.jverto.verto.connect;

import io.jverto.base.net.Addresses;
import io.jverto.verto.connect.PageHandler.PageRequest;
import io.jverto.verto.connect.PageHandler.PageResponse;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.Connection;
import io.jverto.wire.jsonrpc.JsonText;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP request becomes a WebSocket, whatever its path, or goes to the [PageHandler] (verto-wire.md section 1.2). A peer that does
/// not get a request together in time is closed. A stream of HTTP/2 counts as a connection.
final class UpgradeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(UpgradeHandler.class);

    /// Of a channel without a network.
    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final PageResponse FORBIDDEN = new PageResponse(403, Map.of(), new byte[0]);

    /// Of a line on which a page is still of use: 64 kbit/s.
    private static final int SLOWEST_BYTES_PER_MILLI = 8;
    private static final long MOST_EXTRA_MILLIS = 60_000;

    private final Listener listener;
    private final boolean stream;
    private final Deadline deadline = new Deadline();
    /// Null until the first request to a vhost.
    private @Nullable SiteQueue site;
    private boolean ending;
    private boolean late;

    private UpgradeHandler(Listener listener, boolean stream) {
        this.listener = listener;
        this.stream = stream;
    }

    static UpgradeHandler ofConnection(Listener listener) {
        return new UpgradeHandler(listener, false);
    }

    /// Of a stream of HTTP/2, on which there are no WebSockets (RFC 8441 is not offered): its headers have no meaning there.
    static UpgradeHandler ofStream(Listener listener) {
        return new UpgradeHandler(listener, true);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        startDeadline(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (ending) {
            return; // a file is on its way, behind which the connection ends
        }
        if (!listener.profile().access().allows(client(context, request).getAddress())) {
            listener.counters().increment(VertoCount.CONNECTIONS_FORBIDDEN);
            answer(context, request, FORBIDDEN);
        } else if (request.decoderResult().isFailure()) {
            answer(context, request, PageHandler.NONE.handle(page(request, "/", "")));
        } else if (!stream && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            upgrade(context, request);
        } else if (!listener.sites().isEmpty()) {
            serve(context, request);
        } else if (path(request.uri()).filter(listener.pages()::isFile).isPresent()) {
            ending = true;
            serve(context, request);
        } else {
            answer(context, request, pageResponse(request));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        deadline.stop();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!late) { // otherwise it is about what we have broken off
            listener.counters().increment(VertoCount.HANDSHAKES_FAILED);
            log.debug("no handshake with {}: {}", Addresses.text(context.channel().remoteAddress()), cause.toString());
        }
        context.close();
    }

    /// @return the client, whom a trusted proxy has named
    private InetSocketAddress client(ChannelHandlerContext context, FullHttpRequest request) {
        Channel connection = stream ? context.channel().parent() : context.channel();
        return connection.remoteAddress() instanceof InetSocketAddress peer
                ? ClientAddress.of(request.headers(), ProxyHeader.client(connection, peer), listener.profile().access())
                : NOBODY;
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        if (!listener.profile().access().origins().allow(request.headers().get(HttpHeaderNames.ORIGIN, ""))) {
            listener.counters().increment(VertoCount.ORIGINS_REFUSED);
            answer(context, request, FORBIDDEN);
            return;
        }
        Optional<String> deflate = listener.profile().extras().deflate()
                ? DeflateOffer.answer(request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS))
                : Optional.empty();
        HttpHeaders extras = new DefaultHttpHeaders();
        deflate.ifPresent(answer -> extras.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, answer));
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(JsonText.MAX_LENGTH)
                .allowExtensions(deflate.isPresent())
                .build();
        WebSocketServerHandshaker13 handshaker;
        ChannelFuture done;
        try {
            // `*` answers with the first subprotocol that the client names: browsers refuse a list.
            handshaker = new WebSocketServerHandshaker13(request.uri(), "*", config);
            done = handshaker.handshake(context.channel(), request, extras, context.channel().newPromise());
        } catch (WebSocketHandshakeException malformed) {
            log.debug("no handshake with {}: {}", Addresses.text(context.channel().remoteAddress()), malformed.getMessage());
            answer(context, request, PageHandler.NONE.handle(page(request, "/", "")));
            return;
        }
        deadline.stop();
        Connection connection = listener.connect(new NettyTransport(context.channel(), client(context, request), listener.secure()));
        context.channel().attr(Listener.CONNECTION).set(connection);
        context.channel().closeFuture().addListener(_ -> listener.disconnect(connection));
        done.addListener(result -> {
            if (!result.isSuccess()) {
                context.close();
            }
        });
        if (context.pipeline().get(HttpObjectAggregator.class) != null) {
            context.pipeline().remove(HttpObjectAggregator.class);
        }
        frames(context.pipeline(), connection, deflate.isPresent());
        context.pipeline().remove(this);
    }

    private void frames(ChannelPipeline pipeline, Connection connection, boolean deflate) {
        if (deflate) {
            pipeline.addLast(new DeflateWriter());
            pipeline.addLast(new WebSocketFrameAggregator(JsonText.MAX_LENGTH));
            pipeline.addLast(new DeflateReader(listener.counters()));
            pipeline.addLast(new Utf8FrameValidator());
        } else {
            pipeline.addLast(new Utf8FrameValidator());
            pipeline.addLast(new WebSocketFrameAggregator(JsonText.MAX_LENGTH));
        }
        pipeline.addLast(new FrameHandler(connection, listener.counters()));
    }

    private void serve(ChannelHandlerContext context, FullHttpRequest request) {
        Optional<String> path = path(request.uri());
        if (path.isEmpty()) {
            answer(context, request, PageHandler.NONE.handle(page(request, "/", "")));
            return;
        }
        if (site == null) {
            SiteResponder responder = ending ? listener.files() : listener.sites().getFirst();
            site = new SiteQueue(context.channel(), responder, () -> startDeadline(context));
        }
        deadline.stop();
        site.offer(new SiteQueue.Pending(
                request.method().name(),
                path.get(),
                client(context, request).getAddress(),
                request.headers().get(HttpHeaderNames.AUTHORIZATION, ""),
                request.content().toString(StandardCharsets.UTF_8),
                // Files have no tags here: whoever compares one has another version.
                request.headers().contains(HttpHeaderNames.IF_RANGE) ? "" : request.headers().get(HttpHeaderNames.RANGE, ""),
                !ending && HttpUtil.isKeepAlive(request)));
    }

    private PageResponse pageResponse(FullHttpRequest request) {
        return path(request.uri())
                .map(path -> listener.pages().handle(page(request, path, new QueryStringDecoder(request.uri()).rawQuery())))
                .orElseGet(() -> PageHandler.NONE.handle(page(request, "/", "")));
    }

    /// @return the path, decoded; empty when it is none that anybody means well with
    static Optional<String> path(String uri) {
        try {
            String path = new QueryStringDecoder(uri).path();
            boolean clean = path.startsWith("/")
                    && !path.contains("..")
                    && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
            return Optional.of(path).filter(_ -> clean);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private PageRequest page(FullHttpRequest request, String path, String query) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header ->
                headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new PageRequest(request.method().name(), path, query, headers, listener.secure());
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request, PageResponse page) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(page.status()),
                Unpooled.wrappedBuffer(head ? new byte[0] : page.body()));
        page.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, page.body().length);
        boolean keep = HttpUtil.isKeepAlive(request) && page.status() < 400;
        HttpUtil.setKeepAlive(response, keep);
        ChannelFuture written = context.writeAndFlush(response);
        if (keep) {
            startDeadline(context, taking(page.body().length));
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// @return how long somebody on a thin line may take for so many bytes beyond what everybody has
    private static long taking(int bytes) {
        return Math.min(MOST_EXTRA_MILLIS, bytes / SLOWEST_BYTES_PER_MILLI);
    }

    private void startDeadline(ChannelHandlerContext context) {
        startDeadline(context, 0);
    }

    private void startDeadline(ChannelHandlerContext context, long extraMillis) {
        deadline.stop();
        if (context.channel().isActive()) { // a stream ends with its answer
            deadline.start(context, listener.limits().handshake().toMillis() + extraMillis, () -> breakOff(context));
        }
    }

    private void breakOff(ChannelHandlerContext context) {
        late = true;
        listener.counters().increment(VertoCount.HANDSHAKES_FAILED);
        if (stream) {
            // Netty would leave an answer that is not taken in its queue until the connection ends.
            context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
        }
        context.close();
    }
}
