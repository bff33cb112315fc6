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
import io.jverto.media.video.KeyFrameWish;
import io.jverto.media.video.KeyFrames;
import io.jverto.media.video.LayerMeter;
import io.jverto.media.video.LossTracker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One stream of the video that a peer sends: what is missing is asked for again, key frames are asked for as viewers need them, the peer is told how
/// much it may send, and each packet goes to all who watch (RFC 4585, RFC 4588).
@OwnedBy(Role.MEDIA_LOOP)
final class VideoReceiver {
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
    /// Of the whole camera.
    private final List<VideoLink> viewers;
    private final int layer;
    private final LayerMeter meter = new LayerMeter();
    private final int[] asked = new int[MAX_ASKED];

    private VideoPlan plan;
    private boolean hasRemote;
    private int remoteSsrc;
    private int commands;
    private long lookNanos = Long.MIN_VALUE;
    private long tellBandwidthNanos;
    private int toldKbps;
    /// One of several sizes: how much of each there is to be is the sender's business.
    private boolean alone = true;
    private VideoLink.@Nullable SenderClock clock;
    private int lastReport;
    private long lastReportNanos;

    /// @param ssrc of what we send, under which we report
    /// @param layer which of the sizes of a camera, from 0, the smallest
    /// @param viewers of the camera
    VideoReceiver(TransportShared shared, SecureLink link, LiveStats stats, int ssrc, VideoPlan plan, int layer, List<VideoLink> viewers) {
        this.layer = layer;
        this.viewers = viewers;
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

    /// Whoever watches has changed.
    void lookSoon() {
        lookNanos = Long.MIN_VALUE;
    }

    /// @param only whether there is no other size of the camera
    void alone(boolean only) {
        alone = only;
    }

    LayerMeter meter() {
        return meter;
    }

    int remoteSsrc() {
        return remoteSsrc;
    }

    ReceiveStatistics received() {
        return received;
    }

    /// Takes an authentic, decrypted packet; the array is written to.
    void onPacket(long nowNanos, RtpPacket packet, byte[] bytes, int length) {
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
    void onRepeated(long nowNanos, RtpPacket packet, byte[] bytes) {
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
        meter.onPacket(nowNanos, length, key && plan.codec() == VideoCodec.VP8 ? KeyFrames.heightOfVp8(bytes, offset, length) : 0);
        // Its own header, extensions and all, was at least as long.
        int at = offset - RtpPacket.FIXED_HEADER;
        RtpPacket.writeHeader(bytes, at, marker, plan.payloadType(), sequence, timestamp, remoteSsrc);
        for (int i = viewers.size() - 1; i >= 0; i--) {
            pass(nowNanos, viewers.get(i), key, bytes, at, RtpPacket.FIXED_HEADER + length);
        }
    }

    private void pass(long nowNanos, VideoLink viewer, boolean key, byte[] bytes, int at, int length) {
        PacketRing ring = viewer.ring();
        int before = viewer.layer();
        if (viewer.isClosed() || !viewer.takes(layer, key)) {
            return;
        }
        if (before != layer) {
            viewer.clock(clock);
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
    ///
    /// @param ntp by the peer's clock
    void onSenderReport(long nowNanos, long ntp, VideoLink.SenderClock told) {
        clock = told;
        lastReport = (int) (ntp >>> 16);
        lastReportNanos = nowNanos;
        for (int i = 0; i < viewers.size(); i++) {
            if (viewers.get(i).layer() == layer) {
                viewers.get(i).clock(told);
            }
        }
    }

    /// Adds a block to a report of ours, if anything came.
    void report(long nowNanos, RtcpWriter report) {
        if (received.started()) {
            received.closeInterval();
            int delay = lastReport == 0 ? 0 : (int) (((nowNanos - lastReportNanos) << 16) / 1_000_000_000L);
            report.reportBlock(remoteSsrc, received, lastReport, delay);
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
            tellBandwidth(nowNanos, out);
        }
        return deadline(nowNanos);
    }

    private long deadline(long nowNanos) {
        if (!hasRemote) {
            return lookNanos; // its first packet comes before anything can be asked of it
        }
        long next = Math.min(lookNanos, Math.min(keyFrames.deadline(nowNanos), plan.feedback().nack() ? losses.deadline() : Long.MAX_VALUE));
        return alone && plan.feedback().remb() && !viewers.isEmpty() ? Math.min(next, tellBandwidthNanos) : next;
    }

    private void look() {
        for (int i = viewers.size() - 1; i >= 0; i--) {
            VideoLink viewer = viewers.get(i);
            if (viewer.isClosed()) {
                viewers.remove(i);
            } else if (viewer.nextLayer() == layer && viewer.takeKeyFrameWish() && !keyFrames.want()) {
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

    /// What the weakest viewer can take, at once when that is less than before.
    private void tellBandwidth(long nowNanos, TransportOutput out) {
        if (!alone || !plan.feedback().remb() || viewers.isEmpty()) {
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
