package io.jverto.switchboard.port;

import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// What the switch says to the client of one channel. Implemented by the endpoint; called on the channel's thread; returns at once.
public interface CallSignal {
    /// Early media: the call is not answered, but there is sound (`verto.media`).
    ///
    /// @param variables the channel's variables; the endpoint sends those that its protocol lets out
    void earlyMedia(SdpText answer, Map<String, String> variables);

    /// Whether the client of a call that came without an offer takes ours by [#earlyMedia] and answers it, by [ChannelRef#answer], before the call
    /// is answered.
    default boolean takesEarlyOffer() {
        return false;
    }

    /// Whom the caller wants is being rung. Not every protocol says that.
    default void rings() {
        // clients ring by themselves (verto-wire.md section 5.6)
    }

    /// The call is answered (`verto.answer`).
    ///
    /// @param answer present unless [#earlyMedia] already carried it
    void answered(Optional<SdpText> answer, Map<String, String> variables);

    /// The call is on hold, or not any more, whoever wanted that. Not every protocol says so.
    default void held(boolean held) {
        // Verto clients hold their calls themselves (verto-wire.md section 5.9)
    }

    /// The other party's name or number changed (`verto.display`).
    void display(DisplayUpdate update);

    /// The call is about to end: the endpoint learns how the channel leaves it, and says what its record is to tell of that.
    ///
    /// @param variables gives those of the channel; only to be asked within this call
    /// @return variables that the channel gets
    default Map<String, String> ending(Cause cause, boolean byClient, Supplier<Map<String, String>> variables) {
        return Map.of(); // who speaks Verto hears no more than the cause
    }

    /// The call is over. Always the last call, and exactly one, whoever ended it.
    ///
    /// @param byClient true when the client itself ended it and needs no message
    void ended(Cause cause, boolean byClient);

    /// A DTMF digit for a client that negotiated no telephone-event (`verto.info`).
    void dtmf(char digit);

    /// Something that others say beside their sound (`verto.info`).
    ///
    /// @return false when the client is gone or takes nothing of the kind
    boolean said(Saying saying);

    /// Asks the client of an answered call to call somebody else by itself (a SIP telephone: REFER, RFC 3515).
    ///
    /// @param address whom: a URI
    /// @param told hears the status of SIP that it came to, 0 when nobody says. In any thread; not when the call ends before
    /// @return false when the client cannot be asked for that
    default boolean refer(String address, IntConsumer told) {
        return false; // who speaks Verto cannot
    }

    /// Names and numbers of both parties after a change.
    ///
    /// @param displayName what the client should show now, empty when unknown
    /// @param displayNumber the number beside it
    /// @param caller the channel's profile as it is now
    /// @param variables the channel's variables; the endpoint sends those that its protocol lets out
    record DisplayUpdate(String displayName, String displayNumber, CallerProfile caller, Map<String, String> variables) {
        public DisplayUpdate(String displayName, String displayNumber, CallerProfile caller) {
            this(displayName, displayNumber, caller, Map.of());
        }

        public DisplayUpdate with(Map<String, String> known) {
            return new DisplayUpdate(displayName, displayNumber, caller, known);
        }
    }
}
