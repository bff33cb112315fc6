package io.jverto.media.rtp;

/// Reads compound RTCP packets (RFC 3550 section 6.1), also reduced-size ones (RFC 5506). Packets of other types are skipped.
/// Every length is checked before anything is read; work is bounded by the datagram's size.
public final class RtcpReader {
    private static final int HEADER = 8;
    private static final int SENDER_INFO = 20;
    private static final int REPORT_BLOCK = 24;
    private static final int FEEDBACK_HEADER = 12;
    /// 18 bits above it are still a `long`.
    private static final int MAX_EXPONENT = 44;

    private RtcpReader() {}

    /// Reads `bytes[offset .. offset + length)` and tells `handler` what stands in it, up to the first malformed packet.
    ///
    /// @return false when a packet is malformed
    public static boolean read(byte[] bytes, int offset, int length, Handler handler) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (end - at < 4 || (bytes[at] & 0xc0) != 0x80) {
                return false;
            }
            int next = at + 4 + 4 * Bits.u16(bytes, at + 2);
            if (next > end || !readPacket(bytes, at, next, handler)) {
                return false;
            }
            at = next;
        }
        return length > 0;
    }

    private static boolean readPacket(byte[] bytes, int at, int next, Handler handler) {
        int end = withoutPadding(bytes, at, next);
        int count = bytes[at] & 0x1f;
        return end >= 0
                && switch (bytes[at + 1] & 0xff) {
                    case RtcpWriter.SENDER_REPORT -> readSenderReport(bytes, at, end, count, handler);
                    case RtcpWriter.RECEIVER_REPORT ->
                        end - at >= HEADER && readBlocks(bytes, at + HEADER, end, count, handler);
                    case RtcpWriter.SOURCE_DESCRIPTION -> readDescription(bytes, at + 4, end, count, handler);
                    case RtcpWriter.BYE -> readBye(bytes, at + 4, end, count, handler);
                    case RtcpWriter.TRANSPORT_FEEDBACK -> readTransportFeedback(bytes, at, end, count, handler);
                    case RtcpWriter.PAYLOAD_FEEDBACK -> readPayloadFeedback(bytes, at, end, count, handler);
                    default -> true;
                };
    }

    private static int withoutPadding(byte[] bytes, int at, int next) {
        if ((bytes[at] & 0x20) == 0) {
            return next;
        }
        int padding = bytes[next - 1] & 0xff;
        return padding == 0 || padding > next - at - 4 ? -1 : next - padding;
    }

    private static boolean readSenderReport(byte[] bytes, int at, int end, int count, Handler handler) {
        int info = at + HEADER;
        if (end - info < SENDER_INFO) {
            return false;
        }
        long ntp = (long) Bits.i32(bytes, info) << 32 | Bits.i32(bytes, info + 4) & 0xffff_ffffL;
        handler.onSenderReport(Bits.i32(bytes, at + 4), ntp, Bits.i32(bytes, info + 8));
        return readBlocks(bytes, info + SENDER_INFO, end, count, handler);
    }

    private static boolean readBlocks(byte[] bytes, int first, int end, int count, Handler handler) {
        if (end - first < count * REPORT_BLOCK) {
            return false;
        }
        for (int at = first; at < first + count * REPORT_BLOCK; at += REPORT_BLOCK) {
            int loss = Bits.i32(bytes, at + 4);
            handler.onReportBlock(
                    Bits.i32(bytes, at), loss >>> 24, loss << 8 >> 8, Bits.i32(bytes, at + 16), Bits.i32(bytes, at + 20));
        }
        return true;
    }

    private static boolean readDescription(byte[] bytes, int first, int end, int count, Handler handler) {
        int at = first;
        for (int chunk = 0; chunk < count; chunk++) {
            if (end - at < 8) {
                return false;
            }
            int ssrc = Bits.i32(bytes, at);
            at = readItems(bytes, at + 4, end, ssrc, handler);
            if (at < 0) {
                return false;
            }
            at = first + (at - first + 3) / 4 * 4;
        }
        return true;
    }

    /// @return index after the null octet that ends the list, -1 when malformed
    private static int readItems(byte[] bytes, int first, int end, int ssrc, Handler handler) {
        int at = first;
        while (at < end && bytes[at] != 0) {
            if (end - at < 2 || end - at - 2 < (bytes[at + 1] & 0xff)) {
                return -1;
            }
            int length = bytes[at + 1] & 0xff;
            if (bytes[at] == RtcpWriter.CNAME_ITEM) {
                handler.onCname(ssrc, bytes, at + 2, length);
            }
            at += 2 + length;
        }
        return at < end ? at + 1 : -1;
    }

    private static boolean readBye(byte[] bytes, int first, int end, int count, Handler handler) {
        if (end - first < 4 * count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            handler.onBye(Bits.i32(bytes, first + 4 * i));
        }
        return true;
    }

    /// RFC 4585 section 6.2; other formats than NACK are skipped.
    private static boolean readTransportFeedback(byte[] bytes, int at, int end, int format, Handler handler) {
        if (end - at < FEEDBACK_HEADER) {
            return false;
        }
        int source = Bits.i32(bytes, at + 8);
        for (int item = at + FEEDBACK_HEADER; format == RtcpWriter.NACK && item + 4 <= end; item += 4) {
            handler.onNack(source, Bits.u16(bytes, item), Bits.u16(bytes, item + 2));
        }
        return true;
    }

    /// RFC 4585 section 6.3, RFC 5104 section 4.3.1, draft-alvestrand-rmcat-remb-03; other formats are skipped.
    private static boolean readPayloadFeedback(byte[] bytes, int at, int end, int format, Handler handler) {
        if (end - at < FEEDBACK_HEADER) {
            return false;
        }
        int source = Bits.i32(bytes, at + 8);
        int item = at + FEEDBACK_HEADER;
        if (format == RtcpWriter.PICTURE_LOSS) {
            handler.onKeyFrameWanted(source);
        }
        for (; format == RtcpWriter.FULL_INTRA && item + 8 <= end; item += 8) {
            handler.onKeyFrameWanted(Bits.i32(bytes, item));
        }
        if (format == RtcpWriter.APPLICATION && end - item >= 8 && Bits.i32(bytes, item) == RtcpWriter.REMB) {
            long mantissa = Bits.i32(bytes, item + 4) & 0x3_ffff;
            int exponent = bytes[item + 5] >> 2 & 0x3f;
            handler.onBandwidth(exponent > MAX_EXPONENT ? Long.MAX_VALUE : mantissa << exponent);
        }
        return true;
    }

    /// What a compound packet says. SSRCs are unsigned.
    public interface Handler {
        /// @param ntp the sender's clock, 64-bit NTP format
        void onSenderReport(int ssrc, long ntp, int timestamp);

        /// @param source the SSRC that the block is about
        /// @param fractionLost in 1/256
        /// @param lastReport middle bits of our last report's NTP timestamp, 0 when none came
        /// @param delay in 1/65536 seconds
        void onReportBlock(int source, int fractionLost, int cumulativeLost, int lastReport, int delay);

        /// @param bytes the name is `bytes[offset .. offset + length)` until the call returns
        void onCname(int ssrc, byte[] bytes, int offset, int length);

        void onBye(int ssrc);

        /// Packets are wanted again.
        ///
        /// @param source whose
        /// @param first sequence number of one
        /// @param following bit n is set when `first + n + 1` is wanted too
        default void onNack(int source, int first, int following) {
            // only of who sends video
        }

        /// A picture that needs no other one is wanted, by PLI or FIR.
        default void onKeyFrameWanted(int source) {
            // only of who sends video
        }

        /// So much the peer can take (REMB).
        default void onBandwidth(long bitsPerSecond) {
            // only of who sends video
        }
    }
}
