package io.jverto.switchboard.port;

import io.jverto.wire.sdp.SdpText;

/// A channel as other threads see it. Thread-safe. Methods that say so wait for the channel's thread, but never longer than
/// a few seconds; the others only post.
public interface ChannelRef {
    ChannelId id();

    /// Lets an admitted channel run. Once.
    void start();

    /// Whether the channel has been answered.
    boolean answered();

    /// The client's answer to a call that the switch made, or to the offer that went with our answer to a call without one. Waits for the outcome.
    ///
    /// @param calleeName the name that the client gives itself, empty when none
    /// @param calleeNumber the number that the client gives itself, empty when none
    AnswerResult answer(SdpText sdp, String calleeName, String calleeNumber);

    /// The client of a call that the switch made says that it rings. Only posts.
    void rings();

    /// It has sound before it is answered (SIP's 183 with a description). Waits for the outcome.
    ///
    /// @param sdp its answer to our offer; the one of [#answer] may change it
    AnswerResult early(SdpText sdp);

    /// Digits from the client, outside the media (`verto.info`). They are treated as if they had come in the media.
    ///
    /// @param digits `0-9 A-D * # w W f F`; anything else has been taken out
    /// @param durationMillis of each digit; 0 for the default
    /// @return false when the channel is gone or its queue is full
    boolean dtmf(String digits, int durationMillis);

    /// The client's session is back and has the call again (verto-wire.md section 4.5): what shows the client something, a room for
    /// instance, shows it anew. Only posts; to be called once the client knows of the call.
    void reattached();

    /// Has something said to the channel's client. Only posts.
    void hear(Saying saying);

    /// Tells it what its room wants. Only posts.
    void fromRoom(RoomNotice notice);

    /// Something that is kept of it while the server is started again is different, though it did nothing itself.
    default void noteAgain() {}

    /// Ends the channel.
    ///
    /// @param byClient the client itself said so
    /// @return false when it had ended before
    boolean hangup(Cause cause, boolean byClient);

    /// What became of an answer.
    enum AnswerResult {
        /// It is connected.
        ANSWERED,
        /// No such call any more.
        GONE,
        /// Nothing in the SDP can be used (`CODEC ERROR`).
        CODEC_ERROR,
        /// The media could not be started; the call has been ended (`MEDIA ERROR`).
        MEDIA_ERROR
    }
}
