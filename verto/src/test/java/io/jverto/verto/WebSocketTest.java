package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.time.SystemTime;
import io.jverto.testkit.client.VertoTestClient;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonNumber;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The endpoint over real sockets on loopback, with the JDK's WebSocket client.
class WebSocketTest {
    private static final String CERTIFICATE = "src/test/resources/tls/localhost.pem";

    private final SystemTime time = new SystemTime();
    private final FakeSwitch calls = new FakeSwitch(time);
    private VertoServer server;

    @BeforeEach
    void open() {
        ConfigNode secure = new ConfigNode(
                "param",
                Map.of("name", "bind-local", "value", "127.0.0.1:0", "secure", "true"),
                List.of(),
                "",
                new Origin("verto.conf.xml", 9));
        VertoConfig config = VertoConfig.read(
                Config.profile(
                        Config.param("bind-local", "127.0.0.1:0"),
                        secure,
                        Config.param("secure-combined", CERTIFICATE),
                        Config.param("userauth", "true"),
                        Config.param("force-register-domain", "test")),
                problem -> {
                    throw new AssertionError(problem.toString());
                });
        server = new VertoServer(
                config,
                new VertoServer.Environment(calls, Config::directory, time, new Random(1), WebSocketTest::page));
        calls.endpoint(server.endpoint());
        assertThat(server.open()).isEmpty();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void logsInCallsAndHangsUpInTheClear() {
        try (VertoTestClient client = VertoTestClient.connect(uri("ws", 0, "/any/path?and=query"))) {
            callAndHangUp(client);
        }
    }

    @Test
    void logsInCallsAndHangsUpOverTls() throws Exception {
        try (VertoTestClient client = VertoTestClient.connect(uri("wss", 1, "/"), trust())) {
            callAndHangUp(client);
        }
    }

    @Test
    void servesThePageOnTheSamePort() throws Exception {
        try (HttpClient http = HttpClient.newBuilder().sslContext(trust()).build()) {
            HttpResponse<String> page =
                    http.send(HttpRequest.newBuilder(uri("https", 1, "/index.html?x=1")).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).isEqualTo("GET /index.html x=1 true");
        }
    }

    private void callAndHangUp(VertoTestClient client) {
        client.send(
                "{\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"1001@x\",\"passwd\":\"1234\",\"sessid\":\"S\"},\"id\":1}");
        assertThat(client.next())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"message\":\"logged in\",\"sessid\":\"S\"}}");
        assertThat(client.nextObject().string("method")).contains("verto.clientReady");

        client.send("{\"jsonrpc\":\"2.0\",\"method\":\"verto.invite\",\"params\":{\"sdp\":\"v=0\",\"dialogParams\":"
                + "{\"callID\":\"C\",\"destination_number\":\"9196\"},\"sessid\":\"S\"},\"id\":\"two\"}");
        assertThat(client.next())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"two\",\"result\":{\"message\":\"CALL CREATED\",\"callID\":\"C\",\"sessid\":\"S\"}}");
        JsonObject answer = client.nextObject();
        assertThat(answer.string("method")).contains("verto.answer");
        assertThat(answer.object("params").orElseThrow().string("sdp")).contains(FakeSwitch.ANSWER.value());

        client.send(
                "{\"jsonrpc\":\"2.0\",\"method\":\"verto.bye\",\"params\":{\"dialogParams\":{\"callID\":\"C\"},\"sessid\":\"S\"},\"id\":3}");
        JsonObject bye = client.nextObject().object("result").orElseThrow();
        assertThat(bye.string("message")).contains("CALL ENDED");
        assertThat(bye.get("causeCode")).contains(new JsonNumber("16"));
    }

    private URI uri(String scheme, int listener, String path) {
        InetSocketAddress address = server.addresses().get(listener);
        return URI.create(scheme + "://localhost:" + address.getPort() + path);
    }

    private static PageHandler.PageResponse page(PageHandler.PageRequest request) {
        String text = request.method() + " " + request.path() + " " + request.query() + " " + request.secure();
        return new PageHandler.PageResponse(
                200, Map.of("content-type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(CERTIFICATE))) {
            store.setCertificateEntry("localhost", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
