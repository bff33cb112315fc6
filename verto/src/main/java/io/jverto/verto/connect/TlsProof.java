package io.jverto.verto.connect;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;

/// Shakes hands with a certificate before clients do, in memory: the libraries take a certificate with a key of another one, and every
/// handshake would fail.
final class TlsProof {
    /// A handshake takes about four.
    private static final int MAX_ROUNDS = 20;

    private TlsProof() {}

    /// @throws SSLException when no client could connect
    static void of(SslContext server) throws SSLException {
        SslContext trusting = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
        EmbeddedChannel here = new EmbeddedChannel();
        EmbeddedChannel there = new EmbeddedChannel();
        try {
            here.pipeline().addLast(server.newHandler(here.alloc()));
            SslHandler client = trusting.newHandler(there.alloc());
            there.pipeline().addLast(client);
            for (int round = 0; round < MAX_ROUNDS && !client.handshakeFuture().isDone(); round++) {
                pass(there, here);
                pass(here, there);
            }
            if (!client.handshakeFuture().isSuccess()) {
                throw new SSLException("the key is not that of the certificate");
            }
        } catch (RuntimeException refused) {
            throw new SSLException("the key is not that of the certificate", refused);
        } finally {
            here.finishAndReleaseAll();
            there.finishAndReleaseAll();
        }
    }

    static void pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
        to.runPendingTasks();
    }
}
