package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AudioStreamTest {
    private final TransportShared shared = Leg.shared();
    private final Leg leg = new Leg(shared, Leg.opus(111, 110));

    @Test
    void silenceSendsNothingButCounts() {
        leg.receive(0, 111, 1, 0, true, (byte) 1);
        leg.receive(60, 111, 4, 2_880, false, (byte) 1);

        assertThat(leg.got()).isEmpty();
        assertThat(leg.stats.snapshot().packetsRx()).isEqualTo(2);
        assertThat(leg.stats.snapshot().packetsLost()).isEqualTo(2);
    }

    @Test
    void echoGivesBackThePayloadOnOurOwnStream() {
        leg.audio.route(new Route.Echo());

        leg.receive(0, 111, 7, 90_000, false, (byte) 1, (byte) 2);
        leg.receive(20, 111, 8, 90_960, false, (byte) 3);

        List<Leg.Got> got = leg.got();
        assertThat(got).extracting(Leg.Got::type).containsExactly(111, 111);
        assertThat(got).extracting(Leg.Got::ssrc).containsOnly(Leg.OUR_SSRC);
        assertThat(got).extracting(Leg.Got::marker).containsExactly(true, false);
        assertThat(got.get(0).payload()).containsExactly(1, 2);
        assertThat(got.get(1).sequence() - got.get(0).sequence()).isEqualTo(1);
        assertThat(got.get(1).timestamp() - got.get(0).timestamp()).isEqualTo(960);
        assertThat(leg.stats.snapshot().packetsTx()).isEqualTo(2);
    }

    @Test
    void sequenceAndTimeGoOnAcrossRoutes() {
        PacketRing tx = new PacketRing(4, 100);
        leg.audio.route(new Route.Echo());
        leg.receive(0, 111, 7, 90_000, false, (byte) 1);
        leg.audio.route(new Route.Port(new PacketRing(4, 100), tx));

        byte[] packet = new byte[13];
        RtpPacket.writeHeader(packet, 0, false, 111, 0, 555, 0);
        tx.offer(0, packet, 0, packet.length);
        leg.audio.onFed(40 * Leg.MILLIS, leg.out);

        List<Leg.Got> got = leg.got();
        assertThat(got).hasSize(2);
        assertThat(got.get(1).sequence()).isEqualTo(got.get(0).sequence() + 1 & 0xffff);
        assertThat(got.get(1).timestamp() - got.get(0).timestamp()).isEqualTo(1_920);
        assertThat(got.get(1).marker()).isTrue();
    }

    @Test
    void aHeaderExtensionGoesOutWithWhatThePortSendsAndEndsAtARelay() {
        byte[] packet = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xbe, (byte) 0xde, 0, 1, 0x10, (byte) 0x9e, 0, 0, 7, 8};
        RtpPacket.writeHeader(packet, 0, false, 111, 0, 555, 0);
        RtpPacket.announceExtension(packet, 0);
        PacketRing tx = new PacketRing(4, 100);
        leg.audio.route(new Route.Port(new PacketRing(4, 100), tx));

        tx.offer(0, packet, 0, packet.length);
        leg.audio.onFed(40 * Leg.MILLIS, leg.out);
        PacketRing from = new PacketRing(4, 100);
        leg.audio.route(new Route.Across(new PacketRing(4, 100), () -> {}, Leg.opus(111, 110), from, true));
        from.offer(0, packet, 0, packet.length);
        leg.audio.onFed(60 * Leg.MILLIS, leg.out);

        List<Leg.Got> got = leg.got();
        assertThat(got).extracting(Leg.Got::payload).containsExactly(new byte[] {7, 8}, new byte[] {7, 8});
        assertThat(got).extracting(Leg.Got::extension).containsExactly(new byte[] {0x10, (byte) 0x9e, 0, 0}, new byte[0]);
        assertThat(leg.stats.snapshot().bytesTx()).isEqualTo(4);
    }

    @Test
    void thePortGetsWholeDecryptedPacketsWithTheirArrival() {
        PacketRing rx = new PacketRing(4, 100);
        leg.audio.route(new Route.Port(rx, new PacketRing(4, 100)));

        leg.receive(20, 111, 7, 90_000, false, (byte) 1, (byte) 2);
        leg.receive(40, 110, 8, 90_960, true, (byte) 5, (byte) 0x8a, (byte) 0, (byte) 9);

        List<String> packets = new ArrayList<>();
        while (rx.poll((tag, bytes, length) -> packets.add(tag / Leg.MILLIS + " " + length + " " + bytes[12]))) {}
        assertThat(packets).containsExactly("20 14 1");
    }

    @Test
    void relayMapsPayloadTypesOfAudioAndDigits() {
        Leg other = new Leg(shared, Leg.opus(96, 101));
        Relaying relaying = new Relaying(leg, other, true);

        leg.receive(0, 111, 7, 90_000, false, (byte) 1);
        relaying.pass(0);
        leg.receive(20, 110, 8, 90_960, true, (byte) 5, (byte) 0x0a, (byte) 3, (byte) 0xc0);
        relaying.pass(20);
        leg.receive(40, 111, 10, 92_880, false, (byte) 2);
        relaying.pass(40);

        List<Leg.Got> got = other.got();
        assertThat(got).extracting(Leg.Got::type).containsExactly(96, 101, 96);
        int first = got.get(0).sequence();
        assertThat(got).extracting(packet -> packet.sequence() - first & 0xffff).containsExactly(0, 1, 3);
        assertThat(got.get(1).payload()).containsExactly(5, 0x0a, 3, (byte) 0xc0);
    }

    @Test
    void eventsInAnotherClockAreNotRelayedAsTheyAre() {
        AudioPlan plan = new AudioPlan(AudioCodec.OPUS, 96, 1, 1, 20, OpusSettings.DEFAULT, 126, 8_000, true, true);
        Leg other = new Leg(shared, plan);
        Relaying relaying = new Relaying(leg, other, false);

        leg.receive(20, 110, 8, 90_960, true, (byte) 5, (byte) 0x0a, (byte) 3, (byte) 0xc0);
        relaying.pass(20);

        assertThat(other.got()).isEmpty();
    }

    @Test
    void digitsAreReportedOnceAtTheirEnd() {
        byte[] going = {5, 0x0a, 3, (byte) 0xc0};
        byte[] end = {5, (byte) 0x8a, 0x12, (byte) 0xc0};
        leg.receive(0, 110, 1, 1_000, true, going);
        leg.receive(100, 110, 2, 1_000, false, end);
        leg.receive(100, 110, 3, 1_000, false, end);

        assertThat(leg.out.told).containsExactly("5 100");
    }

    @Test
    void digitsThatWeSendTakeThePlaceOfAudio() {
        leg.audio.route(new Route.Echo());
        leg.receive(0, 111, 1, 0, false, (byte) 1);
        assertThat(leg.audio.sendDigit('7', 60)).isTrue();

        for (int i = 1; i <= 8; i++) {
            leg.audio.onTimeout(20 * i * Leg.MILLIS, leg.out);
            leg.receive(20 * i, 111, 1 + i, 960 * i, false, (byte) 1);
        }

        List<Leg.Got> got = leg.got();
        assertThat(got).extracting(Leg.Got::type).containsExactly(111, 110, 110, 110, 110, 110, 111, 111, 111, 111);
        int first = got.get(0).sequence();
        assertThat(got).extracting(packet -> packet.sequence() - first & 0xffff)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        int begin = got.get(0).timestamp();
        assertThat(got).extracting(packet -> packet.timestamp() - begin)
                .containsExactly(0, 960, 960, 960, 960, 960, 5 * 960, 6 * 960, 7 * 960, 8 * 960);
        assertThat(got.get(1).marker()).isTrue();
        assertThat(got.get(5).payload()).containsExactly(7, (byte) 0x8d, 2_880 >> 8, (byte) 2_880);
    }

    @Test
    void noDigitsWithoutAPayloadTypeForThem() {
        Leg mute = new Leg(shared, Leg.opus(111, -1));

        assertThat(mute.audio.sendDigit('7', 60)).isFalse();
        assertThat(mute.count(TransportCount.DIGITS_REFUSED)).isEqualTo(1);
    }

    @Test
    void nothingIsSentToAPeerThatWantsNothing() {
        AudioPlan held = new AudioPlan(AudioCodec.OPUS, 111, 1, 1, 20, OpusSettings.DEFAULT, 110, 48_000, false, true);
        leg.audio.apply(held);
        leg.audio.route(new Route.Echo());

        leg.receive(0, 111, 1, 0, false, (byte) 1);

        assertThat(leg.got()).isEmpty();
        assertThat(leg.count(TransportCount.RTP_HELD_BACK)).isEqualTo(1);
    }

    @Test
    void badPacketsAreDroppedAndCounted() {
        leg.audio.route(new Route.Echo());

        leg.receive(0, 99, 1, 0, false, (byte) 1);
        leg.receive(0, 111, 2, 0, false, (byte) 1);
        leg.receive(0, 110, 3, 0, false, (byte) 1);
        leg.receive(0, 111, 30_000, 0, false, (byte) 1);

        assertThat(leg.got()).hasSize(1);
        assertThat(leg.count(TransportCount.RTP_WRONG_TYPE)).isEqualTo(1);
        assertThat(leg.count(TransportCount.RTP_SEQUENCE_JUMP)).isEqualTo(1);
        assertThat(leg.count(TransportCount.EVENT_MALFORMED)).isEqualTo(1);
    }

    @Test
    void aFullRingDropsTheNewestAndCounts() {
        leg.audio.route(new Route.Port(new PacketRing(2, 100), new PacketRing(2, 100)));

        for (int i = 0; i < 5; i++) {
            leg.receive(i, 111, i, i, false, (byte) 1);
        }

        assertThat(leg.count(TransportCount.RING_FULL)).isEqualTo(3);
    }

    /// Two legs joined as if they were on two loops.
    private static final class Relaying {
        private final AtomicInteger wakes = new AtomicInteger();
        private final Leg to;

        Relaying(Leg from, Leg to, boolean events) {
            this.to = to;
            PacketRing there = new PacketRing(4, 200);
            PacketRing back = new PacketRing(4, 200);
            AudioPlan theirs = to.plan();
            from.audio.route(new Route.Across(there, wakes::incrementAndGet, theirs, back, events));
            to.audio.route(new Route.Across(back, wakes::incrementAndGet, from.plan(), there, events));
        }

        void pass(long millis) {
            to.audio.onFed(millis * Leg.MILLIS, to.out);
        }
    }
}
