package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.count.VertoCount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a hostile client sends ends in a clear error or in the end of its own connection; the bystander's works on.
class BadInputTest {
    private static final String UNREADABLE =
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"},\"id\":null}";

    private final LiveServer live = new LiveServer();
    private RawClient bystander;

    @BeforeEach
    void bystanderLogsIn() throws IOException {
        bystander = RawClient.upgrade(live.plain());
        login(bystander, "1000");
    }

    @AfterEach
    void bystanderIsWell() throws IOException {
        bystander.text("{\"jsonrpc\":\"2.0\",\"id\":\"still here\",\"method\":\"verto.ping\"}");
        assertThat(bystander.next()).contains("\"still here\"", "PONG");
        bystander.close();
        assertThat(live.server.counters().get(VertoCount.BUGS)).isZero();
        live.close();
    }

    @Test
    void s2AFrameTooLongEndsTheConnection() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            client.write(RawClient.header(0x81, 1_000_001, true));

            assertThat(client.last()).isEqualTo("close:1009");
        }
    }

    @Test
    void s2ALengthOfSixtyThreeBitsEndsTheConnection() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            client.write(RawClient.header(0x81, Long.MAX_VALUE, true));

            assertThat(client.last()).startsWith("close:10");
        }
    }

    @Test
    void s2FragmentsThatGrowTooLongEndTheConnection() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            byte[] part = new byte[60_000];
            client.frame(0x01, part);
            for (int i = 0; i < 16; i++) {
                client.frame(0x00, part);
            }

            assertThat(client.last()).isEqualTo("close:1009");
        }
    }

    @Test
    void theLongestMessageIsRead() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            client.text("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":\"" + "x".repeat(999_900) + "\"}");

            assertThat(client.next()).contains("Authentication Required");
        }
    }

    @Test
    void s3RubbishIsInvalid() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            byte[] rubbish = new byte[5_000];
            new Random(7).nextBytes(rubbish);
            rubbish[0] = 'x';
            client.frame(0x82, rubbish);
            assertThat(client.next()).isEqualTo(UNREADABLE);
            client.text("[".repeat(10_000));
            assertThat(client.next()).isEqualTo(UNREADABLE);
            client.text(IntStream.range(0, 90_000)
                    .mapToObj(i -> "\"" + i + "\":1")
                    .collect(Collectors.joining(",", "{", "}")));
            assertThat(client.next()).isEqualTo(UNREADABLE);
            client.text("[" + "7,".repeat(90_000) + "7]");
            assertThat(client.next()).isEqualTo(UNREADABLE);
            client.text("{\"jsonrpc\":\"2.0\",\"id\":" + "9".repeat(5_000) + "}");
            assertThat(client.next()).isEqualTo(UNREADABLE);
            client.text("");
            assertThat(client.next()).isEqualTo(UNREADABLE);
        }
    }

    @Test
    void s2ViolationsOfTheFramingEndTheConnection() throws IOException {
        try (RawClient unmasked = RawClient.upgrade(live.plain());
                RawClient reserved = RawClient.upgrade(live.plain());
                RawClient unknown = RawClient.upgrade(live.plain());
                RawClient notUtf8 = RawClient.upgrade(live.plain())) {
            unmasked.write(RawClient.header(0x81, 5, false));
            reserved.write(RawClient.header(0xf1, 5, true));
            unknown.write(RawClient.header(0x83, 5, true));
            notUtf8.frame(0x81, new byte[] {(byte) 0xff, (byte) 0xfe});

            assertThat(unmasked.last()).isEqualTo("close:1002");
            assertThat(reserved.last()).isEqualTo("close:1002");
            assertThat(unknown.last()).isEqualTo("close:1002");
            assertThat(notUtf8.last()).isEqualTo("close:1007");
        }
    }

    @Test
    void s9AClientThatDoesNotReadIsCutOff() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            login(client, "1019");
            byte[] echo = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":{\"x\":\"" + "x".repeat(900_000) + "\"}}")
                    .getBytes(StandardCharsets.UTF_8);

            assertThat(floodUntilClosed(client, echo)).isTrue();
            assertThat(live.server.counters().get(VertoCount.SLOW_CONSUMERS)).isEqualTo(1);
        }
    }

    @Test
    void aClientMayVanishAtEveryStage() throws IOException {
        RawClient.connect(live.plain()).close();
        RawClient.connect(live.secure()).close();
        half("GET / HTTP/1.1\r\nHost:", live.plain());
        half("\u0016\u0003\u0001", live.secure());
        RawClient.upgrade(live.plain()).close();
        try (RawClient midFrame = RawClient.upgrade(live.plain())) {
            midFrame.write(RawClient.header(0x81, 500, true));
        }
        try (RawClient afterLogin = RawClient.upgrade(live.plain())) {
            login(afterLogin, "1002");
        }
        try (RawClient ringing = RawClient.upgrade(live.plain())) {
            login(ringing, "1003");
            invite(ringing, "ringing", "9100");
        }
        try (RawClient answered = RawClient.upgrade(live.plain())) {
            login(answered, "1004");
            invite(answered, "answered", "9196");
            assertThat(answered.next()).contains("verto.answer");
        }
        live.calls.awaitEnds(1);

        assertThat(live.calls.ends).containsExactly("ringing DESTINATION_OUT_OF_ORDER");
        assertThat(live.calls.live()).isEqualTo(1);
    }

    @Test
    void httpThatIsNoUpgradeGetsAnAnswer() throws IOException {
        assertThat(http("GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(http("GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(http("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(http("rubbish\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(http("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n")).startsWith("HTTP/1.1 413 ");
        assertThat(http("GET / HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Key: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(http("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(http("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    private String http(String request) throws IOException {
        try (RawClient client = RawClient.connect(live.plain())) {
            client.write(request);
            String head = client.head();
            assertThat(head).doesNotContain("Exception", "io.jverto", "netty");
            return head;
        }
    }

    private static void half(String text, InetSocketAddress server) throws IOException {
        try (RawClient client = RawClient.connect(server)) {
            client.write(text);
        }
    }

    private static boolean floodUntilClosed(RawClient client, byte[] message) {
        try {
            for (int i = 0; i < 200; i++) {
                client.frame(0x81, message);
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private static void login(RawClient client, String user) throws IOException {
        client.text("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"" + user + "\",\"passwd\":\"1234\"}}");
        assertThat(client.next()).contains("logged in");
        assertThat(client.next()).contains("verto.clientReady");
    }

    private static void invite(RawClient client, String callId, String number) throws IOException {
        client.text("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"verto.invite\",\"params\":{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\""
                + callId + "\",\"destination_number\":\"" + number + "\"}}}");
        assertThat(client.next()).contains("CALL CREATED");
    }
}
