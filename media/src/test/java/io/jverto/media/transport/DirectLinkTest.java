package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.count.Counters;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.srtp.SrtpSession;
import io.jverto.media.srtp.SrtpShared;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A transport whose peer is a telephone: where its sound is taken from and goes to, plain and with keys from the SDP.
class DirectLinkTest {
    private static final InetSocketAddress NAMED = new InetSocketAddress("192.0.2.10", 4_000);
    private static final InetSocketAddress NAMED_RTCP = new InetSocketAddress("192.0.2.10", 4_001);
    private static final InetSocketAddress BEHIND_NAT = new InetSocketAddress("198.51.100.7", 61_000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.66", 5_555);
    private static final long SECOND = 1_000_000_000L;
    private static final int SSRC = 0x7777;

    private final Recorder out = new Recorder();
    private final TransportShared shared = Leg.shared();
    private final PacketRing rx = new PacketRing(64, 1_400);
    private final PacketRing tx = new PacketRing(64, 1_400);
    private PeerTransport transport = transport(DirectRules.DEFAULT);
    private long now;
    private int got;

    private PeerTransport transport(DirectRules rules) {
        TransportSetup setup = new TransportSetup(new IceCredentials("unused", "unused"), 1, "cname", CandidateAcl.ANY, rules);
        PeerTransport made = new PeerTransport(setup, shared);
        made.route(new Route.Port(rx, tx));
        return made;
    }

    private static AudioPlan pcmu(boolean sending, boolean receiving) {
        return new AudioPlan(AudioCodec.PCMU, 0, 1, 1, 20, OpusSettings.DEFAULT, 101, 8_000, sending, receiving);
    }

    private void apply(InetSocketAddress rtp, InetSocketAddress rtcp, Optional<SrtpKeys> keys, AudioPlan audio) {
        transport.apply(now, new MediaPlan(new DirectPlan(rtp, rtcp, keys), audio), out);
    }

    private void apply() {
        apply(NAMED, NAMED_RTCP, Optional.empty(), pcmu(true, true));
    }

    private static byte[] packet(int sequence) {
        byte[] packet = new byte[2_048];
        RtpPacket.writeHeader(packet, 0, false, 0, sequence, sequence * 160, SSRC);
        return packet;
    }

    private void comes(InetSocketAddress from, int sequence) {
        transport.onDatagram(now, from, packet(sequence), 0, RtpPacket.FIXED_HEADER + 160, out);
    }

    private int received() {
        while (rx.poll((tag, bytes, length) -> got++)) {
            // all that came
        }
        return got;
    }

    private void speak() {
        byte[] packet = packet(0);
        tx.offer(now, packet, 0, RtpPacket.FIXED_HEADER + 160);
        transport.onFed(now, out);
    }

    private long count(TransportCount what) {
        return shared.counters.get(what);
    }

    @Test
    void soundGoesToWhereTheSdpSaysBeforeAnythingCame() {
        apply();

        speak();

        assertThat(out.told).containsExactly("connected");
        assertThat(out.sentTo).containsExactly(NAMED);
        assertThat(out.sent.getFirst()).hasSize(RtpPacket.FIXED_HEADER + 160);
    }

    @Test
    void s24APacketFromThereSettlesItAndNobodyElseIsHeardFromThenOn() {
        apply();

        comes(NAMED, 1);
        for (int i = 0; i < 100; i++) {
            comes(STRANGER, i);
        }
        speak();

        assertThat(received()).isEqualTo(1);
        assertThat(out.sentTo).containsExactly(NAMED);
        assertThat(count(TransportCount.FOREIGN_ADDRESS)).isEqualTo(100);
        assertThat(count(TransportCount.LEARNED)).isZero();
    }

    @Test
    void aPeerBehindANatProvesItselfByARunOfPacketsAndIsSentTo() {
        apply();

        for (int i = 0; i < DirectLink.PROOF - 1; i++) {
            comes(BEHIND_NAT, 65_530 + i & 0xffff);
        }
        speak();
        assertThat(received()).isZero();
        assertThat(out.sentTo).containsExactly(NAMED);

        comes(BEHIND_NAT, 65_530 + DirectLink.PROOF - 1 & 0xffff);
        speak();

        assertThat(received()).isEqualTo(1);
        assertThat(out.sentTo).containsExactly(NAMED, BEHIND_NAT);
        comes(NAMED, 1);
        assertThat(received()).isEqualTo(1);
        assertThat(count(TransportCount.FOREIGN_ADDRESS)).isEqualTo(1);
    }

    @Test
    void s24PacketsThatDoNotFollowEachOtherProveNothing() {
        apply();

        for (int i = 0; i < 500; i++) {
            comes(STRANGER, 2 * i);
        }
        for (int i = 0; i < 500; i++) { // two that take turns
            comes(STRANGER, i);
            comes(BEHIND_NAT, i);
        }

        assertThat(received()).isZero();
        assertThat(count(TransportCount.NOT_PROVED_YET)).isEqualTo(1_500);
    }

    @Test
    void s24NobodyProvesHimselfAfterTheLearningTimeUnlessADescriptionComesAgain() {
        apply();
        now += DirectLink.LEARNING_NANOS;

        for (int i = 0; i < 50; i++) {
            comes(BEHIND_NAT, i);
        }
        assertThat(received()).isZero();

        apply();
        for (int i = 0; i < 50; i++) {
            comes(BEHIND_NAT, i);
        }
        assertThat(received()).isEqualTo(51 - DirectLink.PROOF);
    }

    @Test
    void s24NobodyProvesHimselfWhereTheProfileForbidsIt() {
        transport = transport(new DirectRules(false, 0, 0));
        apply();

        for (int i = 0; i < 50; i++) {
            comes(BEHIND_NAT, i);
        }
        comes(NAMED, 1);

        assertThat(received()).isEqualTo(1);
    }

    @Test
    void aDescriptionWithTheSameAddressKeepsWhatWasLearnedAndAnotherAddressBeginsAnew() {
        apply();
        for (int i = 0; i < DirectLink.PROOF; i++) {
            comes(BEHIND_NAT, i);
        }

        apply();
        speak();
        comes(BEHIND_NAT, 50);
        assertThat(received()).isEqualTo(2);
        assertThat(out.sentTo).containsExactly(BEHIND_NAT);

        InetSocketAddress other = new InetSocketAddress("192.0.2.99", 7_000);
        apply(other, new InetSocketAddress("192.0.2.99", 7_001), Optional.empty(), pcmu(true, true));
        speak();
        comes(BEHIND_NAT, 51);
        comes(other, 1);
        assertThat(out.sentTo).containsExactly(BEHIND_NAT, other);
        assertThat(received()).isEqualTo(3);
    }

    @Test
    void aHoldInTheMannerOfRfc2543KeepsTheAddress() {
        apply();
        comes(NAMED, 1);
        apply(new InetSocketAddress("0.0.0.0", 4_000), new InetSocketAddress("0.0.0.0", 4_001), Optional.empty(), pcmu(false, false));
        apply();

        speak();

        assertThat(out.sentTo).containsExactly(NAMED);
    }

    @Test
    void reportsGoToTheirOwnPortAndWhereTheyComeFrom() {
        apply();
        comes(NAMED, 1);
        now += SECOND;
        transport.onTimeout(now, out);
        assertThat(out.controlTo).containsExactly(NAMED_RTCP);

        InetSocketAddress moved = new InetSocketAddress("192.0.2.10", 9_999);
        byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};
        transport.onDatagram(now, moved, Arrays.copyOf(report, 2_048), 0, 8, out);
        transport.onDatagram(now, STRANGER, Arrays.copyOf(report, 2_048), 0, 8, out);
        now += SECOND;
        transport.onTimeout(now, out);

        assertThat(out.controlTo).containsExactly(NAMED_RTCP, moved);
        assertThat(count(TransportCount.FOREIGN_ADDRESS)).isEqualTo(1);
    }

    @Test
    void reportsGoWhereSoundGoesWhenBothAgreedOnThat() {
        apply(NAMED, NAMED, Optional.empty(), pcmu(true, true));
        now += SECOND;

        transport.onTimeout(now, out);

        assertThat(out.controlTo).isEmpty();
        assertThat(out.sentTo).containsExactly(NAMED);
    }

    @Test
    void aPeerThatFallsSilentIsReportedOnceAndLaterOnHold() {
        transport = transport(new DirectRules(true, 30_000, 60_000));
        apply();
        comes(NAMED, 1);
        now += 29 * SECOND;
        comes(NAMED, 2);
        now += 29 * SECOND;
        transport.onTimeout(now, out);
        assertThat(out.told).containsExactly("connected");
        now += SECOND;
        transport.onTimeout(now, out);
        transport.onTimeout(now + SECOND, out);
        assertThat(out.told).containsExactly("connected", "failed SILENT");

        out.told.clear();
        apply(NAMED, NAMED_RTCP, Optional.empty(), pcmu(false, true));
        now += 59 * SECOND;
        transport.onTimeout(now, out);
        assertThat(out.told).isEmpty();
        now += SECOND;
        transport.onTimeout(now, out);
        assertThat(out.told).containsExactly("failed SILENT");
    }

    private static byte[] noise(int sequence) {
        byte[] packet = new byte[2_048];
        RtpPacket.writeHeader(packet, 0, false, 13, sequence, sequence * 160, SSRC);
        return packet;
    }

    @Test
    void aPeerThatSaysThatItPausesMayDoSoForAsLongAsOnHold() {
        transport = transport(new DirectRules(true, 30_000, 60_000));
        apply(NAMED, NAMED_RTCP, Optional.empty(), pcmu(true, true).withComfortNoise(13));
        comes(NAMED, 1);
        transport.onDatagram(now, NAMED, noise(2), 0, RtpPacket.FIXED_HEADER + 1, out);
        assertThat(received()).isEqualTo(2);
        now += 59 * SECOND;
        transport.onTimeout(now, out);
        assertThat(out.told).containsExactly("connected");

        comes(NAMED, 3);
        now += 30 * SECOND;
        transport.onTimeout(now, out);
        assertThat(out.told).containsExactly("connected", "failed SILENT");
    }

    @Test
    void noiseThatWasNotAgreedOnIsDropped() {
        apply();

        transport.onDatagram(now, NAMED, noise(1), 0, RtpPacket.FIXED_HEADER + 1, out);

        assertThat(received()).isZero();
        assertThat(count(TransportCount.RTP_WRONG_TYPE)).isEqualTo(1);
    }

    @Test
    void aPeerThatTakesNoiseIsToldThatThereIsSilenceWhileNothingIsSent() {
        apply(NAMED, NAMED, Optional.empty(), pcmu(true, true).withComfortNoise(13));
        speak();
        out.sent.clear();
        now += AudioStream.QUIET_NANOS - 1;
        transport.onTimeout(now, out);
        assertThat(sounds()).isZero();
        for (int i = 0; i < 3; i++) {
            now += i == 0 ? 1 : AudioStream.QUIET_NANOS;
            transport.onTimeout(now, out);
        }

        assertThat(sounds()).isEqualTo(3);
        byte[] last = out.sent.reversed().stream().filter(packet -> (packet[1] & 0x7f) == 13).findFirst().orElseThrow();
        assertThat(last).hasSize(RtpPacket.FIXED_HEADER + 1).endsWith(AudioStream.QUIET_LEVEL);
        speak();
        assertThat(out.sent.getLast()[1] & 0x7f).isZero();
    }

    private long sounds() {
        return out.sent.stream().filter(packet -> (packet[1] & 0x7f) < 64).count();
    }

    @Test
    void noiseIsRelayedOnlyToWhoeverTakesIt() {
        for (boolean takes : new boolean[] {true, false}) {
            Recorder others = new Recorder();
            PeerTransport other = new PeerTransport(new TransportSetup(new IceCredentials("unused", "unused"), 2, "cname", CandidateAcl.ANY, DirectRules.DEFAULT), shared);
            other.apply(now, new MediaPlan(new DirectPlan(BEHIND_NAT, BEHIND_NAT, Optional.empty()), takes ? pcmu(true, true).withComfortNoise(19) : pcmu(true, true)), others);
            transport = transport(DirectRules.DEFAULT);
            apply(NAMED, NAMED_RTCP, Optional.empty(), pcmu(true, true).withComfortNoise(13));
            transport.route(new Route.Relay(other, false));
            others.sent.clear();

            transport.onDatagram(now, NAMED, noise(1), 0, RtpPacket.FIXED_HEADER + 1, out);

            assertThat(others.sent.stream().filter(packet -> (packet[1] & 0x7f) == 19).count()).isEqualTo(takes ? 1 : 0);
        }
    }

    @Test
    void aPeerThatSaidItWouldOnlyListenMayBeSilent() {
        transport = transport(new DirectRules(true, 30_000, 60_000));
        apply(NAMED, NAMED_RTCP, Optional.empty(), pcmu(true, false));
        now += 3_600 * SECOND;

        transport.onTimeout(now, out);

        assertThat(out.told).containsExactly("connected");
    }

    @Test
    void stunAndDtlsAreNoBusinessOfATelephones() {
        apply();

        transport.onDatagram(now, NAMED, new byte[2_048], 0, 20, out);
        byte[] hello = new byte[2_048];
        hello[0] = 22;
        transport.onDatagram(now, NAMED, hello, 0, 100, out);

        assertThat(count(TransportCount.OTHER_PROTOCOL)).isEqualTo(2);
    }

    @Test
    void whatIsRelayedLeavesByTheTransportThatItIsRelayedTo() {
        Recorder others = new Recorder();
        PeerTransport other = transport(DirectRules.DEFAULT);
        other.apply(now, new MediaPlan(new DirectPlan(BEHIND_NAT, BEHIND_NAT, Optional.empty()), pcmu(true, true)), others);
        transport.route(new Route.Relay(other, true));
        apply();

        comes(NAMED, 1);

        assertThat(others.sentTo).containsExactly(BEHIND_NAT);
        assertThat(out.sentTo).isEmpty();
    }

    // Keys from the SDP.

    private static SrtpKeys keys(int ours, int theirs) {
        byte[] client = new byte[16];
        Arrays.fill(client, (byte) ours);
        byte[] server = new byte[16];
        Arrays.fill(server, (byte) theirs);
        return new SrtpKeys(SrtpProfile.AES128_CM_HMAC_SHA1_80, client, new byte[14], server, new byte[14]);
    }

    private static SrtpSession peer(SrtpKeys keys) {
        return new SrtpSession(keys, DtlsRole.SERVER, new SrtpShared(new Counters<>(SrtpCounter.class)));
    }

    private void comesSealed(SrtpSession peer, InetSocketAddress from, int sequence) {
        byte[] packet = packet(sequence);
        int length = peer.protectRtp(packet, 0, RtpPacket.FIXED_HEADER + 160);
        transport.onDatagram(now, from, packet, 0, length, out);
    }

    @Test
    void s24WithKeysOneAuthenticPacketProvesTheSourceAndAPlainOneIsDropped() {
        SrtpKeys keys = keys(1, 2);
        SrtpSession peer = peer(keys);
        apply(NAMED, NAMED_RTCP, Optional.of(keys), pcmu(true, true));

        for (int i = 0; i < 50; i++) {
            comes(STRANGER, i);
        }
        comes(NAMED, 1);
        comesSealed(peer, BEHIND_NAT, 2);
        speak();

        assertThat(received()).isEqualTo(1);
        assertThat(out.sentTo).containsExactly(BEHIND_NAT);
        byte[] sent = Arrays.copyOf(out.sent.getFirst(), 2_048);
        assertThat(peer.unprotectRtp(sent, 0, out.sent.getFirst().length)).isEqualTo(RtpPacket.FIXED_HEADER + 160);
        assertThat(count(TransportCount.UNAUTHENTIC)).isEqualTo(51);
    }

    @Test
    void theSameKeysAgainGoOnAndNewOnesOfThePeerTakeTheirPlace() {
        SrtpKeys first = keys(1, 2);
        SrtpSession peer = peer(first);
        apply(NAMED, NAMED_RTCP, Optional.of(first), pcmu(true, true));
        comesSealed(peer, NAMED, 1);

        apply(NAMED, NAMED_RTCP, Optional.of(keys(1, 2)), pcmu(true, true));
        byte[] replayed = packet(1);
        int length = peer(first).protectRtp(replayed, 0, RtpPacket.FIXED_HEADER + 160);
        transport.onDatagram(now, NAMED, replayed, 0, length, out);
        comesSealed(peer, NAMED, 2);
        assertThat(received()).isEqualTo(2);

        SrtpSession rekeyed = peer(keys(1, 9));
        apply(NAMED, NAMED_RTCP, Optional.of(keys(1, 9)), pcmu(true, true));
        comesSealed(rekeyed, NAMED, 3);
        comesSealed(peer, NAMED, 4);
        speak();
        assertThat(received()).isEqualTo(3);
        byte[] sent = Arrays.copyOf(out.sent.getFirst(), 2_048);
        assertThat(rekeyed.unprotectRtp(sent, 0, out.sent.getFirst().length)).isEqualTo(RtpPacket.FIXED_HEADER + 160);
    }
}
