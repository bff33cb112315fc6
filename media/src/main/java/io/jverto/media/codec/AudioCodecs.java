package io.jverto.media.codec;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;

/// Makes encoders and decoders. Whether Opus runs in libopus or in Java is settled once, at first use.
public final class AudioCodecs {
    private AudioCodecs() {}

    /// @param channels 1 or 2; G.711 and G.722 are mono whatever is asked
    /// @param bandwidthHz sampling rate that the receiver can make use of, at most 48000
    public static AudioEncoder encoder(AudioCodec codec, int channels, OpusSettings settings, int bandwidthHz) {
        return encoder(codec, OpusTuning.of(channels, settings, bandwidthHz));
    }

    /// For who listens while it is made: Opus without redundancy is then cheaper and less behind, so not as long as every encoder else
    /// ([io.jverto.media.file.OggOpusWriter#PRE_SKIP]).
    ///
    /// @param channels 1 or 2; G.711 and G.722 are mono whatever is asked
    /// @param bandwidthHz sampling rate that the receiver can make use of, at most 48000
    public static AudioEncoder liveEncoder(AudioCodec codec, int channels, OpusSettings settings, int bandwidthHz) {
        return encoder(codec, OpusTuning.live(channels, settings, bandwidthHz));
    }

    private static AudioEncoder encoder(AudioCodec codec, OpusTuning tuning) {
        return switch (codec) {
            case OPUS -> opusEncoder(tuning);
            case G722 -> new G722Encoder();
            case PCMU -> new G711Encoder(G711.MU_LAW);
            case PCMA -> new G711Encoder(G711.A_LAW);
        };
    }

    /// @param channels 1 or 2; G.711 and G.722 are mono whatever is asked
    public static AudioDecoder decoder(AudioCodec codec, int channels) {
        return switch (codec) {
            case OPUS -> Opus.IS_NATIVE ? new NativeOpusDecoder(channels) : new ConcentusDecoder(channels);
            case G722 -> new G722Decoder();
            case PCMU -> new G711Decoder(G711.MU_LAW);
            case PCMA -> new G711Decoder(G711.A_LAW);
        };
    }

    /// Loads the library if that was not done yet, which takes a moment: call it before the first call comes.
    ///
    /// @return what runs Opus, for the log: libopus with its version, or Java and the reason
    public static String opusImplementation() {
        return Opus.DESCRIPTION;
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
        static final boolean IS_NATIVE;
        static final String DESCRIPTION;

        static {
            boolean loaded = false;
            String description;
            try {
                // Some are built without telling theirs.
                description = "native " + OpusNative.version().replace(" unknown", ", of a version that it does not tell");
                loaded = true;
            } catch (LinkageError | RuntimeException reason) {
                description = "Java, at two to three times the cost, because libopus did not load: " + rootOf(reason);
            }
            IS_NATIVE = loaded;
            DESCRIPTION = description;
        }

        private static Throwable rootOf(Throwable thrown) {
            Throwable cause = thrown.getCause();
            return cause == null ? thrown : rootOf(cause);
        }
    }
}
