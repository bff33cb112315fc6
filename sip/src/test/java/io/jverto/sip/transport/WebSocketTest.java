package io.jverto.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.sip.message.SipTransport;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/// SIP over WebSockets (RFC 7118): the framing byte by byte, and a client that nobody here wrote.
class WebSocketTest {
    private static final String HELLO = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n";

    /// What a stream says.
    private static final class Heard implements WebSocketOutput {
        final List<String> messages = new ArrayList<>();
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        boolean over;
        boolean broken;

        @Override
        public void send(byte[] bytes) {
            sent.writeBytes(bytes);
        }

        @Override
        public void message(byte[] bytes, int length) {
            messages.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void over(boolean why) {
            over = true;
            broken = why;
        }

        String text() {
            return sent.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] frame(int first, String payload) {
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (text.length <= 125) {
            out.write(0x80 | text.length);
        } else {
            out.write(0x80 | 126);
            out.write(text.length >> 8);
            out.write(text.length);
        }
        byte[] mask = {1, 2, 3, 4};
        out.writeBytes(mask);
        for (int i = 0; i < text.length; i++) {
            out.write(text[i] ^ mask[i & 3]);
        }
        return out.toByteArray();
    }

    private static Heard after(byte[]... frames) {
        Heard heard = new Heard();
        WebSocketStream stream = new WebSocketStream();
        byte[] hello = HELLO.getBytes(StandardCharsets.ISO_8859_1);
        stream.onBytes(hello, 0, hello.length, heard);
        for (byte[] frame : frames) {
            for (int i = 0; i < frame.length; i++) {
                stream.onBytes(frame, i, 1, heard);
            }
        }
        return heard;
    }

    @Test
    void theHandshakeIsAnsweredAsTheRfcShows() {
        assertThat(after().text()).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Sec-WebSocket-Protocol: sip");
    }

    @Test
    void messagesComeWholeHoweverTheyAreCut() {
        String large = "x".repeat(300);
        Heard heard = after(frame(0x81, "one"), frame(0x01, "two "), frame(0x89, "ping"), frame(0x00, "and "), frame(0x80, "three"), frame(0x82, large));

        assertThat(heard.messages).containsExactly("one", "two and three", large);
        assertThat(heard.text()).endsWith("ping");
        assertThat(heard.over).isFalse();
    }

    @Test
    void s32WhatIsNotAsItMustBeEndsTheConnection() {
        byte[] unmasked = {(byte) 0x81, 1, 'x'};
        byte[] huge = {(byte) 0x82, (byte) 0xff, 0, 0, 0, 1, 0, 0, 0, 0};
        for (byte[] wrong : List.of(unmasked, huge, frame(0xc1, "reserved bit"), frame(0x80, "continues nothing"), frame(0x83, "opcode"), frame(0x09, "ping in parts"))) {
            Heard heard = after(wrong, frame(0x81, "never read"));
            assertThat(heard.over).isTrue();
            assertThat(heard.broken).isTrue();
            assertThat(heard.messages).isEmpty();
        }
        Heard begun = after(frame(0x01, "one"), frame(0x81, "another"));
        assertThat(begun.broken).isTrue();
        Heard long1 = after(frame(0x01, "y".repeat(40_000)), frame(0x80, "y".repeat(40_000)));
        assertThat(long1.broken).isTrue();
    }

    @Test
    void whoDoesNotAskForSipIsRefused() {
        for (String hello : List.of(HELLO.replace("Protocol: sip", "Protocol: chat"), HELLO.replace("GET", "POST"), HELLO.replace("13", "8"),
                "z".repeat(9_000))) {
            Heard heard = new Heard();
            byte[] bytes = hello.getBytes(StandardCharsets.ISO_8859_1);
            new WebSocketStream().onBytes(bytes, 0, bytes.length, heard);
            assertThat(heard.over).isTrue();
            assertThat(heard.text()).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void randomBytesRaiseNothing() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            after(bytes);
        }
    }

    @Test
    void aClientOfJavaSendsARequestAndGetsTheResponseOverItsConnection() throws Exception {
        try (Station station = new Station(TransportConfig.of(SSLContext.getDefault()), Station.unlimited()); HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("ws://127.0.0.1:" + station.listen(SipTransport.WS) + "/");
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            WebSocket socket = http.newWebSocketBuilder().subprotocols("sip").buildAsync(uri, listener(received)).join();

            socket.sendText("OPTIONS sip:pbx.test SIP/2.0\r\nVia: SIP/2.0/WS d.invalid;branch=z9hG4bKx\r\nFrom: <sip:a@pbx.test>;tag=1\r\n"
                    + "To: <sip:pbx.test>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n\r\n", true).join();

            assertThat(received.poll(20, TimeUnit.SECONDS)).startsWith("SIP/2.0 200 OK\r\n").contains("Via: SIP/2.0/WS d.invalid");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            assertThatThrownBy(() -> http.newWebSocketBuilder().buildAsync(uri, listener(received)).join()).isInstanceOf(CompletionException.class);
        }
    }

    private static WebSocket.Listener listener(BlockingQueue<String> received) {
        return new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    received.add(text.toString());
                    text.setLength(0);
                }
                from.request(1);
                return java.util.concurrent.CompletableFuture.completedStage(null);
            }
        };
    }
}
