package io.jverto.switchboard.port;

import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A channel as its client's endpoint steers it, once the call is up. Thread-safe; what waits does so as in [ChannelRef].
public interface CallRef extends ChannelRef {
    /// The client is gone, and whoever calls this decides how long the call waits for it. Until [#reattach] the loss of its media
    /// does not end the call.
    void away();

    /// Offers the call to its client again, with new credentials of ours (verto-wire.md section 4.5); to one without ICE, as it is, on hold
    /// or not. Waits.
    ///
    /// @return empty when there is no answered call
    Optional<Reoffer> reoffer();

    /// The client's answer to the last [#reoffer]. One that cannot be used ends the call. Waits.
    AnswerResult reattach(SdpText answer);

    /// The client's answer to the last [#reoffer] of a call that it never lost. One that cannot be used ends the call. Waits.
    AnswerResult accept(SdpText answer);

    /// An offer of the client in an answered call, or without ICE in early media: other candidates, other direction, new ICE credentials. One that cannot be used ends the
    /// call of a client with ICE; without, all stays as it was. Waits.
    Update update(SdpText offer);

    /// Addresses that the client found after it sent its last description (RFC 8838 section 9). Only posts; what comes before the channel
    /// looked at the description waits for that.
    void candidates(List<TrickledCandidate> candidates);

    /// Puts an answered call on hold or takes it off: nothing flows between it and its client, who talks with it hears music. Waits.
    ///
    /// @return whether it is held now
    boolean hold(HoldWish wish);

    /// @return whether it is on hold
    boolean held();

    /// Asks for pictures that need no others, of the client and of whom it sees. Only posts.
    void refreshVideo();

    /// Says something of the client to whom the call is with. With nobody there it is counted. Only posts.
    ///
    /// @return false when the channel is gone or has too much to do
    boolean say(Saying saying);

    /// Sets variables that the client may set while the call is up. Only posts.
    ///
    /// @return false when the channel is gone or has too much to do
    boolean change(Map<String, String> variables);

    /// What a client wants of a call's hold.
    enum HoldWish {
        HOLD,
        UNHOLD,
        TOGGLE
    }

    /// A call offered again.
    ///
    /// @param variables the channel's variables; the endpoint sends those that its protocol lets out
    record Reoffer(SdpText offer, CallerProfile caller, Map<String, String> variables) {
        public Reoffer {
            variables = Map.copyOf(variables);
        }
    }

    /// What became of [#update].
    sealed interface Update {
        record Updated(SdpText answer) implements Update {}

        /// @param why never ANSWERED
        record Failed(AnswerResult why) implements Update {}
    }
}
