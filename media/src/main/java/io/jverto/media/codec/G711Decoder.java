package io.jverto.media.codec;

/// G.711 to 48 kHz mono PCM.
final class G711Decoder extends TelephoneDecoder {
    private static final int RATE = 8_000;

    private final G711 law;

    G711Decoder(G711 law) {
        super(RATE);
        this.law = law;
    }

    @Override
    int decodeNarrow(byte[] bytes, int offset, int length, short[] pcm) {
        for (int i = 0; i < length; i++) {
            pcm[i] = law.decode(bytes[offset + i]);
        }
        return length;
    }
}
