package io.jverto.media.codec;

/// Decodes one stream to 48 kHz PCM. Keeps state from packet to packet; one thread; close it. Bytes that are no packet of
/// the codec give -1 and leave the state as it was; nothing throws.
public sealed interface AudioDecoder extends AutoCloseable permits NativeOpusDecoder, ConcentusDecoder, TelephoneDecoder {
    /// The longest packet there is is 120 ms (RFC 6716 section 2.1.4).
    int MAX_SAMPLES = 5760;

    /// @return 1 or 2 interleaved channels that come out
    int channels();

    /// @return ticks of the RTP clock that the payload `bytes[offset .. offset+length)` lasts; -1 when it is malformed
    int durationTicks(byte[] bytes, int offset, int length);

    /// @param pcm holds [#MAX_SAMPLES] for each channel
    /// @return samples of each channel, or -1
    int decode(byte[] bytes, int offset, int length, short[] pcm);

    /// Makes the frame before a packet from the redundancy in it, as far as there is any.
    ///
    /// @param samples length of the lost frame
    /// @return samples of each channel, or -1
    int decodeLost(byte[] nextBytes, int offset, int length, short[] pcm, int samples);

    /// Makes up a lost frame from what was heard before.
    ///
    /// @param samples length of the lost frame, a multiple of 10 ms
    /// @return samples of each channel, or -1
    int conceal(short[] pcm, int samples);

    /// Forgets what was heard before: a new stream begins.
    void reset();

    @Override
    void close();
}
