package io.jverto.media.codec;

/// ITU-T G.722 at 64 kbit/s to 48 kHz mono PCM.
final class G722Decoder extends TelephoneDecoder {
    private static final int RATE = 16_000;
    private static final int SAMPLES_IN_BYTE = 2;

    private final G722Filter filter = new G722Filter();
    private final G722Band lower = G722Band.lower();
    private final G722Band higher = G722Band.higher();

    G722Decoder() {
        super(RATE);
    }

    @Override
    int decodeNarrow(byte[] bytes, int offset, int length, short[] pcm) {
        for (int i = 0; i < length; i++) {
            int code = bytes[offset + i] & 0xff;
            int low = sum(lower, G722Code.lowerLevel(code & 63));
            G722Code.adaptLower(lower, code & 63);
            int high = sum(higher, G722Code.higherLevel(code >> 6));
            G722Code.adaptHigher(higher, code >> 6);
            filter.put(low + high, low - high);
            pcm[2 * i] = (short) G722Band.saturated(filter.second() >> 11);
            pcm[2 * i + 1] = (short) G722Band.saturated(filter.first() >> 11);
        }
        return length * SAMPLES_IN_BYTE;
    }

    private static int sum(G722Band band, int level) {
        return Math.clamp(band.prediction() + band.difference(level), -16_384, 16_383);
    }

    @Override
    public void reset() {
        super.reset();
        filter.reset();
        lower.reset();
        higher.reset();
    }
}
