package io.jverto.media.audio;

import io.jverto.media.plan.Sound;

/// Makes the PCM of a [Sound], 20 ms at 48 kHz at a time. Owner: MIXER_TICK.
public sealed interface SoundSource permits ToneSource, SilenceSource, MusicSource {
    /// @return 1 mono, 2 stereo and interleaved
    int channels();

    /// Writes the next 960 samples for each channel.
    ///
    /// @return false when the sound was over before them: nothing was written
    boolean fill(short[] pcm);

    /// @return a source that stands at its beginning
    static Made of(Sound sound) {
        return switch (sound) {
            case Sound.Tone tone -> ToneScript.parse(tone.script());
            case Sound.Music music -> new Made.Ok(new MusicSource());
            case Sound.Silence silence -> new Made.Ok(new SilenceSource(silence.millis()));
        };
    }

    /// A source, or why there is none.
    sealed interface Made {
        record Ok(SoundSource source) implements Made {}

        record Bad(String reason) implements Made {}
    }
}
