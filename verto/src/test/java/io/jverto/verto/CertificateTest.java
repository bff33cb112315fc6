package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.profile.VertoConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certificate that changes while the server runs: in virtual time, with real TLS.
class CertificateTest {
    private static final Path FIRST = Path.of(LiveServer.CERTIFICATE);
    private static final Path TLS = Path.of("src/test/resources/tls");
    private static final Path RENEWED = TLS.resolve("renewed.pem");

    private final VirtualTime time = new VirtualTime();

    @TempDir
    private Path folder;

    private Path file;
    private VertoServer server;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("wss.pem");
        put(FIRST);
        open(Config.param("secure-combined", file.toString()));
    }

    private void open(ConfigNode... files) {
        ConfigNode secure = Config.node("param", List.of(), "name", "bind-local", "value", "127.0.0.1:0", "secure", "true");
        VertoConfig config = VertoConfig.read(
                Config.profile(Stream.concat(Stream.of(secure), Stream.of(files)).toArray(ConfigNode[]::new)), problem -> {
                    throw new AssertionError(problem.toString());
                });
        server = new VertoServer(
                config,
                new VertoServer.Environment(
                        new FakeSwitch(time), new EventChannels(), new Commands(), Config::directory, time, new Random(1), PageHandler.NONE));
        assertThat(server.open()).isEmpty();
    }

    @AfterEach
    void close() {
        server.close();
        time.advance(Duration.ofSeconds(2));
    }

    @Test
    void aNewFileIsUsedWithoutBeingToldAndNobodyIsDropped() throws Exception {
        try (SSLSocket old = connect()) {
            assertThat(subject(old)).isEqualTo("CN=localhost");

            put(RENEWED);
            time.advance(Duration.ofSeconds(11));

            assertThat(subject()).isEqualTo("CN=renewed");
            old.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(old.getInputStream().readNBytes(8), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void theCommandDoesItAtOnce() throws Exception {
        put(RENEWED);
        assertThat(subject()).isEqualTo("CN=localhost");

        assertThat(reload()).isEqualTo("+OK\n");

        assertThat(subject()).isEqualTo("CN=renewed");
    }

    @Test
    void aFileThatCannotBeUsedLeavesTheOldOneAndIsComplainedOfOnce() throws Exception {
        Files.writeString(file, "half a certificate");
        time.advance(Duration.ofSeconds(60));

        assertThat(server.counters().get(VertoCount.CERTIFICATES_REFUSED)).isEqualTo(1);
        assertThat(subject()).isEqualTo("CN=localhost");
        assertThat(reload()).startsWith("-ERR no usable certificate and key in " + file);

        Files.delete(file);
        time.advance(Duration.ofSeconds(60));
        assertThat(server.counters().get(VertoCount.CERTIFICATES_REFUSED)).isEqualTo(2);
        assertThat(reload()).startsWith("-ERR there is no file " + file);
        assertThat(subject()).isEqualTo("CN=localhost");

        put(RENEWED);
        time.advance(Duration.ofSeconds(11));
        assertThat(subject()).isEqualTo("CN=renewed");
    }

    @Test
    void aCertificateWithSomebodyElsesKeyIsNotUsed() throws Exception {
        String first = Files.readString(FIRST);
        String renewed = Files.readString(RENEWED);
        Files.writeString(file, renewed.substring(0, renewed.indexOf("-----BEGIN PRIVATE")) + first.substring(first.indexOf("-----BEGIN PRIVATE")));

        time.advance(Duration.ofSeconds(11));

        assertThat(subject()).isEqualTo("CN=localhost");
        assertThat(server.counters().get(VertoCount.CERTIFICATES_REFUSED)).isEqualTo(1);
    }

    @Test
    void whoIssuedACertificateIsShownFromAFileOfItsOwn() throws Exception {
        close();
        open(Config.param("secure-cert", TLS.resolve("leaf.pem").toString()), Config.param("secure-key", TLS.resolve("leaf-key.pem").toString()),
                Config.param("secure-chain", file.toString())); // holds somebody else's certificate so far

        assertThat(chain()).containsExactly("CN=leaf");

        put(TLS.resolve("middle.pem"));
        time.advance(Duration.ofSeconds(11));
        assertThat(chain()).containsExactly("CN=leaf", "CN=middle");
    }

    @Test
    void aChainStandsBesideACombinedFileToo() throws Exception {
        Files.writeString(file, Files.readString(TLS.resolve("leaf-key.pem")) + Files.readString(TLS.resolve("leaf.pem")));
        close();
        open(Config.param("secure-combined", file.toString()), Config.param("secure-chain", TLS.resolve("middle.pem").toString()));

        assertThat(chain()).containsExactly("CN=leaf", "CN=middle");
    }

    private List<String> chain() throws IOException, GeneralSecurityException {
        try (SSLSocket socket = connect()) {
            return Stream.of(socket.getSession().getPeerCertificates()).map(one -> ((X509Certificate) one).getSubjectX500Principal().getName()).toList();
        }
    }

    private void put(Path certificate) throws IOException {
        Files.copy(certificate, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private String reload() {
        ApiCommand command = server.commands().stream().filter(one -> one.name().equals("reloadcert")).findFirst().orElseThrow();
        return command.run("");
    }

    private String subject() throws IOException, GeneralSecurityException {
        try (SSLSocket socket = connect()) {
            return subject(socket);
        }
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.addresses().getFirst().getPort());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
