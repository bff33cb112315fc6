package io.jverto.switchboard.port;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;

/// Where a channel's sound goes and what it hears. [MediaService#bridge] is the remaining case, which concerns two.
public sealed interface AudioRoute {
    /// Nothing either way; transport and digits stay up.
    record Silent() implements AudioRoute {}

    /// Its own packets go back, not decoded.
    record Echo() implements AudioRoute {}

    /// A sound that the server makes; the channel's own goes nowhere. [MediaListener#onPlaybackEnded] tells the end.
    ///
    /// @param playback chosen by the caller, given back at the end
    record Play(Sound sound, long playback) implements AudioRoute {}

    /// What it says goes into a file; it hears nothing. [MediaListener#onRecordingEnded] tells the end.
    ///
    /// @param number chosen by the caller, given back at the end
    record Record(Recording recording, long number) implements AudioRoute {}

    /// In a mixer: hears all others.
    ///
    /// @param muted the others do not hear it
    /// @param deaf it hears nobody
    /// @param volumeIn how loud the others hear it: -4 to 4, 0 as it is (conference.md section 10)
    /// @param volumeOut how loud it hears the others
    record Mix(MediaService.MixerRef mixer, boolean muted, boolean deaf, int volumeIn, int volumeOut) implements AudioRoute {
        public Mix(MediaService.MixerRef mixer, boolean muted, boolean deaf) {
            this(mixer, muted, deaf, 0, 0);
        }
    }
}
