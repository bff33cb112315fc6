package io.jverto.media.transport;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.HeaderExtensions;
import io.jverto.media.rtp.RtcpWriter;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.rtp.RtpRewriter;
import io.jverto.media.video.PictureIds;
import io.jverto.media.video.SentPackets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The video that a peer watches: one stream, whoever is its source. A new source takes over with its next key frame; until then the old one
/// goes on. What the peer misses is sent again as RFC 4588 says.
@OwnedBy(Role.MEDIA_LOOP)
final class VideoSender {
    private static final int MAX_FED = 256;
    /// A source whose key frames we do not see is let in all the same (media-rtc.md section 15).
    private static final long KEY_FRAME_WAIT_NANOS = 1_000_000_000L;
    /// Wishes of one viewer that are taken seriously; more would be a burden for all others.
    private static final long WISH_NANOS = 500_000_000L;
    private static final int SEND_TIME_BYTES = 3;
    private static final int MAX_ELEMENT = 16;
    private static final int MIN_KBPS = 1;

    private final TransportShared shared;
    private final SecureLink link;
    private final LiveStats stats;
    private final int ssrc;
    private final int rtxSsrc;
    /// Of the transport itself: what others send us leaves by our own socket.
    private final TransportOutput output;
    private final RtpRewriter rewriter;
    private final PictureIds pictures = new PictureIds();
    private final SentPackets sent = new SentPackets();
    private final Draining draining = new Draining();

    private VideoPlan plan;
    /// Header extensions as they are sent, with their own header; empty for none.
    private byte[] extensions = new byte[0];
    private int sendTimeAt = -1;
    private int rtxSequence;
    private @Nullable VideoLink current;
    private @Nullable VideoLink next;
    private long nextSinceNanos;
    private long wishNanos = Long.MIN_VALUE;
    private int viewersKbps;
    private long packets;
    private long bytes;
    private long packetsReported;

    /// @param stats of all video of the transport
    /// @param ssrc of the stream
    /// @param rtxSsrc of packets that are sent again
    VideoSender(TransportShared shared, SecureLink link, LiveStats stats, int ssrc, int rtxSsrc, VideoPlan plan, TransportOutput output) {
        this.shared = shared;
        this.link = link;
        this.stats = stats;
        this.ssrc = ssrc;
        this.rtxSsrc = rtxSsrc;
        this.output = output;
        this.rewriter = new RtpRewriter(
                ssrc, VideoCodec.CLOCK, shared.random.nextInt(1 << 15), shared.random.nextInt(), RtpRewriter.WIDE_WINDOW);
        this.rtxSequence = shared.random.nextInt(1 << 15);
        this.plan = plan;
        apply(plan);
    }

    void apply(VideoPlan newPlan) {
        plan = newPlan;
        byte[] mid = newPlan.mid().getBytes(StandardCharsets.US_ASCII);
        boolean hasMid = newPlan.extensions().mid() > 0 && mid.length > 0 && mid.length <= MAX_ELEMENT;
        boolean hasTime = newPlan.extensions().sendTime() > 0;
        int length = (hasTime ? 1 + SEND_TIME_BYTES : 0) + (hasMid ? 1 + mid.length : 0);
        int words = (length + 3) / 4;
        extensions = words == 0 ? new byte[0] : new byte[4 + 4 * words];
        sendTimeAt = -1;
        if (words > 0) {
            extensions[0] = (byte) (HeaderExtensions.ONE_BYTE_FORM >> 8);
            extensions[1] = (byte) HeaderExtensions.ONE_BYTE_FORM;
            extensions[3] = (byte) words;
            int at = 4;
            if (hasTime) {
                extensions[at] = (byte) (newPlan.extensions().sendTime() << 4 | SEND_TIME_BYTES - 1);
                sendTimeAt = at + 1;
                at += 1 + SEND_TIME_BYTES;
            }
            if (hasMid) {
                extensions[at] = (byte) (newPlan.extensions().mid() << 4 | mid.length - 1);
                System.arraycopy(mid, 0, extensions, at + 1, mid.length);
            }
        }
    }

    /// @param link where the video comes from from now on, null for nowhere
    void source(long nowNanos, @Nullable VideoLink link) {
        close(next);
        if (link == null) {
            close(current);
            current = null;
        } else {
            link.bandwidth(viewersKbps == 0 ? plan.maxSendKbps() : viewersKbps);
            link.wantKeyFrame();
        }
        next = link;
        nextSinceNanos = nowNanos;
    }

    private static void close(@Nullable VideoLink link) {
        if (link != null) {
            link.close();
        }
    }

    boolean isFed() {
        VideoLink now = current;
        VideoLink then = next;
        return now != null && now.ring() != null || then != null && then.ring() != null;
    }

    /// Sends what waits in rings from other loops.
    void onFed(long nowNanos) {
        drain(nowNanos, current);
        drain(nowNanos, next);
    }

    private void drain(long nowNanos, @Nullable VideoLink from) {
        PacketRing ring = from == null ? null : from.ring();
        if (from != null && ring != null) {
            draining.begin(nowNanos, from);
            for (int i = 0; i < MAX_FED && ring.poll(draining); i++) {
                // the packet was sent by the reader
            }
        }
    }

    /// Sends a packet of a source.
    ///
    /// @param key a key frame begins in it
    /// @param bytes the packet is `bytes[offset .. offset + length)`, without extensions
    void onPacket(long nowNanos, VideoLink from, boolean key, byte[] bytes, int offset, int length) {
        if (from == next && (key || nowNanos - nextSinceNanos > KEY_FRAME_WAIT_NANOS)) {
            if (current != from) {
                close(current);
            }
            current = from;
            next = null;
        }
        if (from != current) {
            return; // it has its turn from its next key frame on
        }
        RtpPacket packet = shared.fed;
        if (!packet.read(bytes, offset, length)) {
            shared.counters.increment(TransportCount.RTP_MALFORMED);
            return;
        }
        // A source that begins anew, by a reload for instance, has other numbers.
        long source = (long) from.number() << 32 | packet.ssrc() & 0xffff_ffffL;
        if (!plan.sending()) {
            rewriter.skip();
            shared.counters.increment(TransportCount.RTP_HELD_BACK);
        } else if (length + extensions.length > TransportShared.MAX_PACKET) {
            shared.counters.increment(TransportCount.RTP_TOO_LONG);
        } else if (!rewriter.relay(nowNanos, source, packet.sequence(), packet.timestamp(), packet.marker())) {
            shared.counters.increment(TransportCount.RTP_TOO_LATE);
        } else {
            send(nowNanos, packet.marker(), key, bytes, packet.payloadOffset(), packet.payloadLength());
        }
    }

    /// @param marker the end of a picture, and nothing else: not the beginning of a source
    private void send(long nowNanos, boolean marker, boolean key, byte[] payload, int offset, int payloadLength) {
        byte[] to = shared.packet;
        RtpPacket.writeHeader(to, 0, marker, plan.payloadType(), rewriter.sequence(), rewriter.timestamp(), ssrc);
        int at = extend(nowNanos, to);
        System.arraycopy(payload, offset, to, at, payloadLength);
        int length = number(key, to, at, payloadLength);
        if (at + length > TransportShared.MAX_PACKET) {
            shared.counters.increment(TransportCount.RTP_TOO_LONG);
            return;
        }
        if (plan.feedback().nack()) {
            sent.keep(nowNanos, rewriter.sequence(), rewriter.timestamp(), marker, to, at, length);
        }
        if (link.sendRtp(to, at + length, output)) {
            stats.sent(length);
            packets++;
            bytes += length;
        } else {
            shared.counters.increment(TransportCount.RTP_NOT_SENT);
        }
    }

    /// Lets the numbers of pictures run on. What is broken in itself is for the peer to judge.
    ///
    /// @return bytes of the payload now
    private int number(boolean key, byte[] to, int at, int length) {
        int now = pictures.rewrite(plan.codec(), rewriter.switched(), key, to, at, length);
        if (now == PictureIds.CUT_OFF) {
            shared.counters.increment(TransportCount.VIDEO_DESCRIPTOR_BROKEN);
            return length;
        }
        return now;
    }

    /// @return where the payload begins
    private int extend(long nowNanos, byte[] to) {
        if (extensions.length > 0) {
            RtpPacket.announceExtension(to, 0);
            System.arraycopy(extensions, 0, to, RtpPacket.FIXED_HEADER, extensions.length);
            if (sendTimeAt >= 0) {
                // 6 bits of seconds, 18 of their fraction
                int time = (int) (shared.ntp(nowNanos) >>> 14);
                int at = RtpPacket.FIXED_HEADER + sendTimeAt;
                to[at] = (byte) (time >> 16);
                to[at + 1] = (byte) (time >> 8);
                to[at + 2] = (byte) time;
            }
        }
        return RtpPacket.FIXED_HEADER + extensions.length;
    }

    /// The peer misses packets.
    void onNack(long nowNanos, int first, int following) {
        if (!plan.feedback().nack() || !plan.sending()) {
            return;
        }
        again(nowNanos, first);
        for (int i = 0; i < Short.SIZE; i++) {
            if ((following >> i & 1) != 0) {
                again(nowNanos, first + i + 1 & 0xffff);
            }
        }
    }

    private void again(long nowNanos, int sequence) {
        switch (sent.find(nowNanos, sequence)) {
            case GONE -> shared.counters.increment(TransportCount.VIDEO_NOT_KEPT);
            case TOO_OFTEN -> shared.counters.increment(TransportCount.VIDEO_ASKED_TOO_OFTEN);
            case HERE -> repeat(nowNanos, sequence);
        }
    }

    private void repeat(long nowNanos, int sequence) {
        byte[] to = shared.packet;
        rtxSequence = rtxSequence + 1 & 0xffff;
        RtpPacket.writeHeader(to, 0, sent.marker(), plan.rtxPayloadType(), rtxSequence, sent.timestamp(), rtxSsrc);
        int at = extend(nowNanos, to);
        if (at + 2 + sent.length() > TransportShared.MAX_PACKET) {
            shared.counters.increment(TransportCount.RTP_TOO_LONG);
            return;
        }
        to[at] = (byte) (sequence >> 8);
        to[at + 1] = (byte) sequence;
        System.arraycopy(sent.bytes(), sent.offset(), to, at + 2, sent.length());
        if (link.sendRtp(to, at + 2 + sent.length(), output)) {
            shared.counters.increment(TransportCount.VIDEO_REPEATED);
        } else {
            shared.counters.increment(TransportCount.RTP_NOT_SENT);
        }
    }

    /// The peer needs a key frame.
    void onKeyFrameWanted(long nowNanos) {
        VideoLink from = current;
        if (wishNanos != Long.MIN_VALUE && nowNanos - wishNanos < WISH_NANOS) {
            shared.counters.increment(TransportCount.VIDEO_KEY_WISHES_MERGED);
        } else if (from != null) {
            wishNanos = nowNanos;
            from.wantKeyFrame();
        }
    }

    int ssrc() {
        return ssrc;
    }

    VideoPlan plan() {
        return plan;
    }

    /// Whether somebody's video goes here, or soon will.
    boolean isWatched() {
        return watched().isPresent();
    }

    /// @return where the video comes from, or will with the next key frame
    Optional<VideoLink> watched() {
        return Optional.ofNullable(next == null ? current : next);
    }

    /// @return what was sent in all
    long bytes() {
        return bytes;
    }

    /// Adds a report (RFC 3550 section 6.4.1), if packets went out since the last one.
    ///
    /// @return false when none did
    boolean report(long nowNanos, RtcpWriter report) {
        if (packets == packetsReported) {
            return false;
        }
        packetsReported = packets;
        report.senderReport(ssrc, shared.ntp(nowNanos), timestampAt(nowNanos, shared.ntp(nowNanos)), packets, bytes);
        return true;
    }

    /// The peer says how much of this stream it can take.
    void onBandwidth(long bitsPerSecond) {
        int most = plan.maxSendKbps();
        int kbps = Math.clamp(bitsPerSecond / 1_000, MIN_KBPS, most > 0 ? most : Integer.MAX_VALUE);
        viewersKbps = kbps;
        tell(current, kbps);
        tell(next, kbps);
    }

    private static void tell(@Nullable VideoLink from, int kbps) {
        if (from != null) {
            from.bandwidth(kbps);
        }
    }

    /// @param ntp now, by our clock
    /// @return our timeline, for sender reports: the source's own, when it has told its clock, so that sound and picture stay together
    int timestampAt(long nowNanos, long ntp) {
        VideoLink from = current;
        VideoLink.SenderClock clock = from == null ? null : from.clock();
        if (clock == null) {
            return rewriter.timestampAt(nowNanos);
        }
        // in 1/65536 seconds, which half a minute does not overrun
        long since = ntp - clock.ntp() >> 16;
        return rewriter.mapped(clock.timestamp()) + (int) (since * VideoCodec.CLOCK >> 16);
    }

    void stop() {
        close(current);
        close(next);
        current = null;
        next = null;
    }

    /// What a ring shows its packets to; kept, so that draining allocates nothing.
    private final class Draining implements PacketRing.Reader {
        private long nowNanos;
        private @Nullable VideoLink from;

        void begin(long now, VideoLink link) {
            nowNanos = now;
            from = link;
        }

        @Override
        public void onPacket(long tag, byte[] bytes, int length) {
            VideoLink source = from;
            if (source != null) {
                VideoSender.this.onPacket(nowNanos, source, tag == 1, bytes, 0, length);
            }
        }
    }
}
