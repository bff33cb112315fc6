package io.jverto.media.file;

import io.jverto.base.Broken;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Makes elements of EBML (RFC 8794) in memory, and knows the names of those of Matroska that a WebM file has (RFC 9559 section 5).
final class Ebml {
    static final int EBML = 0x1a45dfa3;
    static final int EBML_VERSION = 0x4286;
    static final int EBML_READ_VERSION = 0x42f7;
    static final int EBML_MAX_ID = 0x42f2;
    static final int EBML_MAX_SIZE = 0x42f3;
    static final int DOC_TYPE = 0x4282;
    static final int DOC_TYPE_VERSION = 0x4287;
    static final int DOC_TYPE_READ_VERSION = 0x4285;
    static final int SEGMENT = 0x18538067;
    static final int SEEK_HEAD = 0x114d9b74;
    static final int SEEK = 0x4dbb;
    static final int SEEK_ID = 0x53ab;
    static final int SEEK_POSITION = 0x53ac;
    static final int VOID = 0xec;
    static final int INFO = 0x1549a966;
    static final int TIMESTAMP_SCALE = 0x2ad7b1;
    static final int DURATION = 0x4489;
    static final int TITLE = 0x7ba9;
    static final int MUXING_APP = 0x4d80;
    static final int WRITING_APP = 0x5741;
    static final int TRACKS = 0x1654ae6b;
    static final int TRACK_ENTRY = 0xae;
    static final int TRACK_NUMBER = 0xd7;
    static final int TRACK_UID = 0x73c5;
    static final int TRACK_TYPE = 0x83;
    static final int FLAG_LACING = 0x9c;
    static final int CODEC_ID = 0x86;
    static final int CODEC_PRIVATE = 0x63a2;
    static final int CODEC_DELAY = 0x56aa;
    static final int SEEK_PRE_ROLL = 0x56bb;
    static final int CONTENT_ENCODINGS = 0x6d80;
    static final int AUDIO = 0xe1;
    static final int SAMPLING_FREQUENCY = 0xb5;
    static final int CHANNELS = 0x9f;
    static final int VIDEO = 0xe0;
    static final int PIXEL_WIDTH = 0xb0;
    static final int PIXEL_HEIGHT = 0xba;
    static final int TAGS = 0x1254c367;
    static final int TAG = 0x7373;
    static final int TARGETS = 0x63c0;
    static final int SIMPLE_TAG = 0x67c8;
    static final int TAG_NAME = 0x45a3;
    static final int TAG_STRING = 0x4487;
    static final int CLUSTER = 0x1f43b675;
    static final int TIMESTAMP = 0xe7;
    static final int SIMPLE_BLOCK = 0xa3;
    static final int BLOCK_GROUP = 0xa0;
    static final int BLOCK = 0xa1;
    static final int REFERENCE_BLOCK = 0xfb;
    static final int CUES = 0x1c53bb6b;
    static final int CUE_POINT = 0xbb;
    static final int CUE_TIME = 0xb3;
    static final int CUE_TRACK_POSITIONS = 0xb7;
    static final int CUE_TRACK = 0xf7;
    static final int CUE_CLUSTER_POSITION = 0xf1;

    /// Of a size in eight bytes: it is not known yet, and the element goes on to the end of what there is.
    static final long UNKNOWN = 0x00ff_ffff_ffff_ffffL;

    private Ebml() {}

    /// @param content what the element holds, one after the other
    static byte[] element(int id, byte[]... content) {
        byte[] held = join(content);
        return join(id(id), size(held.length), held);
    }

    /// An unsigned number in as many bytes as it needs.
    static byte[] number(int id, long value) {
        int bytes = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8);
        return number(id, value, bytes);
    }

    /// An unsigned number in so many bytes, so that another one can be written in its place later.
    static byte[] number(int id, long value, int bytes) {
        byte[] held = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            held[i] = (byte) (value >>> 8 * (bytes - 1 - i));
        }
        return element(id, held);
    }

    static byte[] decimal(int id, double value) {
        return element(id, ByteBuffer.allocate(8).putDouble(value).array());
    }

    static byte[] text(int id, String text) {
        return element(id, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Nothing, of a given length.
    ///
    /// @param length of the whole element, 9 and more
    static byte[] nothing(int length) {
        return ByteBuffer.allocate(length).put(id(VOID)).put(longSize(length - 9)).array();
    }

    static byte[] id(int id) {
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(id) + 7) / 8;
        return copy(id, bytes);
    }

    private static byte[] copy(int value, int bytes) {
        byte[] copy = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            copy[i] = (byte) (value >>> 8 * (bytes - 1 - i));
        }
        return copy;
    }

    /// A size in as few bytes as it needs; all ones mean that it is not known, and are left out (RFC 8794 section 6.2).
    static byte[] size(int value) {
        for (int bytes = 1; bytes <= 4; bytes++) {
            if (value < (1 << 7 * bytes) - 1) {
                return copy(value | 1 << 7 * bytes, bytes);
            }
        }
        throw new Broken("an element of " + value + " bytes");
    }

    /// A size in eight bytes, which can be written anew later.
    static byte[] longSize(long value) {
        return ByteBuffer.allocate(8).putLong(value | 1L << 56).array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
