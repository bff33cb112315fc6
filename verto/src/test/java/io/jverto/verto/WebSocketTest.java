package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.testkit.client.VertoTestClient;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The endpoint over real sockets on loopback, with the JDK's WebSocket client.
class WebSocketTest {
    private final LiveServer live = new LiveServer();

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void logsInCallsAndHangsUpInTheClear() {
        try (VertoTestClient client = VertoTestClient.connect(uri("ws", 0, "/any/path?and=query"))) {
            callAndHangUp(client);
        }
    }

    @Test
    void logsInCallsAndHangsUpOverTls() throws Exception {
        try (VertoTestClient client = VertoTestClient.connect(uri("wss", 1, "/"), Trust.context())) {
            callAndHangUp(client);
        }
    }

    @Test
    void measuresTheLineBothWays() {
        try (VertoTestClient client = VertoTestClient.connect(uri("ws", 0, "/"))) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"1001@test\",\"passwd\":\"1234\"}}");
            client.awaitMethod("verto.clientReady");

            client.send("#SPU 262144");
            for (int i = 0; i < 256; i++) {
                client.send("#SPB " + ".".repeat(1_023));
            }
            client.send("#SPE");

            assertThat(client.next()).matches("#SPU [1-9][0-9]*");
            for (int i = 0; i < 2_560; i++) {
                assertThat(client.next()).startsWith("#SPB").hasSize(1_024);
            }
            assertThat(client.next()).matches("#SPD [1-9][0-9]*");
        }
    }

    @Test
    void servesThePageOnTheSamePort() throws Exception {
        try (HttpClient http = HttpClient.newBuilder().sslContext(Trust.context()).build()) {
            HttpResponse<String> page =
                    http.send(HttpRequest.newBuilder(uri("https", 1, "/index.html?x=1")).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).isEqualTo("GET /index.html x=1 true");
        }
    }

    @Test
    void aBrokenCertificateIsReportedAndItsPortStaysShut() {
        VertoConfig config = VertoConfig.read(
                Config.profile(
                        Config.node("param", List.of(), "name", "bind-local", "value", "127.0.0.1:0", "secure", "true"),
                        Config.param("secure-combined", "src/test/resources/logback-test.xml")),
                _ -> { });
        try (VertoServer server = new VertoServer(
                config,
                new VertoServer.Environment(live.calls, new EventChannels(), new Commands(), Config::directory, new SystemTime(), new Random(1), PageHandler.NONE))) {
            assertThat(server.open()).singleElement().asString().startsWith("verto.conf.xml:7: error: cannot listen on 127.0.0.1:0")
                    .contains("./jverto cert check").doesNotContain("port");
            assertThat(server.addresses()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsReportedWithItsLine() {
        VertoConfig config = VertoConfig.read(
                Config.profile(Config.param("bind-local", "127.0.0.1:" + live.plain().getPort())), _ -> { });
        try (VertoServer server = new VertoServer(
                config,
                new VertoServer.Environment(live.calls, new EventChannels(), new Commands(), Config::directory, new SystemTime(), new Random(1), PageHandler.NONE))) {
            assertThat(server.open()).singleElement().asString().contains("verto.conf.xml:7", "in use; stop what uses the port");
        }
    }

    @Test
    void subprotocolsAreAnsweredWithTheFirst() throws Exception {
        try (RawClient client = RawClient.connect(live.plain())) {
            client.write("GET /x?y HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: one, two\r\n\r\n");

            assertThat(client.head().toLowerCase(java.util.Locale.ROOT))
                    .startsWith("http/1.1 101 ")
                    .contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=")
                    .contains("sec-websocket-protocol: one\r\n");
        }
    }

    @Test
    void pingsAreAnsweredAndBinaryFramesAreText() {
        try (VertoTestClient client = VertoTestClient.connect(uri("ws", 0, "/"))) {
            client.ping("abc");
            assertThat(client.next()).isEqualTo("pong:abc");

            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{}}".getBytes(StandardCharsets.UTF_8));
            assertThat(client.next()).contains("Authentication Required");
        }
    }

    /// Read-only on one transport is read-only on all.
    @Test
    void s37TheSameRightsOnEveryTransport() throws Exception {
        List<String> methods = List.of("verto.ping", "echo", "jsapi", "fsapi", "verto.subscribe", "verto.broadcast", "verto.nosuch");
        List<List<String>> replies = new ArrayList<>();
        for (int listener = 0; listener < 2; listener++) {
            String session = "S" + listener;
            try (VertoTestClient client = VertoTestClient.connect(uri(listener == 0 ? "ws" : "wss", listener, "/"), Trust.context())) {
                List<String> strangers = new ArrayList<>(methods.stream().map(method -> reply(client, method, "")).toList());
                strangers.add(reply(client, "verto.ping", "\"login\":\"1005\",\"passwd\":\"wrong\","));
                strangers.add(reply(client, "fsapi", "\"login\":\"root\",\"passwd\":\"root\","));
                replies.add(strangers);
                client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"100" + (listener + 1)
                        + "\",\"passwd\":\"1234\",\"sessid\":\"" + session + "\"}}");
                client.awaitMethod("verto.clientReady");
                replies.add(methods.stream()
                        .map(method -> reply(client, method, "").replace(session, "S"))
                        .toList());
            }
        }

        assertThat(replies.get(0)).isEqualTo(replies.get(2)).allMatch(reply -> reply.contains("\"error\""));
        assertThat(replies.get(1)).isEqualTo(replies.get(3));
        assertThat(replies.get(1)).filteredOn(reply -> reply.contains("-32601")).hasSize(4);
    }

    private static String reply(VertoTestClient client, String method, String credentials) {
        client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + credentials
                + "\"eventChannel\":\"conference.3500\",\"command\":\"status\",\"cmd\":\"status\",\"data\":{}}}");
        return client.next();
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
        InetSocketAddress address = live.server.addresses().get(listener);
        return URI.create(scheme + "://localhost:" + address.getPort() + path);
    }
}
