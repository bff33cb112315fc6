package io.jverto.switchboard.port;

import io.jverto.media.plan.MediaNote;

/// What a channel's media reports. Called on media threads: implementations post to a mailbox and return.
public interface MediaListener {
    /// The peer can be reached, by ICE and DTLS where it has those: sound can flow both ways.
    void onConnected();

    /// A digit arrived as RFC 4733 event, reported once, at its end.
    void onDtmf(char digit, int durationMillis);

    /// A digit was heard as a tone in the sound, reported once. Who need not tell the two apart takes it as the other.
    default void onTone(char digit, int durationMillis) {
        onDtmf(digit, durationMillis);
    }

    /// The transport is dead and will not come back.
    void onFailed(Failure failure);

    /// A finite sound has been played to its end, or could not be.
    void onPlaybackEnded(long playback, PlaybackEnd end);

    /// A recording's file is closed. Comes after each one, however it ends.
    void onRecordingEnded(long recording, RecordingEnd end);

    /// Tones that were looked for are there.
    void onToneFound(long number);

    /// The channel's talker began or stopped to speak, while in a mixer.
    void onTalking(boolean talking);

    /// Something to be remembered of how media came up, or did not.
    default void onNoted(MediaNote note) {}

    /// How a sound ended by itself.
    enum PlaybackEnd {
        PLAYED,
        /// It cannot be read or understood; the log says why.
        BROKEN
    }

    /// How a recording ended.
    ///
    /// @param millis its length
    /// @param samples of each channel in the file
    record RecordingEnd(How how, long millis, long samples) {
        /// What ended it.
        public enum How {
            /// The channel was routed elsewhere.
            STOPPED,
            /// It was silent for as long as was allowed.
            SILENCE,
            /// The file could not be written, or not any more; the log says why.
            FAILED
        }
    }

    /// Why a transport died.
    enum Failure {
        /// The certificate of the DTLS peer is not the one that its SDP names (RFC 8122), or the handshake was refused.
        DTLS,
        /// No answer to consent checks for 30 s (RFC 7675), or ICE never came up.
        ICE_TIMEOUT,
        /// A peer without ICE has sent no sound for as long as is allowed.
        RTP_TIMEOUT,
        /// Our own bug; logged where it happened.
        INTERNAL
    }
}
