package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.count.VertoCount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// permessage-deflate over real sockets (RFC 7692), and S2 of security.md.
class DeflateTest {
    private static final String ECHO = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":{\"login\":\"1019@test\",\"passwd\":\"1234\",\"a\":\"%s\"}}";
    private static final int COMPRESSED_TEXT = 0xc1;

    private final LiveServer live = new LiveServer(Config.param("permessage-deflate", "true"));

    @AfterEach
    void close() {
        live.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=10; client_no_context_takeover",
        "x-webkit-deflate-frame, permessage-deflate; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=9, permessage-deflate"
    })
    void isAgreedOnWithoutMemoryBetweenMessages(String offer) throws IOException {
        try (RawClient client = RawClient.connect(live.plain())) {
            assertThat(client.handshake("Sec-WebSocket-Extensions: " + offer + "\r\n"))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "permessage-deflate; server_max_window_bits=9",
        "permessage-deflate; unknown",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_no_context_takeover=1",
        "x-webkit-deflate-frame",
        ";;,,=",
    })
    void anOfferThatCannotBeMetIsPassedOver(String offer) throws IOException {
        try (RawClient client = RawClient.connect(live.plain())) {
            assertThat(client.handshake("Sec-WebSocket-Extensions: " + offer + "\r\n"))
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void messagesComeAndGoCompressedAndShortOnesPlain() throws IOException {
        try (RawClient client = open()) {
            String words = "words ".repeat(1_000);
            client.frame(COMPRESSED_TEXT, compress(ECHO.formatted(words)));
            assertThat(client.next()).matches("compressed:[0-9]{2,3}:.*").contains(words);
            client.next(); // clientReady

            client.frame(COMPRESSED_TEXT, compress(ECHO.formatted("one")));
            assertThat(client.next()).startsWith("{").contains("\"a\":\"one\"");
            client.text(ECHO.formatted("two"));
            assertThat(client.next()).startsWith("{").contains("\"a\":\"two\"");
        }
    }

    @Test
    void aMessageMayComeInFragments() throws IOException {
        try (RawClient client = open()) {
            byte[] whole = compress(ECHO.formatted("abc"));
            client.frame(0x41, Arrays.copyOf(whole, 10));
            client.frame(0x00, Arrays.copyOfRange(whole, 10, 20));
            client.frame(0x80, Arrays.copyOfRange(whole, 20, whole.length));

            assertThat(client.next()).contains("\"a\":\"abc\"");
        }
    }

    @Test
    void aMessageOfTheGreatestLengthStillPasses() throws IOException {
        try (RawClient client = open()) {
            String filler = ".".repeat(1_000_000 - ECHO.length() + 2);
            client.frame(COMPRESSED_TEXT, compress(ECHO.formatted(filler)));

            assertThat(client.next()).startsWith("compressed:").contains(filler);
        }
    }

    @Test
    void s2ABombIsClosedBeforeItGrows() throws IOException {
        try (RawClient client = open()) {
            byte[] bomb = compress("\0".repeat(200_000_000));
            assertThat(bomb.length).isLessThan(1_000_000);

            client.frame(COMPRESSED_TEXT, bomb);

            assertThat(client.last()).isEqualTo("close:1009");
            assertThat(live.server.counters().get(VertoCount.FRAMES_TOO_LONG)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffff", "07", "2a04ffff"})
    void s2WhatCannotBeExpandedIsClosed(String hex) throws IOException {
        try (RawClient client = open()) {
            client.frame(COMPRESSED_TEXT, HexFormat.of().parseHex(hex));

            assertThat(client.last()).isEqualTo("close:1007");
        }
    }

    @Test
    void s2TextMustBeTextWhenItIsExpanded() throws IOException {
        try (RawClient client = open()) {
            client.frame(COMPRESSED_TEXT, compress(new byte[] {'"', (byte) 0xff, '"'}));

            assertThat(client.last()).isEqualTo("close:1007");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xa1, 0x91, 0xf1, 0xc9})
    void s2OtherReservedBitsAreAFault(int first) throws IOException {
        try (RawClient client = open()) {
            client.frame(first, compress("{}"));

            assertThat(client.last()).isEqualTo("close:1002");
        }
    }

    @Test
    void s2WithoutAnAgreementACompressedFrameIsAFault() throws IOException {
        try (RawClient client = RawClient.upgrade(live.plain())) {
            client.frame(COMPRESSED_TEXT, compress("{}"));

            assertThat(client.last()).isEqualTo("close:1002");
        }
    }

    @Test
    void itIsLeftAloneUnlessTheProfileAsksForIt() throws IOException {
        try (LiveServer plain = new LiveServer();
                RawClient client = RawClient.connect(plain.plain())) {
            assertThat(client.handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n"))
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void aSpeedTestIsNotCompressed() throws IOException {
        try (RawClient client = open()) {
            client.text(ECHO.formatted("login"));
            client.next();
            client.next(); // clientReady
            client.text("#SPU 4096");
            for (int i = 0; i < 4; i++) {
                client.text("#SPB " + ".".repeat(1_019));
            }
            client.text("#SPE");

            assertThat(client.next()).startsWith("#SPU ");
            assertThat(client.next()).startsWith("#SPB").hasSize(1_024);
        }
    }

    private RawClient open() throws IOException {
        RawClient client = RawClient.connect(live.plain());
        client.handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        return client;
    }

    private static byte[] compress(String text) {
        return compress(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] compress(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[65_536];
        int count;
        do {
            count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, count);
        } while (count == chunk.length);
        deflater.end();
        return Arrays.copyOf(out.toByteArray(), out.size() - 4);
    }
}
