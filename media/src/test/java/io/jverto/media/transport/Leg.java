package io.jverto.media.transport;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.srtp.SrtpSession;
import io.jverto.media.srtp.SrtpShared;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The media half of a transport with its keys agreed, and the peer at its other end.
final class Leg {
    static final long MILLIS = 1_000_000L;
    static final int OUR_SSRC = 0x1111;
    static final int PEER_SSRC = 0x9999;

    final Recorder out = new Recorder();
    final LiveStats stats = new LiveStats();
    final TransportShared shared;
    final AudioStream audio;
    final RtcpReports reports;
    final SecureLink link;
    final LiveStats videoStats = new LiveStats();
    private final TransportSetup setup;
    private final SrtpSession peer;
    private final AudioPlan plan;

    /// A packet that the peer got.
    record Got(boolean marker, int type, int sequence, int timestamp, int ssrc, byte[] extension, byte[] payload) {}

    Leg(TransportShared shared, AudioPlan plan) {
        this.shared = shared;
        this.plan = plan;
        byte[] bytes = new byte[16];
        SrtpKeys keys = new SrtpKeys(
                SrtpProfile.AES128_CM_HMAC_SHA1_80, bytes, Arrays.copyOf(bytes, 14), bytes, Arrays.copyOf(bytes, 14));
        this.link = new SecureLink(shared);
        link.select(new InetSocketAddress("127.0.0.1", 4_000));
        link.secure(new SrtpSession(keys, DtlsRole.SERVER, shared.srtp));
        this.peer = new SrtpSession(keys, DtlsRole.CLIENT, new SrtpShared(new Counters<>(SrtpCounter.class)));
        this.setup = new TransportSetup(new IceCredentials("ufrag", "password"), OUR_SSRC, "cname");
        this.audio = new AudioStream(shared, link, stats, OUR_SSRC, plan, out);
        this.reports = new RtcpReports(shared, link, audio, stats, setup);
    }

    /// With video from now on.
    VideoStream video(VideoPlan plan) {
        VideoStream video = new VideoStream(shared, link, videoStats, setup, plan, out);
        reports.video(video);
        return video;
    }

    /// A transport of the same names, for links that want to know one.
    PeerTransport transport() {
        return new PeerTransport(setup, shared);
    }

    /// The peer sends a packet that is whole already, with room behind it for its protection.
    ///
    /// @return the array and what of it is left, decrypted; nothing when it was refused
    Optional<byte[]> opened(byte[] whole, int length) {
        int opened = link.open(false, whole, 0, peer.protectRtp(whole, 0, length));
        return opened > 0 ? Optional.of(Arrays.copyOf(whole, opened)) : Optional.empty();
    }

    static TransportShared shared() {
        return new TransportShared(
                new Counters<>(TransportCount.class),
                new Counters<>(IceCounter.class),
                new Counters<>(SrtpCounter.class),
                new Random(7),
                0,
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    static AudioPlan opus(int payloadType, int eventType) {
        return new AudioPlan(
                AudioCodec.OPUS, payloadType, 1, 1, 20, OpusSettings.DEFAULT, eventType, 48_000, true, true);
    }

    /// The peer sends an RTP packet.
    void receive(long millis, int type, int sequence, int timestamp, boolean marker, byte... payload) {
        byte[] packet = new byte[RtpPacket.FIXED_HEADER + payload.length + SrtpSession.MAX_GROWTH];
        RtpPacket.writeHeader(packet, 0, marker, type, sequence, timestamp, PEER_SSRC);
        System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, payload.length);
        int length = peer.protectRtp(packet, 0, RtpPacket.FIXED_HEADER + payload.length);
        int opened = link.open(false, packet, 0, length);
        if (opened > 0) {
            audio.onRtp(millis * MILLIS, packet, 0, opened, out);
        }
    }

    /// The peer sends a compound RTCP packet.
    void receiveRtcp(long millis, byte[] compound) {
        byte[] packet = Arrays.copyOf(compound, compound.length + SrtpSession.MAX_GROWTH);
        int opened = link.open(true, packet, 0, peer.protectRtcp(packet, 0, compound.length));
        reports.onRtcp(millis * MILLIS, packet, 0, opened);
    }

    /// @return what came to the peer since the last call
    List<Got> got() {
        List<Got> got = new ArrayList<>();
        for (byte[] datagram : out.sent) {
            if (DatagramKind.of(datagram, 0, datagram.length) == DatagramKind.RTP) {
                got.add(opened(datagram));
            }
        }
        out.sent.clear();
        return got;
    }

    /// @return the compound RTCP packets that came to the peer since the last call
    List<byte[]> gotRtcp() {
        List<byte[]> got = out.sent.stream()
                .filter(datagram -> DatagramKind.of(datagram, 0, datagram.length) == DatagramKind.RTCP)
                .map(datagram -> Arrays.copyOf(datagram, peer.unprotectRtcp(datagram, 0, datagram.length)))
                .toList();
        out.sent.clear();
        return got;
    }

    private Got opened(byte[] datagram) {
        int length = peer.unprotectRtp(datagram, 0, datagram.length);
        RtpPacket packet = new RtpPacket();
        if (length < 0 || !packet.read(datagram, 0, length)) {
            throw new Broken("the peer cannot read what we send: " + length);
        }
        return new Got(
                packet.marker(),
                packet.payloadType(),
                packet.sequence(),
                packet.timestamp(),
                packet.ssrc(),
                Arrays.copyOfRange(datagram, packet.extensionOffset(), packet.extensionOffset() + packet.extensionLength()),
                Arrays.copyOfRange(datagram, packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength()));
    }

    AudioPlan plan() {
        return plan;
    }

    long count(TransportCount what) {
        return shared.counters.get(what);
    }
}
