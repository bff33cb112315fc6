package io.jverto.medialoop.file;

import io.jverto.media.codec.RateConverter;
import io.jverto.media.file.FileBytes;
import io.jverto.media.file.WavHeader;
import io.jverto.media.plan.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/// A WAV file of 16-bit PCM. Its head is brought up to date once a second, so that a file whose writer died can be read.
final class WavFile implements RecordedFile {
    private static final int RATE = 48_000;
    private static final int FRAME = 960;
    /// What a WAV file can say of its size, less some.
    private static final long MAX_BYTES = 0xffff_0000L;

    private final int rateHz;
    /// Stands behind the sound, so that the sound begins where everybody expects it.
    private final byte[] info;
    private final short[] one = new short[FRAME];
    private final short[][] converted;
    private final RateConverter[] converters;
    private final ByteBuffer out;
    private long samples;
    private long bytes;
    private int tail;

    WavFile(int rateHz, int channels, Recording.Tags tags) {
        this.rateHz = rateHz;
        this.info = info(tags);
        this.converters = new RateConverter[channels];
        this.converted = new short[channels][];
        for (int c = 0; c < channels; c++) {
            converters[c] = new RateConverter(RATE, rateHz, FRAME);
            converted[c] = new short[converters[c].maxOutput(FRAME)];
        }
        this.out = ByteBuffer.allocate(2 * channels * converters[0].maxOutput(FRAME)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] info(Recording.Tags tags) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("INAM", tags.title());
        texts.put("IART", tags.artist());
        texts.put("ICOP", tags.copyright());
        texts.put("ISFT", tags.software());
        texts.put("ICMT", tags.comment());
        texts.put("ICRD", tags.date());
        return WavHeader.info(texts);
    }

    @Override
    public boolean resume(FileBytes old) {
        if (!(WavHeader.read(old) instanceof WavHeader.Result.Ok(WavHeader header)) || header.dataOffset() != WavHeader.BYTES || header.bits() != 16
                || header.encoding() != WavHeader.Encoding.INTEGER || header.rateHz() != rateHz || header.channels() != converters.length) {
            return false;
        }
        bytes = header.dataBytes();
        return true;
    }

    @Override
    public void begin(FileOut to) throws IOException {
        if (bytes == 0) {
            to.write(ByteBuffer.wrap(WavHeader.bytes(rateHz, converters.length, WavHeader.UNKNOWN)), 0);
        }
    }

    @Override
    public void write(short[] frame, FileOut to) throws IOException {
        int count = 0;
        for (int c = 0; c < converters.length; c++) {
            for (int i = 0; i < FRAME; i++) {
                one[i] = frame[i * converters.length + c];
            }
            count = converters[c].convert(one, FRAME, converted[c]);
        }
        append(count, to);
    }

    @Override
    public void finish(FileOut to) throws IOException {
        int count = 0;
        for (int c = 0; c < converters.length; c++) {
            count = converters[c].flush(converted[c]);
        }
        append(count, to);
        to.write(ByteBuffer.wrap(info), WavHeader.BYTES + bytes);
        tail = info.length;
    }

    @Override
    public void repair(FileOut to) throws IOException {
        to.write(ByteBuffer.wrap(WavHeader.bytes(rateHz, converters.length, bytes, tail)), 0);
    }

    @Override
    public long samples() {
        return samples;
    }

    private void append(int count, FileOut to) throws IOException {
        out.clear();
        for (int i = 0; i < count; i++) {
            for (short[] channel : converted) {
                out.putShort(channel[i]);
            }
        }
        out.flip();
        int length = out.limit();
        if (bytes + length > MAX_BYTES) {
            throw new IOException("a WAV file cannot be longer");
        }
        to.write(out, WavHeader.BYTES + bytes);
        bytes += length;
        samples += count;
    }
}
