package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.Desk.Client;
import io.jverto.verto.count.VertoCount;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attack S3: JSON that is too deep, too wide, too long or plain wrong is answered, and the connection works on.
class HostileJsonTest {
    private static final String UNREADABLE = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"},\"id\":null}";

    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"));
    private final Client client = desk.connect();

    @BeforeEach
    void login() {
        client.login("1019@test");
    }

    @AfterEach
    void worksOn() {
        assertThat(client.ask("verto.ping", "{}")).contains("PONG");
        assertThat(desk.server.counters().get(VertoCount.BUGS)).isZero();
        desk.close();
    }

    @Test
    void s3DepthIsRefusedBeyondSixtyFour() {
        assertThat(echo("[".repeat(62) + "]".repeat(62))).contains("result");
        for (int depth : List.of(63, 1_000, 400_000)) {
            assertThat(echo("[".repeat(depth) + "]".repeat(depth))).isEqualTo(UNREADABLE);
            assertThat(echo("{\"a\":".repeat(depth / 5) + "1" + "}".repeat(depth / 5)).equals(UNREADABLE)).isEqualTo(depth / 5 > 62);
        }
        assertThat(say("[".repeat(900_000))).isEqualTo(UNREADABLE);
        assertThat(say("{\"a\":".repeat(190_000))).isEqualTo(UNREADABLE);
    }

    @Test
    void s3WidthIsRefused() {
        assertThat(echo(IntStream.range(0, 9_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}")))).contains("result");
        assertThat(echo(IntStream.range(0, 70_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}")))).isEqualTo(UNREADABLE);
        assertThat(echo("[" + "0,".repeat(250_000) + "0]")).isEqualTo(UNREADABLE);
        assertThat(echo("{\"" + "k".repeat(2_000) + "\":1}")).isEqualTo(UNREADABLE);
    }

    /// Keys whose hash codes are all the same: "Aa" and "BB" have one, and so has whatever is put together of them.
    @Test
    void s3KeysThatCollideDoNotTakeLong() {
        String keys = IntStream.range(0, 8_192)
                .mapToObj(i -> "\"" + Integer.toBinaryString(i | 1 << 13).replace("0", "Aa").replace("1", "BB") + "\":1")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(echo(keys)).contains("result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "0.00000000000000000000000000000000000000000000001", "-0", "123456789012345678901234567890"})
    void s3NumbersStayTextOfTheirOwn(String number) {
        assertThat(echo(number)).contains("\"x\":" + number);
        assertThat(client.ask("verto.bye", "{\"causeCode\":" + number + ",\"dialogParams\":{\"callID\":\"nosuch\",\"conferenceCanvasID\":" + number + "}}"))
                .contains("CALL DOES NOT EXIST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "01", "+1", ".5", "1.", "0x10", "'x'", "tru", "\"\\x\"", "\"\n\"", "[1,]", "{\"a\":1,}", "{a:1}", "/**/1", "\"open"})
    void s3WhatOnlyLooksLikeJsonIsNone(String value) {
        assertThat(echo(value)).isEqualTo(UNREADABLE);
    }

    @Test
    void s3OfTwoEqualKeysTheFirstCountsForAll() {
        assertThat(say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"verto.ping\",\"method\":\"echo\",\"params\":{}}")).contains("PONG");
        assertThat(say("{\"jsonrpc\":\"2.0\",\"id\":1,\"Method\":\"verto.ping\",\"method\":\"echo\",\"params\":{}}")).contains("PONG");
        assertThat(echo("1,\"x\":2")).contains("\"x\":1").doesNotContain(":2,");
    }

    @Test
    void s3HalfLettersAndNulsComeBackAsTextAndAreNoIds() {
        assertThat(echo("\"a\\ud800b\\u0000c\\udfff\"")).contains("result", "\\u0000");
        assertThat(client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\",\"destination_number\":\"91\\u000096\\u001b\"}}"))
                .contains("CALL CREATED");
        assertThat(desk.calls.admitted.getFirst().caller().destination()).isEqualTo("9196");
        client.received.clear();
    }

    /// A frame must stay UTF-8, whatever half letters a client put into it.
    @Test
    void s3AHalfLetterDoesNotBreakTheFrameOfTheReply() throws IOException {
        try (LiveServer live = new LiveServer();
                RawClient raw = RawClient.upgrade(live.plain())) {
            raw.text("{\"jsonrpc\":\"2.0\",\"id\":\"a\\ud800b\",\"method\":\"x\",\"params\":{}}");

            assertThat(raw.nextBytes()).asString(java.nio.charset.StandardCharsets.UTF_8).contains("\"a", "b\"").doesNotContain("\ufffd");
        }
    }

    /// Requests as clients send them, with pieces taken out, doubled, and put in.
    @Test
    void s3NoMutationOfARequestIsABugOrStopsTheConnection() {
        List<String> seeds = List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"verto.invite\",\"params\":{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\",\"destination_number\":\"9182\","
                        + "\"userVariables\":{\"a\":\"b\"},\"audio\":{\"echoCancellation\":true},\"recoverCall\":false,\"conferenceCanvasID\":1}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"verto.info\",\"params\":{\"dtmf\":\"1@200,2\",\"txt\":{\"code\":65},\"msg\":{\"to\":\"1001@test\",\"body\":\"x\"},"
                        + "\"dialogParams\":{\"callID\":\"C\"}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"verto.broadcast\",\"params\":{\"eventChannel\":\"demo\",\"localBroadcast\":true,\"data\":{\"x\":[1,2,3]}}}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"verto.subscribe\",\"params\":{\"eventChannel\":[\"demo\",\"presence\"]}},{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":{\"echoParams\":\"true\",\"y\":{}}}");
        List<String> pieces = List.of("{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e9", "\\u0000", "\\ud800", "\"callID\":", "\"params\":", "\"id\":{}", "[[]]", " ", "\u0000", "\uffff");
        Random random = new Random(3);
        for (int turn = 0; turn < 4_000; turn++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, pieces.get(random.nextInt(pieces.size())));
                    case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 30)));
                }
                text.append(text.isEmpty() ? "x" : "");
            }
            client.say(text.charAt(0) == '#' ? "x" + text : text.toString());
            assertThat(client.closed).as(text.toString()).isFalse();
            assertThat(client.received).as(text.toString()).allMatch(frame -> JsonText.parse(frame).isPresent());
            client.received.clear();
        }
    }

    private String echo(String value) {
        return say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":{\"x\":" + value + "}}");
    }

    private String say(String text) {
        client.say(text);
        return client.received.remove();
    }
}
