package io.jverto.verto.connect;

import io.jverto.base.net.Addresses;
import io.jverto.verto.count.VertoCount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a TCP connection speaks. In the clear, or when the TLS handshake settles nothing else, HTTP/1.1, which may become a WebSocket; HTTP/2,
/// for the page alone, with clients that ask for it in the handshake (RFC 7301). Browsers open connections of HTTP/1.1 for their WebSockets.
final class Protocols {
    private static final Logger log = LoggerFactory.getLogger(Protocols.class);
    private static final int MAX_REQUEST_LINE = 8_192;
    /// Bytes of the headers of a request.
    static final int MAX_HEADERS = 16_384;
    private static final int MAX_BODY = 64 * 1_024;

    private Protocols() {}

    static void begin(Channel channel, Listener listener, Optional<TlsContext> tls) {
        if (tls.isPresent()) {
            channel.pipeline().addLast(new HelloReader(listener, tls.get()));
        }
        if (tls.isPresent() && listener.profile().extras().http2()) {
            channel.pipeline().addLast(new Negotiation(listener));
        } else {
            one(channel.pipeline(), listener);
        }
    }

    private static void one(ChannelPipeline pipeline, Listener listener) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)));
        if (!listener.sites().isEmpty()) {
            pipeline.addLast(new BodyGate(listener.pages()));
        }
        pipeline.addLast(new HttpObjectAggregator(MAX_BODY));
        pipeline.addLast(UpgradeHandler.ofConnection(listener));
    }

    /// Waits for the end of the TLS handshake.
    private static final class Negotiation extends ApplicationProtocolNegotiationHandler {
        private final Listener listener;
        private final Deadline deadline = new Deadline();

        Negotiation(Listener listener) {
            super(ApplicationProtocolNames.HTTP_1_1); // of clients that ask for nothing
            this.listener = listener;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) throws Exception {
            super.handlerAdded(context);
            deadline.start(context, listener.limits().handshake().toMillis(), () -> {
                listener.counters().increment(VertoCount.HANDSHAKES_FAILED);
                context.close();
            });
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) throws Exception {
            deadline.stop();
            super.handlerRemoved(context);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                StreamGuard.add(context.pipeline(), listener);
            } else {
                one(context.pipeline(), listener);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            listener.counters().increment(VertoCount.HANDSHAKES_FAILED);
            log.debug("no handshake with {}: {}", Addresses.text(context.channel().remoteAddress()), cause.toString());
            context.close();
        }
    }
}
