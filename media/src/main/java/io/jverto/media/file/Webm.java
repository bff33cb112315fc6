package io.jverto.media.file;

import io.jverto.media.plan.VideoCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a WebM or Matroska file block by block (RFC 9559): its first track of Opus and its first of video in a codec that calls have. Sizes in a file make us skip, never
/// keep: a block is at most [#MAX_BLOCK], the description of the tracks 64 kB. A file that ends early is read as far as it goes.
public final class Webm {
    /// Longest block that is taken; a longer one is passed over.
    public static final int MAX_BLOCK = 1 << 20;
    /// Elements without a block among them: what comes then is no film.
    private static final int MAX_ELEMENTS = 20_000;
    private static final int MAX_HEAD_ELEMENTS = 256;
    private static final int MAX_TRACKS_BYTES = 1 << 16;
    private static final int MAX_TRACKS = 32;
    private static final int MAX_SETUP = 4_096;
    private static final int MAX_GROUP = 16;
    /// Sound that a cluster may have before its first picture.
    private static final int MAX_FIRST_BLOCKS = 16;
    private static final int HEADER = 12;
    private static final int LACING = 0x06;
    private static final int KEY = 0x80;
    private static final int AUDIO = 2;
    private static final int VIDEO = 1;
    private static final long DEFAULT_SCALE = 1_000_000;
    private static final long MAX_SCALE = 1_000_000_000;
    private static final long MAX_MILLIS = 1L << 40;

    private final FileBytes file;
    private final byte[] header = new byte[HEADER];
    private long at;
    private long scale = DEFAULT_SCALE;
    private long duration;
    private long clusterTicks;
    private @Nullable SoundTrack sound;
    private @Nullable PictureTrack picture;

    private Kind kind = Kind.END;
    private long millis;
    private boolean key;
    /// Whether the group of the next block needs other blocks.
    private boolean refers;
    private int id;
    private long size;
    private long bodyAt;

    /// What a block holds.
    public enum Kind { SOUND, PICTURE, END }

    /// @param delayNanos of its codec
    private record SoundTrack(long number, int channels, long delayNanos) {}

    private record PictureTrack(long number, VideoCodec codec, byte[] setup, int width, int height) {}

    /// A stream that stands at its beginning, or what is wrong with the file.
    public sealed interface Result {
        record Ok(Webm stream) implements Result {}

        record Bad(String reason) implements Result {}
    }

    private Webm(FileBytes file) {
        this.file = file;
    }

    public static boolean isWebm(FileBytes file) {
        byte[] mark = new byte[4];
        return file.read(0, mark, 4) == 4 && ByteBuffer.wrap(mark).getInt() == Ebml.EBML;
    }

    public static Result open(FileBytes file) {
        Webm webm = new Webm(file);
        String trouble = webm.readHead();
        return trouble.isEmpty() ? new Result.Ok(webm) : new Result.Bad(trouble);
    }

    /// @return channels of its sound, 1 or 2; 0 when it has none that can be played
    public int channels() {
        return sound == null ? 0 : sound.channels();
    }

    /// @return samples at 48 kHz at the beginning of the sound that are not to be heard
    public int preSkip() {
        return sound == null ? 0 : (int) (Math.min(sound.delayNanos(), 1_000_000_000L) * 48 / 1_000_000);
    }

    /// @return empty without pictures
    public Optional<VideoCodec> codec() {
        return Optional.ofNullable(picture).map(PictureTrack::codec);
    }

    /// @return what the file keeps of the pictures' codec beside them; empty when nothing is needed
    public byte[] setup() {
        return picture == null ? new byte[0] : picture.setup().clone();
    }

    /// @return pixels, as the file says; 0 without pictures
    public int width() {
        return picture == null ? 0 : picture.width();
    }

    public int height() {
        return picture == null ? 0 : picture.height();
    }

    /// @return as the file says; 0 when it does not
    public long durationMillis() {
        return duration;
    }

    /// @return when the last block begins, milliseconds
    public long millis() {
        return millis;
    }

    /// @return whether the last block, of a picture, can be shown without those before it
    public boolean isKey() {
        return key;
    }

    /// @return of the last block, in bytes
    public int length() {
        return (int) size;
    }

    /// Copies the last block.
    ///
    /// @param into has room for [#length]
    /// @return false when the file ends within it
    public boolean copy(byte[] into) {
        return file.read(bodyAt, into, (int) size) == size;
    }

    private String readHead() {
        if (!element() || id != Ebml.EBML || size > MAX_TRACKS_BYTES) {
            return "it is no WebM file";
        }
        String type = text(bodyAt, size, Ebml.DOC_TYPE);
        if (!type.equals("webm") && !type.equals("matroska")) {
            return "it is no WebM file, but says \"" + type.replaceAll("\\P{Graph}", "?") + "\" of itself";
        }
        at = bodyAt + size;
        for (int i = 0; i < MAX_HEAD_ELEMENTS && element(); i++) {
            if (id == Ebml.CLUSTER) {
                return trouble();
            }
            if (id == Ebml.SEGMENT) {
                at = bodyAt;
                continue;
            }
            if (size == Long.MAX_VALUE) {
                return "an element at byte " + at + " has no length";
            }
            if (id == Ebml.TRACKS && size > MAX_TRACKS_BYTES) {
                return "its description of tracks, at byte " + at + ", is longer than " + MAX_TRACKS_BYTES + " bytes";
            }
            if (id == Ebml.TRACKS || id == Ebml.INFO && size <= MAX_TRACKS_BYTES) {
                describe();
            }
            at = bodyAt + size;
        }
        return trouble();
    }

    private String trouble() {
        return sound == null && picture == null ? "it has neither sound in Opus nor pictures in VP8, VP9, H.264 or AV1" : "";
    }

    private void describe() {
        byte[] held = new byte[(int) size];
        int there = file.read(bodyAt, held, held.length);
        Piece all = new Piece(held, 0, Math.max(0, there));
        if (id == Ebml.INFO) {
            long told = all.number(Ebml.TIMESTAMP_SCALE, DEFAULT_SCALE);
            scale = told > 0 && told <= MAX_SCALE ? told : DEFAULT_SCALE;
            double ticks = all.decimal(Ebml.DURATION);
            duration = ticks > 0 && ticks * scale / 1e6 < MAX_MILLIS ? (long) (ticks * scale / 1_000_000) : 0;
            return;
        }
        int count = 0;
        for (Piece entry = all.child(Ebml.TRACK_ENTRY, 0); entry != null && count++ < MAX_TRACKS; entry = all.child(Ebml.TRACK_ENTRY, entry.end())) {
            track(entry);
        }
    }

    private void track(Piece entry) {
        String codec = entry.text(Ebml.CODEC_ID);
        long number = entry.number(Ebml.TRACK_NUMBER, 0);
        long type = entry.number(Ebml.TRACK_TYPE, 0);
        if (number <= 0 || entry.child(Ebml.CONTENT_ENCODINGS, 0) != null) {
            return; // packed or encrypted
        }
        if (type == AUDIO && codec.equals("A_OPUS") && sound == null) {
            Piece audio = entry.child(Ebml.AUDIO, 0);
            long channels = audio == null ? 1 : audio.number(Ebml.CHANNELS, 1);
            if (channels == 1 || channels == 2) {
                sound = new SoundTrack(number, (int) channels, Math.max(0, entry.number(Ebml.CODEC_DELAY, 0)));
            }
        } else if (type == VIDEO && picture == null && MatroskaCodec.of(codec).isPresent()) {
            Piece video = entry.child(Ebml.VIDEO, 0);
            Piece setup = entry.child(Ebml.CODEC_PRIVATE, 0);
            picture = new PictureTrack(number, MatroskaCodec.of(codec).get(), setup == null ? new byte[0] : setup.copy(MAX_SETUP), video == null ? 0 : Math.clamp(video.number(Ebml.PIXEL_WIDTH, 0), 0, 1 << 14),
                    video == null ? 0 : Math.clamp(video.number(Ebml.PIXEL_HEIGHT, 0), 0, 1 << 14));
        }
    }

    /// Passes over whole clusters, as long as the next one begins no later than `wanted`; with pictures back to the last one of these that begins with
    /// a key frame.
    public void skipTo(long wanted) {
        long anchor = at;
        for (int i = 0; i < MAX_ELEMENTS && element(); i++) {
            if (size == Long.MAX_VALUE) {
                break;
            }
            long next = bodyAt + size;
            if (id == Ebml.CLUSTER) {
                long here = at;
                if (beginning() > wanted) {
                    break;
                }
                anchor = picture == null || beginsWithKey(next) ? here : anchor;
            }
            at = next;
        }
        at = anchor;
    }

    /// @param end of the cluster that `at` is in
    private boolean beginsWithKey(long end) {
        for (int i = 0; i < MAX_FIRST_BLOCKS && at < end; i++) {
            if (next() == Kind.PICTURE) {
                return key && at <= end;
            }
        }
        return false;
    }

    /// @return milliseconds of the cluster whose header was read; far away when it does not say
    private long beginning() {
        at = bodyAt;
        return element() && id == Ebml.TIMESTAMP ? time(number()) : Long.MAX_VALUE;
    }

    /// Goes on to the next block of one of the two tracks.
    public Kind next() {
        kind = Kind.END;
        for (int i = 0; i < MAX_ELEMENTS && kind == Kind.END && element(); i++) {
            switch (id) {
                case Ebml.CLUSTER, Ebml.SEGMENT -> at = bodyAt;
                case Ebml.BLOCK_GROUP -> {
                    long body = bodyAt;
                    lookForReferences(size);
                    at = body;
                }
                case Ebml.TIMESTAMP -> {
                    clusterTicks = number();
                    at = bodyAt + size;
                }
                case Ebml.SIMPLE_BLOCK, Ebml.BLOCK -> {
                    long next = bodyAt + size;
                    if (size == Long.MAX_VALUE || next > file.length()) {
                        return Kind.END;
                    }
                    at = next;
                    block();
                }
                default -> {
                    if (size == Long.MAX_VALUE) {
                        return Kind.END;
                    }
                    at = bodyAt + size;
                }
            }
        }
        return kind;
    }

    private void block() {
        boolean simple = id == Ebml.SIMPLE_BLOCK;
        int there = file.read(bodyAt, header, (int) Math.min(size, HEADER));
        int trackBytes = there < 1 ? 0 : Integer.numberOfLeadingZeros(header[0] & 0xff) - 23;
        if (trackBytes < 1 || trackBytes > 4 || there < trackBytes + 3) {
            return;
        }
        long number = value(header, 0, trackBytes) & (1L << 7 * trackBytes) - 1;
        int relative = header[trackBytes] << 8 | header[trackBytes + 1] & 0xff;
        int flags = header[trackBytes + 2] & 0xff;
        bodyAt += trackBytes + 3;
        size -= trackBytes + 3;
        if (size > MAX_BLOCK || size == 0 || (flags & LACING) != 0) {
            return;
        }
        if (sound != null && number == sound.number()) {
            kind = Kind.SOUND;
        } else if (picture != null && number == picture.number()) {
            kind = Kind.PICTURE;
        } else {
            return;
        }
        millis = time(clusterTicks + relative);
        key = simple ? (flags & KEY) != 0 : kind == Kind.PICTURE && !refers;
    }

    /// A block in a group says of itself which others it needs (RFC 9559 section 5.1.3.5.5), in front of it or behind it.
    private void lookForReferences(long length) {
        long end = bodyAt + length;
        refers = false;
        at = bodyAt;
        for (int i = 0; i < MAX_GROUP && at < end && element() && size != Long.MAX_VALUE; i++) {
            refers |= id == Ebml.REFERENCE_BLOCK;
            at = bodyAt + size;
        }
    }

    private long time(long ticks) {
        return ticks < 0 || ticks > MAX_MILLIS ? 0 : (long) (ticks * (scale / 1e6));
    }

    /// @return the number that an element holds; 0 when that is none
    private long number() {
        int bytes = (int) Math.min(size, 8);
        return size < 1 || size > 8 || file.read(bodyAt, header, bytes) < bytes ? 0 : value(header, 0, bytes);
    }

    private static long value(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    /// Reads the head of the element at `at`; its size is `Long.MAX_VALUE` when it is unknown.
    ///
    /// @return false at the end, or where none begins
    private boolean element() {
        int there = at < 0 ? 0 : file.read(at, header, HEADER);
        int idBytes = there < 1 ? 0 : Integer.numberOfLeadingZeros(header[0] & 0xff) - 23;
        if (idBytes < 1 || idBytes > 4 || there <= idBytes) {
            return false;
        }
        int sizeBytes = Integer.numberOfLeadingZeros(header[idBytes] & 0xff) - 23;
        if (sizeBytes > 8 || there < idBytes + sizeBytes) {
            return false;
        }
        id = (int) value(header, 0, idBytes);
        long unknown = (1L << 7 * sizeBytes) - 1;
        long told = value(header, idBytes, sizeBytes) & unknown;
        size = told == unknown || told > Long.MAX_VALUE / 4 ? Long.MAX_VALUE : told;
        bodyAt = at + idBytes + sizeBytes;
        return true;
    }

    private String text(long from, long length, int wanted) {
        byte[] held = new byte[(int) length];
        return new Piece(held, 0, Math.max(0, file.read(from, held, held.length))).text(wanted);
    }

    /// Elements in memory.
    private record Piece(byte[] bytes, int from, int end) {
        /// @return what the next element of that name holds, at the earliest at `start`
        @Nullable Piece child(int wanted, int start) {
            int at = Math.max(from, start);
            while (at < end) {
                int idBytes = Integer.numberOfLeadingZeros(bytes[at] & 0xff) - 23;
                if (idBytes < 1 || idBytes > 4 || at + idBytes >= end) {
                    return null;
                }
                int sizeBytes = Integer.numberOfLeadingZeros(bytes[at + idBytes] & 0xff) - 23;
                if (sizeBytes > 8 || at + idBytes + sizeBytes > end) {
                    return null;
                }
                long length = value(bytes, at + idBytes, sizeBytes) & (1L << 7 * sizeBytes) - 1;
                int body = at + idBytes + sizeBytes;
                if (length > end - body) {
                    return null;
                }
                if (value(bytes, at, idBytes) == (wanted & 0xffff_ffffL)) {
                    return new Piece(bytes, body, body + (int) length);
                }
                at = body + (int) length;
            }
            return null;
        }

        long number(int wanted, long otherwise) {
            Piece found = child(wanted, 0);
            return found == null || found.end - found.from > 8 || found.end == found.from ? otherwise : value(bytes, found.from, found.end - found.from);
        }

        byte[] copy(int most) {
            return Arrays.copyOfRange(bytes, from, Math.min(end, from + most));
        }

        double decimal(int wanted) {
            Piece found = child(wanted, 0);
            int length = found == null ? 0 : found.end - found.from;
            return length == 4 ? Float.intBitsToFloat((int) value(bytes, found.from, 4))
                    : length == 8 ? Double.longBitsToDouble(value(bytes, found.from, 8)) : 0;
        }

        String text(int wanted) {
            Piece found = child(wanted, 0);
            return found == null ? "" : new String(Arrays.copyOfRange(bytes, found.from, Math.min(found.end, found.from + 64)), StandardCharsets.US_ASCII).trim();
        }
    }
}
