package io.jverto.media.audio;

import io.jverto.media.plan.Sound;

/// Makes the PCM of a [Sound], 20 ms at 48 kHz at a time. Owner: MIXER_TICK, or the thread that feeds a [PcmRing].
public sealed interface SoundSource
        permits ToneSource, SilenceSource, MusicSource, FeedSource, EchoSource, ListenSource, RecorderSource, WatchSource {
    /// @return 1 mono, 2 stereo and interleaved
    int channels();

    /// Writes the next 960 samples for each channel.
    ///
    /// @return false when the sound was over before them: nothing was written
    boolean fill(short[] pcm);

    /// @return whether it is over because it could not be read
    default boolean failed() {
        return false;
    }

    /// @return whether it wants what the channel says that hears it; it is then for that channel alone
    default boolean listens() {
        return false;
    }

    /// What the channel says, just before [#fill].
    ///
    /// @param pcm 960 samples of each channel
    default void said(short[] pcm, int channels) {}

    /// @return silence without end
    static SoundSource silence() {
        return new SilenceSource(-1);
    }

    /// @return the sound of a channel that hears itself
    static SoundSource echo() {
        return new EchoSource(0);
    }

    /// @return a source that stands at its beginning; what is in files has none of its own, but a [FeedSource]
    static Made of(Sound sound) {
        return switch (sound) {
            case Sound.Tone tone -> ToneScript.parse(tone.script());
            case Sound.Music music -> new Made.Ok(new MusicSource());
            case Sound.Silence silence -> new Made.Ok(new SilenceSource(silence.millis()));
            case Sound.Echo(int delayMillis) -> new Made.Ok(new EchoSource(delayMillis));
            case Sound.Watch watch -> new Made.Ok(new WatchSource(watch));
            case Sound.File _, Sound.Sequence _, Sound.Station _ -> new Made.Bad("it is read from files");
        };
    }

    /// A source, or why there is none.
    sealed interface Made {
        record Ok(SoundSource source) implements Made {}

        record Bad(String reason) implements Made {}
    }
}
