package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.tls.PemFile;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An ACME authority at the port of TLS (RFC 8737).
class AcmeProofTest {
    private LiveServer live = new LiveServer();

    @AfterEach
    void close() {
        live.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoAsksForAcmeIsShownTheProofOfThatNameAndNothingElse(boolean http2) throws Exception {
        live.close();
        live = new LiveServer(Config.param("http2", Boolean.toString(http2)));

        try (SSLSocket authority = connect("Proof.test", "acme-tls/1")) {
            assertThat(authority.getApplicationProtocol()).isEqualTo("acme-tls/1");
            assertThat(shown(authority)).isEqualTo(in(LiveServer.OTHER_CERTIFICATE));
            assertThat(authority.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aNameThatNobodyWaitsForAndAllOthersAreShownTheCertificateOfTheProfile() throws Exception {
        try (SSLSocket authority = connect("other.test", "acme-tls/1")) {
            assertThat(authority.getApplicationProtocol()).isEmpty();
            assertThat(shown(authority)).isEqualTo(in(LiveServer.CERTIFICATE));
        }
        try (SSLSocket browser = connect("proof.test", "h2", "acme-tls/1")) {
            assertThat(browser.getApplicationProtocol()).isEqualTo("h2");
            assertThat(shown(browser)).isEqualTo(in(LiveServer.CERTIFICATE));
        }
        try (SSLSocket old = connect("proof.test")) {
            assertThat(shown(old)).isEqualTo(in(LiveServer.CERTIFICATE));
        }
    }

    @Test
    void s1WhatIsNoTlsIsClosed() throws Exception {
        try (Socket socket = new Socket(live.secure().getAddress(), live.secure().getPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(closed(socket)).isTrue();
        }
        try (SSLSocket good = connect("localhost", "http/1.1")) {
            assertThat(good.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    private static boolean closed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length < 100; // perhaps an alert
        } catch (SocketException reset) {
            return true;
        }
    }

    private SSLSocket connect(String host, String... protocols) throws Exception {
        SSLSocket socket = (SSLSocket) Trust.context(LiveServer.CERTIFICATE, LiveServer.OTHER_CERTIFICATE).getSocketFactory().createSocket(live.secure().getAddress(), live.secure().getPort());
        socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Certificate shown(SSLSocket socket) throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }

    private static Certificate in(String file) throws IOException {
        return PemFile.read(Path.of(file)).certificates().getFirst();
    }
}
