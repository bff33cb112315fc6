package io.jverto.media.codec;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes encoders and decoders. Whether Opus runs in libopus or in Java is settled once, at first use.
public final class AudioCodecs {
    private static final Logger log = LoggerFactory.getLogger(AudioCodecs.class);

    private AudioCodecs() {}

    /// @param channels 1 or 2; G.711 is mono whatever is asked
    /// @param bandwidthHz sampling rate that the receiver can make use of, at most 48000
    public static AudioEncoder encoder(AudioCodec codec, int channels, OpusSettings settings, int bandwidthHz) {
        return switch (codec) {
            case OPUS -> opusEncoder(OpusTuning.of(channels, settings, bandwidthHz));
            case PCMU -> new G711Encoder(G711.MU_LAW);
            case PCMA -> new G711Encoder(G711.A_LAW);
        };
    }

    /// @param channels 1 or 2; G.711 is mono whatever is asked
    public static AudioDecoder decoder(AudioCodec codec, int channels) {
        return switch (codec) {
            case OPUS -> Opus.IS_NATIVE ? new NativeOpusDecoder(channels) : new ConcentusDecoder(channels);
            case PCMU -> new G711Decoder(G711.MU_LAW);
            case PCMA -> new G711Decoder(G711.A_LAW);
        };
    }

    /// @return whether libopus was loaded
    public static boolean opusIsNative() {
        return Opus.IS_NATIVE;
    }

    private static AudioEncoder opusEncoder(OpusTuning tuning) {
        return Opus.IS_NATIVE ? new NativeOpusEncoder(tuning) : new ConcentusEncoder(tuning);
    }

    /// Loaded at the first call that needs Opus, not before.
    private static final class Opus {
        static final boolean IS_NATIVE = load();

        private static boolean load() {
            try {
                log.info("Opus runs in {}", OpusNative.version());
                return true;
            } catch (LinkageError | RuntimeException reason) {
                log.warn("Opus in Java, at two to three times the cost, because libopus did not load", reason);
                return false;
            }
        }
    }
}
