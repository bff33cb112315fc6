package io.jverto.media.codec;

/// Encodes 48 kHz PCM of one stream. Keeps state from frame to frame; one thread; close it.
public sealed interface AudioEncoder extends AutoCloseable permits NativeOpusEncoder, ConcentusEncoder, G711Encoder, G722Encoder {
    /// @return 1 or 2 interleaved channels that [#encode] takes
    int channels();

    /// Encodes one frame of 20, 40 or 60 ms.
    ///
    /// @param samples of each channel: 960, 1920 or 2880
    /// @return bytes written at `offset`; -1 when the codec refused
    int encode(short[] pcm, int samples, byte[] out, int offset);

    /// Makes the next frame decodable by a decoder that followed another stream so far: it depends on no frame before.
    void cutPrediction();

    @Override
    void close();
}
