package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.count.VertoCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attack S2: whatever a client does to the framing (RFC 6455) ends at its own connection, with the code that fits. The classes of
/// cases are those that the Autobahn suite made common.
class FramingTest {
    private static final LiveServer LIVE = new LiveServer();
    private static final String LOGIN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"1001\",\"passwd\":\"1234\"}}";
    private static final int TEXT = 0x81;
    private static final int TEXT_BEGINS = 0x01;
    private static final int GOES_ON = 0x00;
    private static final int GOES_ON_TO_ITS_END = 0x80;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;
    private static final String PONG = "opcode:10";

    @AfterAll
    static void close() {
        LIVE.close();
    }

    @AfterEach
    void nothingWasABug() {
        assertThat(LIVE.server.counters().get(VertoCount.BUGS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "81ff8000000000000000, 1002", // the highest bit must be zero
        "81ffffffffffffffffff, 1002",
        "81ff7fffffffffffffff, 1009",
        "81ff0000000100000005, 1009", // 5, if somebody kept 32 bits of it
        "81ff00000000000f4241, 1009", // one byte too many
        "81ff0000000000000005, 1002", // not the shortest form
        "81fe0005, 1002"
    })
    void s2LengthsAreReadWhole(String header, int code) throws IOException {
        assertThat(last(hex(header + "01020304"))).isEqualTo("close:" + code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c185", "a185", "9185", "f185", "c989", "8385", "8485", "8585", "8685", "8785", "8b85", "8c85", "8d85", "8e85", "8f85"})
    void s2ReservedBitsAndOpcodesAreRefused(String header) throws IOException {
        assertThat(last(hex(header + "0102030400000000"))).isEqualTo("close:1002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8105", "8903", "0105", "8802"})
    void s2AFrameWithoutMaskIsRefused(String header) throws IOException {
        assertThat(last(hex(header + "0000000000"))).isEqualTo("close:1002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0985", "0a85", "0885", "89fe007e", "8afe007e", "88fe007e"})
    void s2AControlFrameIsShortAndWhole(String header) throws IOException {
        assertThat(last(hex(header + "01020304" + "00".repeat(126)))).isEqualTo("close:1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999})
    void s2AFarewellWithACodeThatNobodyMaySendIsNotReturned(int code) throws IOException {
        assertThat(lastFrame(CLOSE, new byte[] {(byte) (code >>> 8), (byte) code})).isEmpty();
    }

    @Test
    void s2AFarewellIsNeverOneByteAndItsReasonIsText() throws IOException {
        assertThat(lastFrame(CLOSE, new byte[] {3})).isEqualTo("close:1002");
        assertThat(lastFrame(CLOSE, hex("03e8c328"))).isEmpty();
        assertThat(lastFrame(CLOSE, new byte[0])).isEqualTo("close:1000");
        assertThat(lastFrame(CLOSE, hex("0fa0"))).isEqualTo("close:1000");
    }

    @Test
    void s2WhatComesBehindAFarewellIsNotRead() throws IOException {
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            client.frame(CLOSE, hex("03e8"));
            client.text(LOGIN);

            assertThat(client.next()).isEqualTo("close:1000");
            assertThat(client.next()).isEqualTo("end");
        }
    }

    @Test
    void s2FragmentsBelongToOneMessage() throws IOException {
        assertThat(lastFrame(GOES_ON_TO_ITS_END, hex("7b7d"))).as("nothing to go on with").isEqualTo("close:1002");
        assertThat(lastFrame(GOES_ON, hex("7b7d"))).as("nothing to go on with").isEqualTo("close:1002");
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            client.frame(TEXT_BEGINS, hex("7b"));
            client.frame(TEXT, hex("7b7d"));

            assertThat(client.last()).as("a message within another").isEqualTo("close:1002");
        }
    }

    @Test
    void s2AMessageInFragmentsOfAByteWithPingsBetweenIsRead() throws IOException {
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            byte[] login = LOGIN.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < login.length; i++) {
                int first = i == 0 ? TEXT_BEGINS : i == login.length - 1 ? GOES_ON_TO_ITS_END : GOES_ON;
                client.frame(first, new byte[] {login[i]});
                if (i == 20) {
                    client.frame(PING, new byte[125]);
                }
            }

            assertThat(client.next()).isEqualTo(PONG);
            assertThat(client.next()).contains("logged in");
        }
    }

    @Test
    void s2FragmentsWithoutEndGrowNothing() throws IOException {
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            byte[] empty = RawClient.header(GOES_ON, 0, true);
            byte[] many = new byte[empty.length * 1_000];
            for (int i = 0; i < 1_000; i++) {
                System.arraycopy(empty, 0, many, i * empty.length, empty.length);
            }
            client.frame(TEXT_BEGINS, LOGIN.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                client.write(many);
            }
            client.frame(GOES_ON_TO_ITS_END, new byte[0]);

            assertThat(client.next()).contains("logged in");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "c080", // overlong
        "e08080", "f0808080", "fc8080808080",
        "eda080", // a surrogate
        "f4908080", // beyond U+10FFFF
        "ff", "80", "c328",
        "ceba78ceb1ce" // cut in the middle of a letter
    })
    void s2TextThatIsNotUtf8EndsTheConnection(String bytes) throws IOException {
        assertThat(lastFrame(TEXT, hex(bytes))).isEqualTo("close:1007");
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            client.frame(TEXT_BEGINS, hex("ceba"));
            client.frame(GOES_ON_TO_ITS_END, hex(bytes));

            assertThat(client.last()).isEqualTo("close:1007");
        }
    }

    @Test
    void s2ALetterMayBeCutByAFragment() throws IOException {
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            byte[] text = "{\"jsonrpc\":\"2.0\",\"id\":\"κόσμε\",\"method\":\"x\",\"params\":{}}".getBytes(StandardCharsets.UTF_8);
            int middle = new String(text, StandardCharsets.ISO_8859_1).indexOf('\u00ce') + 1;
            client.frame(TEXT_BEGINS, Arrays.copyOf(text, middle));
            client.frame(GOES_ON_TO_ITS_END, Arrays.copyOfRange(text, middle, text.length));

            assertThat(client.next()).contains("κόσμε", "Authentication Required");
        }
    }

    /// 64 MiB in one frame of 64 KiB. Where no compression is agreed the bit that says so is reserved.
    @Test
    void s2ACompressionBombDoesNotGoOff() throws IOException {
        try (RawClient client = RawClient.connect(LIVE.plain())) {
            client.write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
            String head = client.head();
            boolean agreed = head.toLowerCase(Locale.ROOT).contains("permessage-deflate");
            client.frame(0xc1, deflated(64 * 1024 * 1024));

            assertThat(head).startsWith("HTTP/1.1 101 ");
            assertThat(client.last()).isEqualTo(agreed ? "close:1009" : "close:1002");
        }
    }

    /// RFC 6455 section 5.5.3: whoever is behind may answer the latest ping alone.
    @Test
    void s2AFloodOfPingsPilesUpNoAnswers() throws IOException {
        int pings = 100_000;
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            byte[] thousand = repeated(frameOf(PING, new byte[120]), 1_000);
            for (int i = 0; i < pings / 1_000; i++) {
                client.write(thousand);
            }
            client.text(LOGIN);

            int pongs = 0;
            String frame = client.next();
            while (frame.equals(PONG)) {
                pongs++;
                frame = client.next();
            }

            assertThat(frame).contains("logged in");
            // What the sockets of this machine hold, and no more than a little beyond it; all of them would be 12 MB.
            assertThat(pongs).isBetween(1, pings / 2);
        }
    }

    private static String lastFrame(int first, byte[] payload) throws IOException {
        return last(frameOf(first, payload));
    }

    /// @return what the server says last to a client that sends these bytes
    private static String last(byte[] bytes) throws IOException {
        try (RawClient client = RawClient.upgrade(LIVE.plain())) {
            client.write(bytes);
            return client.last();
        }
    }

    private static byte[] frameOf(int first, byte[] payload) {
        byte[] header = RawClient.header(first, payload.length, true);
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        for (int i = 0; i < payload.length; i++) {
            frame[header.length + i] = (byte) (payload[i] ^ (i & 3) + 1);
        }
        return frame;
    }

    private static byte[] repeated(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    /// @return that many blanks as RFC 7692 section 7.2.1 sends them, but for the last four bytes
    private static byte[] deflated(int blanks) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            byte[] text = new byte[1 << 20];
            Arrays.fill(text, (byte) ' ');
            byte[] out = new byte[blanks / 100];
            int length = 0;
            for (int done = 0; done < blanks; done += text.length) {
                deflater.setInput(text);
                length += deflater.deflate(out, length, out.length - length, Deflater.SYNC_FLUSH);
            }
            return Arrays.copyOf(out, length - 4);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
