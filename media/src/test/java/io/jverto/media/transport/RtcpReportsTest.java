package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jverto.media.rtp.ReceiveStatistics;
import io.jverto.media.rtp.RtcpReader;
import io.jverto.media.rtp.RtcpWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpReportsTest {
    private final Leg leg = new Leg(Leg.shared(), Leg.opus(111, 110));
    private final List<String> told = new ArrayList<>();
    private long lastNtp;

    @Test
    void reportsTheLossThatWasSeen() {
        leg.reports.start(0);
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 1) {
                leg.receive(20 * i, 111, i, 960 * i, false, (byte) 1);
            }
        }

        leg.reports.onTimeout(2_000 * Leg.MILLIS, leg.out);

        read(leg.gotRtcp().getFirst());
        assertThat(told).containsExactly("block of 9999 fraction 64 lost 25", "cname cname");
    }

    @Test
    void comesEachSecondTheFirstAfterHalfOfOne() {
        leg.reports.start(0);

        assertThat(leg.reports.onTimeout(499 * Leg.MILLIS, leg.out)).isEqualTo(500 * Leg.MILLIS);
        assertThat(leg.gotRtcp()).isEmpty();
        assertThat(leg.reports.onTimeout(500 * Leg.MILLIS, leg.out)).isEqualTo(1_500 * Leg.MILLIS);
        assertThat(leg.gotRtcp()).hasSize(1);
    }

    @Test
    void isASenderReportWhenSomethingWasSent() {
        leg.audio.route(new Route.Echo());
        leg.receive(0, 111, 1, 0, false, (byte) 1, (byte) 2);
        leg.reports.start(0);

        leg.reports.onTimeout(500 * Leg.MILLIS, leg.out);
        read(leg.gotRtcp().getFirst());
        leg.reports.onTimeout(1_500 * Leg.MILLIS, leg.out);
        read(leg.gotRtcp().getFirst());

        assertThat(told.getFirst()).isEqualTo("SR");
        assertThat(told.subList(1, told.size())).doesNotContain("SR");
    }

    @Test
    void roundTripComesFromTheBlockAboutUs() {
        leg.audio.route(new Route.Echo());
        leg.receive(0, 111, 1, 0, false, (byte) 1);
        leg.reports.start(0);
        leg.reports.onTimeout(500 * Leg.MILLIS, leg.out);
        read(leg.gotRtcp().getFirst());
        ReceiveStatistics peers = new ReceiveStatistics(48_000);
        peers.onPacket(1);
        peers.onPacket(3);
        peers.closeInterval();

        RtcpWriter writer = new RtcpWriter(200);
        writer.receiverReport(Leg.PEER_SSRC);
        writer.reportBlock(Leg.OUR_SSRC, peers, (int) (lastNtp >>> 16), 65_536 / 10);
        leg.receiveRtcp(680, Arrays.copyOf(writer.bytes(), writer.length()));

        assertThat(leg.stats.snapshot().roundTrip().mean()).isCloseTo(80, within(0.1));
        assertThat(leg.stats.snapshot().remoteLost()).isEqualTo(1);
    }

    @Test
    void whatThePeerSaysThatItLosesOfOursIsHeard() {
        ReceiveStatistics peers = new ReceiveStatistics(48_000);
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 3) {
                peers.onPacket(i);
            }
        }
        peers.closeInterval();
        RtcpWriter writer = new RtcpWriter(200);
        writer.receiverReport(Leg.PEER_SSRC);
        writer.reportBlock(Leg.OUR_SSRC + 1, peers, 0, 0);
        leg.receiveRtcp(500, Arrays.copyOf(writer.bytes(), writer.length()));
        assertThat(leg.stats.loss().losing()).as("of another stream").isFalse();

        writer.clear();
        writer.receiverReport(Leg.PEER_SSRC);
        writer.reportBlock(Leg.OUR_SSRC, peers, 0, 0);
        leg.receiveRtcp(600, Arrays.copyOf(writer.bytes(), writer.length()));

        assertThat(leg.stats.loss().losing()).isTrue();
    }

    @Test
    void whatWeLoseOfThePeersStandsInForItUntilItReports() {
        leg.reports.start(0);
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 1) {
                leg.receive(20 * i, 111, i, 960 * i, false, (byte) 1);
            }
        }

        leg.reports.onTimeout(2_000 * Leg.MILLIS, leg.out);

        assertThat(leg.stats.loss().losing()).isTrue();
    }

    @Test
    void aCrazyRoundTripIsIgnored() {
        RtcpWriter writer = new RtcpWriter(200);
        writer.receiverReport(Leg.PEER_SSRC);
        writer.reportBlock(Leg.OUR_SSRC, new ReceiveStatistics(48_000), 0x7fff_ffff, 0x7fff_ffff);
        leg.receiveRtcp(680, Arrays.copyOf(writer.bytes(), writer.length()));

        assertThat(leg.stats.snapshot().roundTrip()).isEqualTo(TransportStats.Spread.NONE);
    }

    /// From the true peer, so that nothing is in front of the reader but itself.
    @ParameterizedTest
    @ValueSource(strings = {
        "80c9ffff 00000001", // longer than the datagram
        "9fc90001 00000001", // 31 blocks and none
        "81cd0002 00000001 00000002", // NACK without its list
        "81cdffff 00000001 00000002 00000000",
        "9fcb0001 00000001", // 31 sources leave
        "81cb0002 00000001 ff616263", // a reason that overruns
        "9fca0001 00000001", // 31 sources with items
        "81ca0002 00000001 01ff6161", // an item that overruns
        "a0c90001 000000ff", // padding that overruns
        "80c80001 00000001", // a sender report without itself
        "00c90001 00000001", // another version
        "80c90001 00000001 80"
    })
    void s25AuthenticRtcpThatIsMalformedIsDroppedAndAnsweredByNothing(String hex) {
        leg.reports.start(0);
        leg.receiveRtcp(1, HexFormat.of().parseHex(hex.replace(" ", "")));

        assertThat(leg.gotRtcp()).isEmpty();
        assertThat(leg.out.told).isEmpty();
        assertThat(leg.stats.snapshot().roundTrip()).isEqualTo(TransportStats.Spread.NONE);
        leg.receive(20, 111, 1, 960, false, (byte) 1);
        assertThat(leg.reports.onTimeout(500 * Leg.MILLIS, leg.out)).isEqualTo(1_500 * Leg.MILLIS);
        assertThat(leg.gotRtcp()).hasSize(1);
    }

    /// Receiver reports, losses and wishes for key frames by the thousand: each is read, none is answered.
    @Test
    void s25AFloodOfFeedbackIsAnsweredByTheReportsThatAreDueAlone() {
        leg.reports.start(0);
        byte[] compound = HexFormat.of().parseHex("80c90001000000018fcd00030000000100000002000a000081ce000200000001000011118fce00050000000100001111000000010000111101000000");
        for (int i = 0; i < 5_000; i++) {
            leg.receiveRtcp(1, compound);
        }

        assertThat(leg.gotRtcp()).isEmpty();
        leg.reports.onTimeout(500 * Leg.MILLIS, leg.out);
        assertThat(leg.gotRtcp()).hasSize(1);
    }

    @Test
    void saysGoodbye() {
        leg.reports.close(0, leg.out);

        read(leg.gotRtcp().getFirst());
        assertThat(told).containsExactly("cname cname", "bye 1111");
    }

    private void read(byte[] compound) {
        assertThat(RtcpReader.read(compound, 0, compound.length, new Told())).isTrue();
    }

    private final class Told implements RtcpReader.Handler {
        @Override
        public void onSenderReport(int ssrc, long ntp, int timestamp) {
            told.add("SR");
            lastNtp = ntp;
        }

        @Override
        public void onReportBlock(int source, int fractionLost, int cumulativeLost, int lastReport, int delay) {
            told.add("block of %x fraction %d lost %d".formatted(source, fractionLost, cumulativeLost));
        }

        @Override
        public void onCname(int ssrc, byte[] bytes, int offset, int length) {
            told.add("cname " + new String(bytes, offset, length, java.nio.charset.StandardCharsets.US_ASCII));
        }

        @Override
        public void onBye(int ssrc) {
            told.add("bye %x".formatted(ssrc));
        }
    }
}
