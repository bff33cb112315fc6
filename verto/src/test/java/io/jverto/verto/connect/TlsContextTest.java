package io.jverto.verto.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.profile.VertoProfile.TlsFiles;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the TLS handshake settles (RFC 7301), in memory.
class TlsContextTest {
    private static final String CERTIFICATE = "src/test/resources/tls/localhost.pem";

    @ParameterizedTest
    @EnumSource(value = SslProvider.class, names = {"JDK", "OPENSSL"})
    void http2IsForThoseThatAskForIt(SslProvider provider) throws Exception {
        assertThat(OpenSsl.isAvailable()).isTrue();
        assertThat(settled(provider, true, List.of("h2", "http/1.1"))).isEqualTo("h2");
        assertThat(settled(provider, true, List.of("http/1.1", "h2"))).isEqualTo("h2");
        assertThat(settled(provider, true, List.of("http/1.1"))).isEqualTo("http/1.1");
        assertThat(settled(provider, true, List.of())).isNull();
        assertThat(settled(provider, false, List.of("h2", "http/1.1"))).isNull();
    }

    private static String settled(SslProvider provider, boolean http2, List<String> asked) throws Exception {
        TlsContext server = TlsContext.load(new TlsFiles(CERTIFICATE, CERTIFICATE, CERTIFICATE), http2, provider);
        SslContextBuilder trusting = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null);
        if (!asked.isEmpty()) {
            trusting.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, asked));
        }
        EmbeddedChannel here = new EmbeddedChannel();
        EmbeddedChannel there = new EmbeddedChannel();
        try {
            here.pipeline().addLast(server.current().newHandler(here.alloc()));
            SslHandler client = trusting.build().newHandler(there.alloc());
            there.pipeline().addLast(client);
            for (int round = 0; round < 20 && !client.handshakeFuture().isDone(); round++) {
                TlsProof.pass(there, here);
                TlsProof.pass(here, there);
            }
            assertThat(client.handshakeFuture().isSuccess()).isTrue();
            return client.applicationProtocol();
        } finally {
            here.finishAndReleaseAll();
            there.finishAndReleaseAll();
        }
    }
}
