package io.jverto.switchboard.port;

/// What a channel's media reports. Called on media threads: implementations post to a mailbox and return.
public interface MediaListener {
    /// ICE and DTLS are up: sound can flow both ways.
    void onConnected();

    /// A digit arrived as RFC 4733 event, reported once, at its end.
    void onDtmf(char digit, int durationMillis);

    /// The transport is dead and will not come back.
    void onFailed(Failure failure);

    /// A finite sound has been played to its end.
    void onPlaybackEnded(long playback);

    /// The channel's talker began or stopped to speak, while in a mixer.
    void onTalking(boolean talking);

    /// Why a transport died.
    enum Failure {
        /// The certificate of the DTLS peer is not the one that its SDP names (RFC 8122), or the handshake was refused.
        DTLS,
        /// No answer to consent checks for 30 s (RFC 7675), or ICE never came up.
        ICE_TIMEOUT,
        /// Our own bug; logged where it happened.
        INTERNAL
    }
}
