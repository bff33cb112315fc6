package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.rtp.RtpPacket;

/// Puts payloads of one channel behind RTP headers and into its ring. Timestamps are the tick's number times the frame, the
/// same line for all ports: a channel that goes from one mixer or playback to another goes on without a jump.
/// Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class TxWriter {
    private final PacketRing ring;
    private final int payloadType;
    private final AudioCounters counters;
    private final byte[] header = new byte[RtpPacket.FIXED_HEADER];
    private long lastTick = Long.MIN_VALUE;

    TxWriter(PortSetup setup, AudioCounters counters) {
        this.ring = setup.tx();
        this.payloadType = setup.plan().payloadType();
        this.counters = counters;
    }

    int preload() {
        return header[0];
    }

    /// Writes what `encoder` completed at this tick, if it did.
    ///
    /// @return whether there is something to send
    boolean write(FrameEncoder encoder, long tick, long nowNanos) {
        int length = encoder.length();
        if (length == 0) {
            return false;
        }
        // RFC 3551 section 4.1: the marker tells the first packet after a pause.
        boolean first = lastTick != tick - encoder.key().frames();
        lastTick = tick;
        // The number counts where packets cross over to another port; a transport has numbers of its own.
        int number = (int) (tick / encoder.key().frames()) & 0xffff;
        RtpPacket.writeHeader(header, 0, first, payloadType, number, encoder.timestamp(tick), 0);
        if (!ring.offer(nowNanos, header, header.length, encoder.payload(), 0, length)) {
            counters.audio().increment(AudioCount.TX_FULL);
        }
        if (encoder.isReadyMade()) {
            counters.audio().increment(AudioCount.FRAMES_SILENT);
        }
        return true;
    }
}
