package io.jverto.media.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Makes the pages of an Ogg file of Opus (RFC 3533, RFC 7845), one after the other: bytes come out, no file is opened. A page holds up to
/// a second, so that a file whose writer dies lacks no more than that. Each of [#head], [#add] and [#finish] gives what is to be written next.
public final class OggOpusWriter {
    /// Samples at 48 kHz that libopus is behind what it encodes, at 48 kHz and with any of its modes but the one for low delay: they are not to
    /// be heard. As many must be encoded after the sound.
    public static final int PRE_SKIP = 312;

    private static final int HEAD = 27;
    private static final int MAX_SEGMENTS = 255;
    private static final int FULL = 255;
    private static final int SECOND = 48_000;
    private static final int FIRST = 2;
    private static final int LAST = 4;
    private static final byte[] NOTHING = {};
    private static final String VENDOR = "jverto";

    private final int serial;
    private final int channels;
    private final int inputRateHz;
    private final List<String> comments;
    private int sequence;

    private final byte[] lacing = new byte[MAX_SEGMENTS];
    private int segments;
    private final byte[] body = new byte[MAX_SEGMENTS * FULL];
    private int bodyLength;
    /// Samples, the unheard ones among them, at the end of what came, and of what is in pages.
    private long granule;
    private long pageGranule;

    /// @param serial tells the stream from others in the same file
    /// @param channels 1 or 2
    /// @param inputRateHz of the sound before it was encoded, for those who want to know
    /// @param comments for instance `TITLE=Conference 3000` (RFC 7845 section 5.2); together less than 60 kB
    public OggOpusWriter(int serial, int channels, int inputRateHz, List<String> comments) {
        this.serial = serial;
        this.channels = channels;
        this.inputRateHz = inputRateHz;
        this.comments = List.copyOf(comments);
    }

    /// @return the two pages before the sound (RFC 7845 section 3)
    public byte[] head() {
        byte[] head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN).put(ascii("OpusHead")).put((byte) 1).put((byte) channels)
                .putShort((short) PRE_SKIP).putInt(inputRateHz).putShort((short) 0).put((byte) 0).array();
        byte[] tags = tags();
        keep(head, head.length);
        byte[] first = page(FIRST, 0);
        keep(tags, tags.length);
        byte[] second = page(0, 0);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private byte[] tags() {
        List<byte[]> said = comments.stream().map(comment -> comment.getBytes(StandardCharsets.UTF_8)).toList();
        int length = said.stream().mapToInt(comment -> 4 + comment.length).sum();
        ByteBuffer tags = ByteBuffer.allocate(16 + VENDOR.length() + length).order(ByteOrder.LITTLE_ENDIAN).put(ascii("OpusTags"))
                .putInt(VENDOR.length()).put(ascii(VENDOR)).putInt(said.size());
        said.forEach(comment -> tags.putInt(comment.length).put(comment));
        return tags.array();
    }

    /// @param length of the packet, less than 64 kB
    /// @param samples at 48 kHz that it lasts
    /// @return a page that is complete, or nothing
    public byte[] add(byte[] packet, int length, int samples) {
        byte[] complete = segments + length / FULL + 1 > MAX_SEGMENTS || granule - pageGranule >= SECOND ? page(0, granule) : NOTHING;
        keep(packet, length);
        granule += samples;
        return complete;
    }

    /// @return what waits for its page to be full, as a page; nothing comes after it but by [#add]
    public byte[] flush() {
        return segments == 0 ? NOTHING : page(0, granule);
    }

    /// @param samples that were to be encoded, without those that are not to be heard
    /// @return the last page
    public byte[] finish(long samples) {
        return page(LAST, Math.min(granule, samples + PRE_SKIP));
    }

    private void keep(byte[] packet, int length) {
        System.arraycopy(packet, 0, body, bodyLength, length);
        bodyLength += length;
        for (int left = length; left >= 0; left -= FULL) {
            lacing[segments++] = (byte) Math.min(left, FULL);
        }
    }

    private byte[] page(int flags, long at) {
        ByteBuffer page = ByteBuffer.allocate(HEAD + segments + bodyLength).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("OggS")).put((byte) 0).put((byte) flags).putLong(at).putInt(serial).putInt(sequence++).putInt(0)
                .put((byte) segments).put(lacing, 0, segments).put(body, 0, bodyLength);
        segments = 0;
        bodyLength = 0;
        pageGranule = at;
        return page.putInt(22, OggCrc.of(page.array(), page.capacity())).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
