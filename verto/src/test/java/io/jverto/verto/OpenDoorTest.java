package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.count.VertoCount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Attacks S1 and S7 on real sockets: half-open connections, and what a foreign page could bring along.
class OpenDoorTest {
    /// Each costs this process two descriptors; what a whole flood meets is in `AddressLimitTest` and `HandshakeTest`.
    private static final int HALF_OPEN = 150;

    private final LiveServer live = new LiveServer();

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void s1HalfOpenConnectionsKeepNobodyOut() throws IOException {
        List<RawClient> idlers = new ArrayList<>();
        try (RawClient before = RawClient.upgrade(live.plain())) {
            assertThat(logsIn(before, "1001")).isTrue();
            for (int i = 0; i < HALF_OPEN; i++) {
                idlers.add(begun(live.plain(), i % 3 == 0 ? "" : i % 3 == 1 ? "GET / HTTP/1.1\r\nHo" : "POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\nx"));
                idlers.add(begun(live.secure(), i % 2 == 0 ? "" : "\u0016\u0003\u0001\u0000\u00c8\u0001"));
            }

            before.text("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"verto.ping\",\"params\":{}}");
            assertThat(before.next()).contains("PONG");
            try (RawClient after = RawClient.upgrade(live.plain())) {
                assertThat(logsIn(after, "1002")).isTrue();
            }
            assertThat(live.server.counters().get(VertoCount.CONNECTIONS_OPENED)).as("half-open ones are none").isEqualTo(2);
        } finally {
            for (RawClient idler : idlers) {
                idler.close();
            }
        }
    }

    /// A page of somebody else's makes the browser send along whatever it has for this host: none of it is a login.
    @Test
    void s7NothingThatABrowserSendsByItselfIsALogin() throws IOException {
        String basic = Base64.getEncoder().encodeToString("1001:1234".getBytes(StandardCharsets.US_ASCII));
        try (RawClient owner = RawClient.upgrade(live.plain());
                RawClient client = RawClient.connect(live.plain())) {
            assertThat(logsIn(owner, "1001")).isTrue();
            client.write("GET /?login=1001&passwd=1234&sessid=S-1001 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Origin: https://evil.example\r\nCookie: sessid=S-1001; login=1001; passwd=1234; JSESSIONID=1; verto_session=S-1001\r\n"
                    + "Authorization: Basic " + basic + "\r\nX-Forwarded-User: 1001\r\nSec-WebSocket-Protocol: S-1001\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("set-cookie");

            for (String method : List.of("verto.ping", "login", "verto.invite", "jsapi", "verto.subscribe")) {
                client.text("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{\"sessid\":\"S-1001\"}}");
                assertThat(client.next()).contains("\"error\":{\"code\":-32000,\"message\":\"Authentication Required\"}");
            }
        }
    }

    @Test
    void s7ThePageSetsNoCookie() throws IOException {
        try (RawClient client = RawClient.connect(live.plain())) {
            client.write("GET / HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\nConnection: close\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("set-cookie");
        }
    }

    private static RawClient begun(InetSocketAddress server, String text) throws IOException {
        RawClient client = RawClient.connect(server);
        client.write(text.getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    private static boolean logsIn(RawClient client, String user) throws IOException {
        client.text("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"" + user + "\",\"passwd\":\"1234\",\"sessid\":\"S-"
                + user + "\"}}");
        return client.next().contains("logged in") && client.next().contains("verto.clientReady");
    }
}
