package io.jverto.media.rtp;

/// Builds one compound RTCP packet (RFC 3550 section 6) in an array that is used again and again.
/// The caller adds few enough packets to fit; 28 + 24 + 40 bytes make a usual report.
public final class RtcpWriter {
    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;
    static final int NACK = 1;
    static final int TRANSPORT_WIDE = 15;
    static final int PICTURE_LOSS = 1;
    static final int FULL_INTRA = 4;
    static final int APPLICATION = 15;
    /// The letters.
    static final int REMB = 0x52454d42;
    static final int CNAME_ITEM = 1;

    private static final int VERSION_2 = 0x80;

    private final byte[] bytes;
    private int packet;
    private int length;

    /// @param capacity bytes of the longest compound packet
    public RtcpWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    /// Begins a new compound packet.
    public void clear() {
        length = 0;
    }

    /// Begins a sender report (RFC 3550 section 6.4.1).
    ///
    /// @param ntp 64-bit NTP timestamp of the same instant as `timestamp`
    public void senderReport(int ssrc, long ntp, int timestamp, long packets, long octets) {
        begin(SENDER_REPORT, 0, ssrc);
        append((int) (ntp >>> 32));
        append((int) ntp);
        append(timestamp);
        append((int) packets);
        append((int) octets);
        end();
    }

    /// Begins a receiver report.
    public void receiverReport(int ssrc) {
        begin(RECEIVER_REPORT, 0, ssrc);
        end();
    }

    /// Adds a block to the report that was begun last.
    ///
    /// @param lastReport middle 32 bits of the source's last NTP timestamp, 0 when there was none
    /// @param delay since that report, in 1/65536 seconds
    public void reportBlock(int source, ReceiveStatistics received, int lastReport, int delay) {
        append(source);
        append(received.fractionLost() << 24 | received.cumulativeLost() & 0xff_ffff);
        append(received.highestSequence());
        append(received.jitter());
        append(lastReport);
        append(delay);
        bytes[packet]++;
        end();
    }

    /// Adds a source description with the canonical name only.
    ///
    /// @param name ASCII, at most 255 bytes
    public void cname(int ssrc, byte[] name) {
        begin(SOURCE_DESCRIPTION, 1, ssrc);
        bytes[length++] = CNAME_ITEM;
        bytes[length++] = (byte) name.length;
        System.arraycopy(name, 0, bytes, length, name.length);
        length += name.length;
        // RFC 3550 section 6.5: at least one null octet ends the list, up to the next 32-bit border.
        do {
            bytes[length++] = 0;
        } while ((length - packet) % 4 != 0);
        end();
    }

    /// Adds the end of a source.
    public void bye(int ssrc) {
        begin(BYE, 1, ssrc);
        end();
    }

    /// Adds a wish for a key frame (RFC 4585 section 6.3.1).
    public void pictureLoss(int ssrc, int source) {
        begin(PAYLOAD_FEEDBACK, PICTURE_LOSS, ssrc);
        append(source);
        end();
    }

    /// Adds the same as a command, for who knows only that (RFC 5104 section 4.3.1).
    ///
    /// @param number higher by one for each command
    public void fullIntra(int ssrc, int source, int number) {
        begin(PAYLOAD_FEEDBACK, FULL_INTRA, ssrc);
        append(0);
        append(source);
        append(number << 24);
        end();
    }

    /// Adds a wish for packets (RFC 4585 section 6.2.1).
    ///
    /// @param sequences in rising order
    public void nack(int ssrc, int source, int[] sequences, int count) {
        begin(TRANSPORT_FEEDBACK, NACK, ssrc);
        append(source);
        for (int i = 0; i < count;) {
            int first = sequences[i++];
            int following = 0;
            while (i < count && (sequences[i] - first & 0xffff) <= 16) {
                following |= 1 << (sequences[i++] - first & 0xffff) - 1;
            }
            append(first << 16 | following);
        }
        end();
    }

    /// Adds how much we can take (draft-alvestrand-rmcat-remb-03 section 2.2).
    public void bandwidth(int ssrc, int source, long bitsPerSecond) {
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        begin(PAYLOAD_FEEDBACK, APPLICATION, ssrc);
        append(0);
        append(REMB);
        append(1 << 24 | exponent << 18 | (int) (bitsPerSecond >> exponent));
        append(source);
        end();
    }

    /// Adds when packets arrived.
    ///
    /// @param arrivals its content, a multiple of four bytes
    public void transportWide(int ssrc, int source, byte[] arrivals, int count) {
        begin(TRANSPORT_FEEDBACK, TRANSPORT_WIDE, ssrc);
        append(source);
        System.arraycopy(arrivals, 0, bytes, length, count);
        length += count;
        end();
    }

    private void begin(int type, int count, int ssrc) {
        packet = length;
        bytes[length] = (byte) (VERSION_2 | count);
        bytes[length + 1] = (byte) type;
        length += 4;
        append(ssrc);
    }

    private void append(int word) {
        Bits.put32(bytes, length, word);
        length += 4;
    }

    private void end() {
        Bits.put16(bytes, packet + 2, (length - packet) / 4 - 1);
    }

    /// @return the array; the packet is its first [#length] bytes
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }
}
