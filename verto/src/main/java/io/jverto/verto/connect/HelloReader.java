package io.jverto.verto.connect;

import io.jverto.base.tls.ServerCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// First on a connection over TLS. An ACME authority that asks whether a name is ours (`acme-tls/1`, RFC 8737 section 3) is shown the certificate
/// that was made for its question, and nothing else; with everybody else TLS begins with the profile's.
final class HelloReader extends SslClientHelloHandler<SslContext> {
    private static final Logger log = LoggerFactory.getLogger(HelloReader.class);
    private static final int MAX_HELLO = 16_384;

    private final Listener listener;
    private final TlsContext tls;
    private boolean proving;

    HelloReader(Listener listener, TlsContext tls) {
        super(MAX_HELLO);
        this.listener = listener;
        this.tls = tls;
    }

    @Override
    protected Future<SslContext> lookup(ChannelHandlerContext context, @Nullable ByteBuf hello) {
        Optional<ClientHello> asked = Optional.ofNullable(hello).flatMap(ClientHello::read)
                .filter(read -> read.protocols().equals(List.of(TlsContext.ACME)));
        if (asked.isEmpty()) {
            return context.executor().newSucceededFuture(tls.current());
        }
        proving = true;
        Promise<SslContext> found = context.executor().newPromise();
        // What is shown lies in a file.
        listener.services().time().start("acme proof", () -> found.setSuccess(proof(asked.get().host().toLowerCase(Locale.ROOT))));
        return found;
    }

    private SslContext proof(String host) {
        try {
            Optional<ServerCertificate> made = listener.pages().proof(host);
            log.debug("an ACME authority asks for {}: {}", host, made.isPresent() ? "shown" : "nobody waits for that");
            return made.isPresent() ? tls.proving(made.get()) : tls.current();
        } catch (IOException unusable) {
            log.warn("an ACME authority asks for {}, and what was made for it is of no use: {}", host, unusable.getMessage());
            return tls.current();
        }
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<SslContext> found) {
        if (context.isRemoved()) {
            return; // the peer has gone meanwhile
        }
        SslHandler handshake = found.getNow().newHandler(context.alloc());
        handshake.setHandshakeTimeoutMillis(0); // whoever comes behind has a deadline for all of it
        if (proving) {
            handshake.handshakeFuture().addListener(_ -> context.channel().close());
        }
        context.pipeline().replace(this, null, handshake);
    }
}
