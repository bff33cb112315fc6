package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Handshake and frames as clients rely on them (verto-wire.md sections 1.2 and 1.3).
class WireFormTest {
    private static final String HANDSHAKE = "GET %s HTTP/1.1\r\nHost: anybody\r\nOrigin: https://anywhere.example\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n";
    private static final String LOGIN =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"1019\",\"passwd\":\"1234\",\"sessid\":\"S\"}}";

    private LiveServer live;

    @BeforeEach
    void opens() {
        live = new LiveServer();
    }

    @AfterEach
    void closes() {
        live.close();
    }

    @Test
    void anyPathIsTakenWithAnySubprotocolOrNone() throws IOException {
        for (String path : new String[] {"/", "/ws", "/a/b.html?c=d&e=%20"}) {
            assertThat(handshake(path, "")).startsWith("http/1.1 101 ").doesNotContain("sec-websocket-protocol", "sec-websocket-extensions");
            assertThat(handshake(path, "Sec-WebSocket-Protocol: verto\r\n")).startsWith("http/1.1 101 ").contains("sec-websocket-protocol: verto\r\n");
        }
    }

    @Test
    void aLongReplyIsOneFrameOfTextOnOneLine() throws IOException {
        try (RawClient client = loggedIn()) {
            String much = "ä".repeat(200_000);
            client.text("{ \"jsonrpc\" : \"2.0\",\n \"id\" : 2, \"method\" : \"echo\", \"params\" : { \"x\" : \"" + much + "\" } }\n");

            assertThat(client.next()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"x\":\"" + much + "\",\"sessid\":\"S\"}}");
        }
    }

    @Test
    void fragmentsAreOneMessageAlsoWithAPingAmongThem() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            byte[] login = LOGIN.getBytes(StandardCharsets.UTF_8);
            client.frame(0x01, Arrays.copyOf(login, 10));
            client.frame(0x89, new byte[] {'p'});
            client.frame(0x00, Arrays.copyOfRange(login, 10, 11));
            client.frame(0x80, Arrays.copyOfRange(login, 11, login.length));

            assertThat(client.next()).isEqualTo("opcode:10");
            assertThat(client.next()).contains("logged in");
        }
    }

    @Test
    void aPingIsAnsweredAndNeverTakenForJson() throws IOException {
        try (RawClient client = loggedIn()) {
            client.frame(0x89, new byte[0]);
            client.frame(0x89, new byte[] {'{'});
            client.text("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"verto.ping\"}");

            assertThat(client.next()).isEqualTo("opcode:10");
            assertThat(client.next()).isEqualTo("opcode:10");
            assertThat(client.next()).contains("PONG");
        }
    }

    @Test
    void aCloseIsAnsweredWithAClose() throws IOException {
        try (RawClient client = loggedIn()) {
            client.frame(0x88, new byte[] {3, (byte) 232});

            assertThat(client.next()).isEqualTo("close:1000");
            assertThat(client.next()).isEqualTo("end");
        }
    }

    private RawClient loggedIn() throws IOException {
        RawClient client = RawClient.upgrade(live.plain());
        client.text(LOGIN);
        assertThat(client.next()).contains("logged in");
        assertThat(client.next()).contains("verto.clientReady");
        return client;
    }

    private String handshake(String path, String more) throws IOException {
        try (RawClient client = RawClient.connect(live.plain())) {
            client.write(HANDSHAKE.formatted(path, more));
            return client.head().toLowerCase(Locale.ROOT);
        }
    }
}
