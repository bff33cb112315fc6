package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.file.OggOpus;
import io.jverto.media.plan.AudioCodec;

/// An Ogg file of Opus as 48 kHz PCM, mono or stereo as it is.
final class OggReader implements PcmReader {
    /// Packets in a row without sound: what comes then is no sound.
    private static final int MAX_SILENT_PACKETS = 1_000;

    private final SoundFile file;
    private final OggOpus stream;
    private final AudioDecoder decoder;
    private final double gain;
    private final byte[] packet = new byte[OggOpus.MAX_PACKET];
    private long toSkip;
    private long decoded;

    /// @param start samples at 48 kHz to leave out
    OggReader(SoundFile file, OggOpus stream, long start) {
        this.file = file;
        this.stream = stream;
        this.decoder = AudioCodecs.decoder(AudioCodec.OPUS, stream.channels());
        this.gain = Math.pow(10, stream.gain() / 256.0 / 20);
        this.toSkip = stream.preSkip() + Math.max(0, start);
    }

    @Override
    public int channels() {
        return stream.channels();
    }

    @Override
    public int read(short[] pcm) {
        for (int i = 0; i < MAX_SILENT_PACKETS; i++) {
            int length = stream.next(packet);
            if (length == OggOpus.END) {
                return 0;
            }
            int samples = Math.max(0, decoder.decode(packet, 0, length, pcm));
            int from = (int) Math.min(toSkip, samples);
            int to = Math.clamp(stream.endSamples() - decoded, from, Math.max(from, samples));
            toSkip -= from;
            decoded += samples;
            if (to > from) {
                keep(pcm, from, to);
                return to - from;
            }
        }
        return 0;
    }

    private void keep(short[] pcm, int from, int to) {
        int channels = stream.channels();
        for (int i = 0; i < (to - from) * channels; i++) {
            short value = pcm[from * channels + i];
            pcm[i] = gain == 1 ? value : (short) Math.clamp(Math.round(value * gain), -32_768, 32_767);
        }
    }

    @Override
    public void close() {
        decoder.close();
        file.close();
    }
}
