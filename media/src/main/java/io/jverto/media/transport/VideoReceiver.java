package io.jverto.media.transport;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.HeaderExtensions;
import io.jverto.media.rtp.ReceiveStatistics;
import io.jverto.media.rtp.RtcpWriter;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.video.ArrivalLog;
import io.jverto.media.video.KeyFrameWish;
import io.jverto.media.video.KeyFrames;
import io.jverto.media.video.LossTracker;
import java.util.ArrayList;
import java.util.List;

/// The video that a peer sends: what is missing is asked for again, key frames are asked for as viewers need them, the peer is told how much it
/// may send, and each packet goes to all who watch (RFC 4585, RFC 4588).
@OwnedBy(Role.MEDIA_LOOP)
final class VideoReceiver {
    private static final long TELL_ARRIVALS_NANOS = 50_000_000L;
    private static final long TELL_BANDWIDTH_NANOS = 1_000_000_000L;
    /// How often wishes of viewers are looked at.
    private static final long LOOK_NANOS = 20_000_000L;
    private static final int MAX_ASKED = 64;
    /// Whoever sends less than this sends no picture.
    private static final int LEAST_KBPS = 64;

    private final TransportShared shared;
    private final SecureLink link;
    private final LiveStats stats;
    private final int ssrc;
    private final ReceiveStatistics received = new ReceiveStatistics(VideoCodec.CLOCK);
    private final LossTracker losses = new LossTracker();
    private final KeyFrameWish keyFrames = new KeyFrameWish();
    private final ArrivalLog arrivals = new ArrivalLog();
    private final List<VideoLink> viewers = new ArrayList<>();
    private final int[] asked = new int[MAX_ASKED];
    private final byte[] arrived = new byte[ArrivalLog.MAX_BYTES];

    private VideoPlan plan;
    private boolean hasRemote;
    private int remoteSsrc;
    private int commands;
    private long lookNanos = Long.MIN_VALUE;
    private long tellArrivalsNanos;
    private long tellBandwidthNanos;
    private int toldKbps;

    /// @param ssrc of what we send, under which we report
    VideoReceiver(TransportShared shared, SecureLink link, LiveStats stats, int ssrc, VideoPlan plan) {
        this.shared = shared;
        this.link = link;
        this.stats = stats;
        this.ssrc = ssrc;
        this.plan = plan;
    }

    void apply(VideoPlan next) {
        if (next.codec() != plan.codec()) {
            hasRemote = false;
        }
        plan = next;
        lookNanos = Long.MIN_VALUE;
    }

    VideoPlan plan() {
        return plan;
    }

    void add(VideoLink viewer) {
        viewers.add(viewer);
        lookNanos = Long.MIN_VALUE;
    }

    boolean isTaken(int payloadType) {
        return payloadType == plan.payloadType() || payloadType == plan.rtxPayloadType();
    }

    int remoteSsrc() {
        return remoteSsrc;
    }

    ReceiveStatistics received() {
        return received;
    }

    /// Takes an authentic, decrypted packet; the array is written to.
    void onRtp(long nowNanos, byte[] bytes, int offset, int length) {
        RtpPacket packet = shared.incoming;
        if (!packet.read(bytes, offset, length)) {
            shared.counters.increment(TransportCount.RTP_MALFORMED);
            return;
        }
        noteArrival(nowNanos, packet, bytes);
        if (!plan.receiving()) {
            shared.counters.increment(TransportCount.RTP_NOT_WANTED);
        } else if (packet.payloadType() == plan.payloadType()) {
            onPacket(nowNanos, packet, bytes, length);
        } else {
            onRepeated(nowNanos, packet, bytes);
        }
    }

    private void noteArrival(long nowNanos, RtpPacket packet, byte[] bytes) {
        int id = plan.extensions().transportSequence();
        int at = id == 0 ? -1 : HeaderExtensions.find(packet, bytes, id, 2);
        if (at >= 0) {
            arrivals.onPacket(nowNanos, HeaderExtensions.u16(bytes, at));
        }
    }

    private void onPacket(long nowNanos, RtpPacket packet, byte[] bytes, int length) {
        if (!hasRemote || packet.ssrc() != remoteSsrc) {
            hasRemote = true;
            remoteSsrc = packet.ssrc();
            received.restart(VideoCodec.CLOCK);
            losses.restart();
        }
        if (!received.onPacket(nowNanos, packet.sequence(), packet.timestamp())) {
            shared.counters.increment(TransportCount.RTP_SEQUENCE_JUMP);
            return;
        }
        stats.received(length, received.totalLost(), received.jitterMillis());
        take(nowNanos, packet.marker(), packet.sequence(), packet.timestamp(), bytes, packet.payloadOffset(), packet.payloadLength());
    }

    /// RFC 4588 section 4: the number that it had at first, then what it held. Without anything behind it, it only measures the way.
    private void onRepeated(long nowNanos, RtpPacket packet, byte[] bytes) {
        if (packet.payloadLength() <= 2 || !hasRemote) {
            return;
        }
        int original = HeaderExtensions.u16(bytes, packet.payloadOffset());
        shared.counters.increment(TransportCount.VIDEO_REPAIRED);
        take(nowNanos, packet.marker(), original, packet.timestamp(), bytes, packet.payloadOffset() + 2, packet.payloadLength() - 2);
    }

    private void take(long nowNanos, boolean marker, int sequence, int timestamp, byte[] bytes, int offset, int length) {
        if (!losses.onPacket(nowNanos, sequence)) {
            shared.counters.increment(TransportCount.VIDEO_TOO_MANY_LOST);
            keyFrames.want();
        }
        boolean key = KeyFrames.begins(plan.codec(), bytes, offset, length);
        if (key) {
            keyFrames.arrived();
        }
        // Its own header, extensions and all, was at least as long.
        int at = offset - RtpPacket.FIXED_HEADER;
        RtpPacket.writeHeader(bytes, at, marker, plan.payloadType(), sequence, timestamp, remoteSsrc);
        for (int i = viewers.size() - 1; i >= 0; i--) {
            pass(nowNanos, viewers.get(i), key, bytes, at, RtpPacket.FIXED_HEADER + length);
        }
    }

    private void pass(long nowNanos, VideoLink viewer, boolean key, byte[] bytes, int at, int length) {
        PacketRing ring = viewer.ring();
        if (viewer.isClosed()) {
            return;
        }
        if (ring == null) {
            viewer.viewer().watch(nowNanos, viewer, key, bytes, at, length);
        } else if (ring.offer(key ? 1 : 0, bytes, at, length)) {
            viewer.wakeViewer();
        } else {
            shared.counters.increment(TransportCount.RING_FULL);
        }
    }

    /// Whoever runs the switch wants one.
    void wantKeyFrame() {
        keyFrames.want();
        lookNanos = Long.MIN_VALUE;
    }

    /// A report of the peer's: the source's clock, for those who watch.
    void onSenderReport(VideoLink.SenderClock clock) {
        for (int i = 0; i < viewers.size(); i++) {
            viewers.get(i).clock(clock);
        }
    }

    /// @param millis that pictures are longer under way than sound
    void later(int millis) {
        for (int i = 0; i < viewers.size(); i++) {
            viewers.get(i).later(millis);
        }
    }

    /// Tells the peer what is due.
    ///
    /// @param roundTripNanos 0 when unknown
    /// @return the next deadline
    long onTimeout(long nowNanos, long roundTripNanos, TransportOutput out) {
        if (!link.ready() || !plan.receiving()) {
            return Long.MAX_VALUE;
        }
        if (nowNanos - lookNanos >= 0 || lookNanos == Long.MIN_VALUE) {
            lookNanos = viewers.isEmpty() ? Long.MAX_VALUE : nowNanos + LOOK_NANOS;
            look();
        }
        askForKeyFrame(nowNanos, out);
        if (hasRemote) {
            askForLost(nowNanos, roundTripNanos, out);
            tellArrivals(nowNanos, out);
            tellBandwidth(nowNanos, out);
        }
        return deadline(nowNanos);
    }

    private long deadline(long nowNanos) {
        if (!hasRemote) {
            return lookNanos; // its first packet comes before anything can be asked of it
        }
        long next = Math.min(lookNanos, Math.min(keyFrames.deadline(nowNanos), plan.feedback().nack() ? losses.deadline() : Long.MAX_VALUE));
        next = arrivals.hasNews() ? Math.min(next, tellArrivalsNanos) : next;
        return plan.feedback().remb() && !viewers.isEmpty() ? Math.min(next, tellBandwidthNanos) : next;
    }

    private void look() {
        for (int i = viewers.size() - 1; i >= 0; i--) {
            VideoLink viewer = viewers.get(i);
            if (viewer.isClosed()) {
                viewers.remove(i);
            } else if (viewer.takeKeyFrameWish() && !keyFrames.want()) {
                shared.counters.increment(TransportCount.VIDEO_KEY_WISHES_MERGED);
            }
        }
    }

    private void askForKeyFrame(long nowNanos, TransportOutput out) {
        VideoPlan.Feedback can = plan.feedback();
        // Before the first packet there is no name to ask it by; who begins to send begins with a key frame.
        if (!hasRemote || !keyFrames.isDue(nowNanos)) {
            return;
        }
        RtcpWriter report = begin();
        if (can.pictureLoss() || !can.fullIntra()) {
            report.pictureLoss(ssrc, remoteSsrc);
        } else {
            report.fullIntra(ssrc, remoteSsrc, commands++);
        }
        shared.counters.increment(TransportCount.VIDEO_KEY_ASKED);
        link.sendRtcp(report.bytes(), report.length(), out);
    }

    private void askForLost(long nowNanos, long roundTripNanos, TransportOutput out) {
        int count = plan.feedback().nack() ? losses.due(nowNanos, roundTripNanos, asked) : 0;
        if (count > 0) {
            RtcpWriter report = begin();
            report.nack(ssrc, remoteSsrc, asked, count);
            shared.counters.add(TransportCount.VIDEO_LOST_ASKED, count);
            link.sendRtcp(report.bytes(), report.length(), out);
        }
        int givenUp = losses.takeGivenUp();
        if (givenUp > 0) {
            shared.counters.add(TransportCount.VIDEO_GIVEN_UP, givenUp);
            keyFrames.want();
        }
    }

    private void tellArrivals(long nowNanos, TransportOutput out) {
        if (!arrivals.hasNews() || nowNanos - tellArrivalsNanos < 0) {
            return;
        }
        tellArrivalsNanos = nowNanos + TELL_ARRIVALS_NANOS;
        RtcpWriter report = begin();
        report.transportWide(ssrc, remoteSsrc, arrived, arrivals.write(arrived));
        link.sendRtcp(report.bytes(), report.length(), out);
    }

    /// What the weakest viewer can take, at once when that is less than before.
    private void tellBandwidth(long nowNanos, TransportOutput out) {
        if (!plan.feedback().remb() || viewers.isEmpty()) {
            return;
        }
        int kbps = plan.maxReceiveKbps();
        for (int i = 0; i < viewers.size(); i++) {
            int theirs = viewers.get(i).kbps();
            kbps = theirs > 0 && (kbps == 0 || theirs < kbps) ? theirs : kbps;
        }
        boolean less = toldKbps > 0 && kbps < toldKbps * 0.97;
        if (kbps == 0 || !less && nowNanos - tellBandwidthNanos < 0) {
            return;
        }
        toldKbps = kbps;
        tellBandwidthNanos = nowNanos + TELL_BANDWIDTH_NANOS;
        RtcpWriter report = begin();
        report.bandwidth(ssrc, remoteSsrc, 1_000L * Math.max(LEAST_KBPS, kbps));
        link.sendRtcp(report.bytes(), report.length(), out);
    }

    /// RFC 4585 section 3.5: feedback stands behind a report.
    private RtcpWriter begin() {
        RtcpWriter report = shared.report;
        report.clear();
        report.receiverReport(ssrc);
        return report;
    }
}
