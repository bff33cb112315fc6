package io.jverto.media.audio;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import java.util.Arrays;

/// Payloads that decode to silence whatever came before: sent to a room where nobody speaks, so that the receivers have
/// nothing to conceal and we have nothing to encode.
final class SilentPayload {
    /// CELT only, full band, 20 ms, one frame (RFC 6716 section 3.1); the stereo bit is 4.
    private static final int OPUS_TOC = 0xf8;
    /// A CELT frame whose first symbol says silence (section 4.3.1).
    private static final byte[] CELT_SILENCE = {(byte) 0xff, (byte) 0xfe};

    private static final byte MU_SILENCE = (byte) 0xff;
    private static final byte A_SILENCE = (byte) 0xd5;

    private SilentPayload() {}

    static byte[] of(EncodeKey key) {
        return switch (key.codec()) {
            case OPUS -> opus(key);
            case G722 -> g722(key);
            case PCMU -> g711(key, MU_SILENCE);
            case PCMA -> g711(key, A_SILENCE);
        };
    }

    private static byte[] opus(EncodeKey key) {
        int frames = key.frames();
        int toc = OPUS_TOC | (key.channels() == 2 ? 4 : 0);
        int head = frames == 3 ? 2 : 1; // three frames need the count byte of code 3
        byte[] payload = new byte[head + frames * CELT_SILENCE.length];
        payload[0] = (byte) (toc | (frames == 3 ? 3 : frames - 1));
        if (frames == 3) {
            payload[1] = 3;
        }
        for (int i = 0; i < frames; i++) {
            System.arraycopy(CELT_SILENCE, 0, payload, head + i * CELT_SILENCE.length, CELT_SILENCE.length);
        }
        return payload;
    }

    /// What an encoder comes to that has long been silent. Another decoder's step shrinks with each of these codes.
    private static byte[] g722(EncodeKey key) {
        byte[] payload = new byte[key.frames() * key.frameTicks()];
        try (AudioEncoder encoder = AudioCodecs.encoder(key.codec(), 1, key.opus(), key.bandwidthHz())) {
            short[] silence = new short[key.frames() * Frame.SAMPLES];
            for (int i = 0; i < 2; i++) {
                encoder.encode(silence, silence.length, payload, 0);
            }
        }
        return payload;
    }

    private static byte[] g711(EncodeKey key, byte silence) {
        byte[] payload = new byte[key.frames() * key.frameTicks()];
        Arrays.fill(payload, silence);
        return payload;
    }
}
