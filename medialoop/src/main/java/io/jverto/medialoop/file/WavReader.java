package io.jverto.medialoop.file;

import io.jverto.base.Broken;
import io.jverto.media.codec.RateConverter;
import io.jverto.media.codec.SampleFormat;
import io.jverto.media.file.WavHeader;

/// A WAV file as 48 kHz PCM, mono or stereo as it is. Reads a block at a time, whatever the file's size.
final class WavReader implements PcmReader {
    private static final int RATE = 48_000;
    /// Samples of each channel that are read at once: six times as many come out of 8 kHz.
    private static final int BLOCK = 512;

    private final SoundFile file;
    private final WavHeader header;
    private final SampleFormat format;
    private final RateConverter[] converters;
    private final byte[] bytes;
    private final short[] values;
    private final short[] one;
    private final short[] converted;
    private long position;
    private boolean flushed;

    /// @param start samples at 48 kHz to leave out
    WavReader(SoundFile file, WavHeader header, long start) {
        this.file = file;
        this.header = header;
        this.format = format(header);
        this.converters = new RateConverter[header.channels()];
        for (int c = 0; c < converters.length; c++) {
            converters[c] = new RateConverter(header.rateHz(), RATE, BLOCK);
        }
        this.bytes = new byte[BLOCK * header.frameBytes()];
        this.values = new short[BLOCK * header.channels()];
        this.one = new short[BLOCK];
        this.converted = new short[MAX_BLOCK];
        this.position = Math.min(header.dataBytes(), Math.max(0, start) * header.rateHz() / RATE * header.frameBytes());
        if (converters[0].maxOutput(BLOCK) > MAX_BLOCK) {
            throw new Broken("a block of " + header.rateHz() + " Hz does not fit");
        }
    }

    private static SampleFormat format(WavHeader header) {
        return switch (header.encoding()) {
            case INTEGER -> switch (header.bits()) {
                case 8 -> SampleFormat.PCM8;
                case 16 -> SampleFormat.PCM16;
                case 24 -> SampleFormat.PCM24;
                default -> SampleFormat.PCM32;
            };
            case FLOAT -> header.bits() == 64 ? SampleFormat.FLOAT64 : SampleFormat.FLOAT32;
            case A_LAW -> SampleFormat.A_LAW;
            case MU_LAW -> SampleFormat.MU_LAW;
        };
    }

    @Override
    public int channels() {
        return header.channels();
    }

    @Override
    public int read(short[] pcm) {
        int produced = 0;
        while (produced == 0 && !flushed) {
            int samples = readBlock();
            produced = samples == 0 ? flush(pcm) : convert(samples, pcm);
        }
        return produced;
    }

    /// @return samples of each channel in `values`, 0 at the end
    private int readBlock() {
        int wanted = (int) Math.min(bytes.length, header.dataBytes() - position);
        int read = wanted <= 0 ? 0 : file.read(header.dataOffset() + position, bytes, wanted);
        int samples = Math.max(0, read) / header.frameBytes();
        position = samples == 0 ? header.dataBytes() : position + (long) samples * header.frameBytes();
        format.decode(bytes, samples * channels(), values);
        return samples;
    }

    private int convert(int samples, short[] pcm) {
        int produced = 0;
        for (int c = 0; c < converters.length; c++) {
            for (int i = 0; i < samples; i++) {
                one[i] = values[i * converters.length + c];
            }
            produced = converters[c].convert(one, samples, converted);
            spread(produced, c, pcm);
        }
        return produced;
    }

    private int flush(short[] pcm) {
        flushed = true;
        int produced = 0;
        for (int c = 0; c < converters.length; c++) {
            produced = converters[c].flush(converted);
            spread(produced, c, pcm);
        }
        return produced;
    }

    private void spread(int samples, int channel, short[] pcm) {
        for (int i = 0; i < samples; i++) {
            pcm[i * converters.length + channel] = converted[i];
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
