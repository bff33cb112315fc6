package io.jverto.media.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The packets of an Opus stream in an Ogg file (RFC 3533, RFC 7845), one after the other. Other streams in the file are passed over, and so
/// is what does not belong to any page. Memory is a page, whatever the file says. Leaves out: chained streams, more than two channels.
public final class OggOpus {
    /// Longer packets are passed over: 1500 bytes are 20 ms at 600 kbit/s.
    public static final int MAX_PACKET = 1_500;
    /// What [#next] returns after the last packet.
    public static final int END = -1;

    private static final int HEAD = 27;
    private static final int MAX_SEGMENTS = 255;
    private static final int MAX_PAGE = HEAD + MAX_SEGMENTS + MAX_SEGMENTS * 255;
    /// Pages of other streams, or blocks of rubbish, in a row.
    private static final int MAX_PASSED_OVER = 256;
    /// Tags may carry a picture; more pages than this for one packet are no file of sound.
    private static final int MAX_PAGES_OF_PACKET = 1_024;
    private static final int CONTINUED = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private final FileBytes file;
    private final byte[] page = new byte[MAX_PAGE];
    private long position;
    private int serial;
    private boolean serialKnown;
    private int segments;
    private int segment;
    private int bodyAt;
    private boolean last;
    private long endSamples = Long.MAX_VALUE;

    private int channels;
    private int preSkip;
    private int gain;

    /// A stream, or what is wrong with the file.
    public sealed interface Result {
        record Ok(OggOpus stream) implements Result {}

        record Bad(String reason) implements Result {}
    }

    private OggOpus(FileBytes file) {
        this.file = file;
    }

    /// Whether a file begins as one of Ogg.
    public static boolean isOgg(FileBytes file) {
        byte[] begin = new byte[4];
        return file.read(0, begin, 4) == 4 && text(begin, 0, 4).equals("OggS");
    }

    public static Result open(FileBytes file) {
        OggOpus stream = new OggOpus(file);
        for (int i = 0; i < MAX_PASSED_OVER && stream.readPage() && (stream.page[5] & FIRST) != 0; i++) {
            int body = HEAD + stream.segments;
            if (text(stream.page, body, 8).equals("OpusHead")) {
                return stream.readHead(body);
            }
        }
        return new Result.Bad("there is no Opus in it");
    }

    public int channels() {
        return channels;
    }

    /// @return samples at 48 kHz at the beginning that are not to be heard
    public int preSkip() {
        return preSkip;
    }

    /// @return 1/256 dB by which the sound is to be louder
    public int gain() {
        return gain;
    }

    /// @return samples at 48 kHz, the unheard ones among them, after which the last packet is cut; known with the last page only
    public long endSamples() {
        return endSamples;
    }

    /// Gives the next packet. One that is too long or not whole is passed over.
    ///
    /// @param packet of [#MAX_PACKET] bytes
    /// @return its length, or [#END]
    public int next(byte[] packet) {
        int length = 0;
        int pages = 0;
        boolean usable = true;
        while (true) {
            if (segment == segments) {
                if (last || ++pages > MAX_PAGES_OF_PACKET || !readPage()) {
                    return END;
                }
                boolean continued = (page[5] & CONTINUED) != 0;
                usable = continued ? usable && length > 0 : true;
                length = continued ? length : 0;
            }
            int size = page[HEAD + segment++] & 0xff;
            usable &= length + size <= MAX_PACKET;
            if (usable) {
                System.arraycopy(page, bodyAt, packet, length, size);
            }
            length = Math.min(length + size, MAX_PACKET + 1);
            bodyAt += size;
            if (size < 255) {
                if (usable) {
                    return length;
                }
                length = 0;
                usable = true;
            }
        }
    }

    /// RFC 7845 section 5.1. The tags that follow are no packet of sound.
    private Result readHead(int body) {
        ByteBuffer head = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        channels = page[body + 9] & 0xff;
        if (page[HEAD] < 19 || (page[body + 8] & 0xf0) != 0 || page[body + 18] != 0 || channels < 1 || channels > 2) {
            return new Result.Bad("it has " + channels + " channels or is of a version that is not known");
        }
        preSkip = head.getShort(body + 10) & 0xffff;
        gain = head.getShort(body + 16);
        serial = head.getInt(14);
        serialKnown = true;
        segment = segments;
        return skipTags() ? new Result.Ok(this) : new Result.Bad("it ends before its sound begins");
    }

    private boolean skipTags() {
        for (int pages = 0; pages < MAX_PAGES_OF_PACKET && !last && readPage(); pages++) {
            while (segment < segments) {
                int size = page[HEAD + segment++] & 0xff;
                bodyAt += size;
                if (size < 255) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Reads the next page of our stream, or of any as long as ours is not known.
    private boolean readPage() {
        for (int i = 0; i < MAX_PASSED_OVER; i++) {
            int there = file.read(position, page, HEAD + MAX_SEGMENTS);
            if (there < HEAD) {
                return false;
            }
            int length = pageLength(there);
            if (length < 0 || file.read(position, page, length) < length || !isWhole(length)) {
                position = nextMark(position + 1);
            } else {
                position += length;
                if (!serialKnown || serial == number(page, 14)) {
                    begin();
                    return true;
                }
            }
        }
        return false;
    }

    private void begin() {
        segments = page[26] & 0xff;
        segment = 0;
        bodyAt = HEAD + segments;
        last = (page[5] & LAST) != 0;
        if (last && serialKnown) {
            long granule = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getLong(6);
            endSamples = granule < 0 ? Long.MAX_VALUE : granule;
        }
    }

    /// @return -1 when no page begins here
    private int pageLength(int there) {
        int count = page[26] & 0xff;
        if (!text(page, 0, 4).equals("OggS") || page[4] != 0 || there < HEAD + count) {
            return -1;
        }
        int length = HEAD + count;
        for (int i = 0; i < count; i++) {
            length += page[HEAD + i] & 0xff;
        }
        return length;
    }

    private boolean isWhole(int length) {
        return OggCrc.of(page, length) == number(page, 22);
    }

    /// @return where a page may begin, at the earliest at `from`; where it was looked for when there is none near
    private long nextMark(long from) {
        int there = file.read(from, page, page.length);
        for (int i = 0; i + 4 <= there; i++) {
            if (page[i] == 'O' && page[i + 1] == 'g' && page[i + 2] == 'g' && page[i + 3] == 'S') {
                return from + i;
            }
        }
        return from + Math.max(1, there - 3);
    }

    private static int number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private static String text(byte[] bytes, int at, int count) {
        return new String(bytes, at, count, StandardCharsets.ISO_8859_1);
    }
}
