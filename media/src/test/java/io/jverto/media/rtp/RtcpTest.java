package io.jverto.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private final RtcpWriter writer = new RtcpWriter(200);
    private final Told told = new Told();

    @Test
    void whatIsWrittenIsRead() {
        ReceiveStatistics statistics = new ReceiveStatistics(48_000);
        statistics.onPacket(0, 100, 0);
        statistics.onPacket(20_000_000, 103, 2_880);
        statistics.closeInterval();

        writer.clear();
        writer.senderReport(0xcafe, 0x0123456789abcdefL, 777, 12, 3_456);
        writer.reportBlock(0xbeef, statistics, 0x45678901, 65_536);
        writer.cname(0xcafe, "abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII));
        writer.bye(0xcafe);

        assertThat(RtcpReader.read(writer.bytes(), 0, writer.length(), told)).isTrue();
        assertThat(told.lines)
                .containsExactly(
                        "SR cafe 123456789abcdef 777",
                        "block beef 128 2 45678901 65536",
                        "cname cafe abcdefghijklmnop",
                        "bye cafe");
    }

    @Test
    void readsReducedSizeAndSkipsWhatItDoesNotKnow() {
        byte[] bytes = hex("8fcd0003 00000001 00000002 000a0000 80c90001 00000005");

        assertThat(RtcpReader.read(bytes, 0, bytes.length, told)).isTrue();
        assertThat(told.lines).isEmpty();
    }

    @Test
    void negativeLossIsRead() {
        byte[] bytes = hex("81c90007 00000001 00000002 00ffffff 00000000 00000000 00000000 00000000");

        assertThat(RtcpReader.read(bytes, 0, bytes.length, told)).isTrue();
        assertThat(told.lines).containsExactly("block 2 0 -1 0 0");
    }

    @Test
    void s25RefusesMalformedPackets() {
        assertThat(reads("80c9")).as("cut header").isFalse();
        assertThat(reads("80c90002 00000001")).as("length overruns").isFalse();
        assertThat(reads("9fc90001 00000001")).as("31 blocks, none there").isFalse();
        assertThat(reads("80c80001 00000001")).as("sender report without its information").isFalse();
        assertThat(reads("9fcb0001 00000001")).as("31 sources leave, one named").isFalse();
        assertThat(reads("81ca0002 00000001 01ff6161")).as("item overruns").isFalse();
        assertThat(reads("81ca0002 00000001 01026161")).as("list without end").isFalse();
        assertThat(reads("a0c90001 00000000")).as("padding of zero").isFalse();
        assertThat(reads("a0c90001 000000ff")).as("padding overruns").isFalse();
    }

    @Test
    void s25EveryPrefixIsRefusedOrReadWithoutFault() {
        writer.clear();
        writer.receiverReport(1);
        writer.reportBlock(2, new ReceiveStatistics(8_000), 0, 0);
        writer.cname(1, new byte[] {'a'});
        for (int length = 0; length < writer.length(); length++) {
            byte[] cut = Arrays.copyOf(writer.bytes(), length);

            assertThat(RtcpReader.read(cut, 0, length, told)).isEqualTo(length == 32);
        }
    }

    private boolean reads(String hex) {
        byte[] bytes = hex(hex);
        return RtcpReader.read(bytes, 0, bytes.length, told);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /// Writes down what a reader tells.
    private static final class Told implements RtcpReader.Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void onSenderReport(int ssrc, long ntp, int timestamp) {
            lines.add("SR %x %x %d".formatted(ssrc, ntp, timestamp));
        }

        @Override
        public void onReportBlock(int source, int fractionLost, int cumulativeLost, int lastReport, int delay) {
            lines.add("block %x %d %d %x %d".formatted(source, fractionLost, cumulativeLost, lastReport, delay));
        }

        @Override
        public void onCname(int ssrc, byte[] bytes, int offset, int length) {
            lines.add("cname %x %s".formatted(ssrc, new String(bytes, offset, length, StandardCharsets.US_ASCII)));
        }

        @Override
        public void onBye(int ssrc) {
            lines.add("bye %x".formatted(ssrc));
        }
    }
}
