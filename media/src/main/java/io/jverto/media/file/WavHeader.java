package io.jverto.media.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the sound of a WAV file is and how it is written (RIFF; Microsoft's WAVEFORMATEX and WAVEFORMATEXTENSIBLE; EBU Tech 3306 for
/// RF64). Reads some bytes of each chunk and skips the rest, so no size in a file makes us read or keep more.
///
/// @param bits of one sample of one channel
/// @param dataOffset where the samples begin
/// @param dataBytes whole samples of all channels, never beyond the end of the file
public record WavHeader(Encoding encoding, int bits, int rateHz, int channels, long dataOffset, long dataBytes) {
    public static final int MIN_RATE = 8_000;
    public static final int MAX_RATE = 192_000;
    /// Length of what [#bytes] gives.
    public static final int BYTES = 44;
    /// Size of a file that is still being written, or whose writer died.
    public static final long UNKNOWN = 0xffff_ffffL;

    private static final int MAX_CHUNKS = 128;
    private static final int HEAD = 8;
    private static final int FORMAT_BYTES = 40;
    private static final int EXTENSIBLE = 0xfffe;

    /// What the bits of a sample mean.
    public enum Encoding { INTEGER, FLOAT, A_LAW, MU_LAW }

    /// A header, or what is wrong with the file.
    public sealed interface Result {
        record Ok(WavHeader header) implements Result {}

        record Bad(String reason) implements Result {}
    }

    /// @return bytes of one sample of all channels
    public int frameBytes() {
        return bits / 8 * channels;
    }

    public static Result read(FileBytes file) {
        ByteBuffer riff = bytes(file, 0, 12);
        if (riff.limit() < 12 || !name(riff, 0).matches("RIFF|RF64") || !name(riff, 8).equals("WAVE")) {
            return new Result.Bad("it is no WAV file");
        }
        boolean unfinished = size(riff, 4) == 0;
        long at = 12;
        ByteBuffer format = ByteBuffer.allocate(0);
        for (int i = 0; i < MAX_CHUNKS && at + HEAD <= file.length(); i++) {
            ByteBuffer head = bytes(file, at, HEAD);
            long size = size(head, 4);
            if (name(head, 0).equals("data")) {
                boolean toTheEnd = size == UNKNOWN || size == 0 && unfinished;
                return found(format, at + HEAD, toTheEnd ? Long.MAX_VALUE : size, file.length());
            }
            if (name(head, 0).equals("fmt ")) {
                format = bytes(file, at + HEAD, (int) Math.min(size, FORMAT_BYTES));
            }
            at += HEAD + size + (size & 1);
        }
        return new Result.Bad("there is no sound in it");
    }

    private static Result found(ByteBuffer format, long offset, long size, long fileLength) {
        if (format.limit() < 16) {
            return new Result.Bad("it does not say how its sound is written");
        }
        int tag = format.getShort(0) & 0xffff;
        tag = tag == EXTENSIBLE && format.limit() >= 26 ? format.getShort(24) & 0xffff : tag;
        int channels = format.getShort(2) & 0xffff;
        int rate = format.getInt(4);
        int bits = format.getShort(14) & 0xffff;
        if (channels < 1 || channels > 2) {
            return new Result.Bad("it has " + channels + " channels, 1 and 2 can be played");
        }
        if (rate < MIN_RATE || rate > MAX_RATE) {
            return new Result.Bad("its rate is " + Integer.toUnsignedString(rate) + " Hz, " + MIN_RATE + " to " + MAX_RATE + " can be played");
        }
        Optional<Encoding> encoding = encoding(tag, bits);
        if (encoding.isEmpty() || (format.getShort(12) & 0xffff) != bits / 8 * channels) {
            return new Result.Bad("its sound is written in a way that is not known: format " + tag + ", " + bits + " bits");
        }
        long there = Math.clamp(fileLength - offset, 0, size);
        return new Result.Ok(new WavHeader(encoding.get(), bits, rate, channels, offset, there - there % (bits / 8 * channels)));
    }

    private static Optional<Encoding> encoding(int tag, int bits) {
        return Optional.ofNullable(switch (tag) {
            case 1 -> bits == 8 || bits == 16 || bits == 24 || bits == 32 ? Encoding.INTEGER : null;
            case 3 -> bits == 32 || bits == 64 ? Encoding.FLOAT : null;
            case 6 -> bits == 8 ? Encoding.A_LAW : null;
            case 7 -> bits == 8 ? Encoding.MU_LAW : null;
            default -> null;
        });
    }

    /// The head of a file of 16-bit PCM whose samples follow at once.
    ///
    /// @param dataBytes of the samples, [#UNKNOWN] as long as they are
    public static byte[] bytes(int rateHz, int channels, long dataBytes) {
        return bytes(rateHz, channels, dataBytes, 0);
    }

    /// @param tailBytes of what stands behind the samples, for instance [#info]
    public static byte[] bytes(int rateHz, int channels, long dataBytes, int tailBytes) {
        long riff = dataBytes == UNKNOWN ? UNKNOWN : dataBytes + tailBytes + BYTES - HEAD;
        return ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF")).putInt((int) riff).put(ascii("WAVE"))
                .put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) channels)
                .putInt(rateHz).putInt(rateHz * channels * 2).putShort((short) (channels * 2)).putShort((short) 16)
                .put(ascii("data")).putInt((int) dataBytes)
                .array();
    }

    /// The chunk `LIST` of the kind `INFO`, in UTF-8, which may stand behind the samples of an even length.
    ///
    /// @param texts by the names of their entries: `INAM`, `IART`
    /// @return nothing when all are empty
    public static byte[] info(Map<String, String> texts) {
        List<byte[]> entries = texts.entrySet().stream().map(text -> entry(text.getKey(), text.getValue())).toList();
        int size = 4 + entries.stream().mapToInt(entry -> entry.length).sum();
        if (size == 4) {
            return new byte[0];
        }
        ByteBuffer chunk = ByteBuffer.allocate(HEAD + size).order(ByteOrder.LITTLE_ENDIAN).put(ascii("LIST")).putInt(size).put(ascii("INFO"));
        entries.forEach(chunk::put);
        return chunk.array();
    }

    /// Ends with a zero, and with another one where its length would be odd.
    private static byte[] entry(String name, String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        int size = value.length + 1;
        return ByteBuffer.allocate(HEAD + size + (size & 1)).order(ByteOrder.LITTLE_ENDIAN).put(ascii(name)).putInt(size).put(value).array();
    }

    private static ByteBuffer bytes(FileBytes file, long position, int count) {
        byte[] read = new byte[count];
        int there = Math.max(0, file.read(position, read, count));
        return ByteBuffer.wrap(read).limit(there).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long size(ByteBuffer bytes, int at) {
        return bytes.limit() < at + 4 ? 0 : bytes.getInt(at) & UNKNOWN;
    }

    private static String name(ByteBuffer bytes, int at) {
        return bytes.limit() < at + 4 ? "" : new String(bytes.array(), at, 4, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
