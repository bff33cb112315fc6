package io.jverto.switchboard.port;

import io.jverto.media.plan.Position;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VoiceRules;
import java.util.Optional;
import java.util.Set;

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

    /// Listens in on another channel, whatever that one does and whomever it talks with, and may be heard there: a supervisor, one who
    /// whispers to one side, a third one in a talk. The same target and number again with others to hear, or to be heard by, is a change
    /// without a gap. A bridge that is relayed is decoded as long as somebody listens. Listeners of one channel hear each other if they
    /// are heard by both sides. [MediaListener#onPlaybackEnded] tells that the target is gone, or cannot be listened to; the listener
    /// then hears silence.
    ///
    /// Applications are to see to it that nobody listens to himself, nor two to each other.
    ///
    /// @param target a channel of the same media service
    /// @param hears whose sound it hears
    /// @param heardBy who hears it
    /// @param number chosen by the caller, as for [Play]: among all playbacks of the channel
    record Listen(MediaService.MediaRef target, Whom hears, Whom heardBy, long number) implements AudioRoute {}

    /// Sides of a channel.
    enum Whom {
        NOBODY,
        /// The channel's own party.
        PARTY,
        /// Whoever it talks with, or whatever it hears: a room, a menu.
        OTHER,
        BOTH;

        public boolean party() {
            return this == PARTY || this == BOTH;
        }

        public boolean other() {
            return this == OTHER || this == BOTH;
        }
    }

    /// In a mixer: hears all others.
    ///
    /// @param muted the others do not hear it
    /// @param deaf it hears nobody
    /// @param volumeIn how loud the others hear it: -4 to 4, 0 as it is (conference.md section 10)
    /// @param volumeOut how loud it hears the others
    /// @param gate mean sample magnitude over which it is heard; -1 for what the mixer says
    /// @param detecting whether it is told when it talks, also while it is muted
    /// @param unheard whom it does not hear
    /// @param position where the others hear it, if the mixer is stereo; nothing leaves its left and right as they are
    /// @param voice what is done to its voice by itself
    record Mix(MediaService.MixerRef mixer, boolean muted, boolean deaf, int volumeIn, int volumeOut, int gate, boolean detecting,
            Set<ChannelId> unheard, Optional<Position> position, VoiceRules voice) implements AudioRoute {
        public Mix {
            unheard = Set.copyOf(unheard);
        }

        public Mix(MediaService.MixerRef mixer, boolean muted, boolean deaf) {
            this(mixer, muted, deaf, 0, 0, -1, false, Set.of(), Optional.empty(), VoiceRules.NONE);
        }
    }
}
