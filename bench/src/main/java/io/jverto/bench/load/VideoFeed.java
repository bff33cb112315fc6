package io.jverto.bench.load;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.transport.PeerTransport;
import io.jverto.media.transport.VideoLink;

/// What a camera sends: pictures as VP8, 30 in a second, each of several packets; a key frame when one is wished for. What is in them nobody could
/// decode.
final class VideoFeed {
    private static final long PICTURE_NANOS = 33_333_333;
    private static final int PICTURES = 30;
    private static final int TICKS = 3_000;
    private static final int MAX_PAYLOAD = 1_100;
    private static final int START = 0x10;
    private static final int SSRC = 0x7671;

    private final VideoLink link;
    private final int pictureBytes;
    private final byte[] packet = new byte[RtpPacket.FIXED_HEADER + MAX_PAYLOAD];
    private long nextNanos;
    private int sequence;
    private int timestamp;
    private boolean begun;

    /// @param kbps of its pictures
    VideoFeed(long nowNanos, PeerTransport transport, int kbps) {
        this.link = VideoLink.outside(transport, () -> { });
        this.pictureBytes = Math.max(1, kbps * 1_000 / Byte.SIZE / PICTURES);
        this.nextNanos = nowNanos;
        transport.watch(nowNanos, VideoLink.MAIN, link);
    }

    /// Makes the pictures whose time has come.
    ///
    /// @return how many packets there are more
    int onTime(long nowNanos) {
        int packets = 0;
        while (nextNanos - nowNanos <= 0) {
            nextNanos += PICTURE_NANOS;
            timestamp += TICKS;
            packets += picture();
        }
        return packets;
    }

    private int picture() {
        PacketRing ring = link.ring();
        boolean key = link.takeKeyFrameWish() || !begun;
        begun = true;
        int packets = 0;
        for (int left = pictureBytes; left > 0 && ring != null; left -= MAX_PAYLOAD) {
            int length = Math.min(MAX_PAYLOAD, Math.max(2, left));
            boolean first = left == pictureBytes;
            RtpPacket.writeHeader(packet, 0, left <= MAX_PAYLOAD, Offer.VP8, sequence++ & 0xffff, timestamp, SSRC);
            packet[RtpPacket.FIXED_HEADER] = (byte) (first ? START : 0);
            packet[RtpPacket.FIXED_HEADER + 1] = (byte) (key ? 0 : 1);
            packets += ring.offer(first && key ? 1 : 0, packet, 0, RtpPacket.FIXED_HEADER + length) ? 1 : 0;
        }
        return packets;
    }
}
