package io.jverto.switchboard.port;

import java.util.Map;
import java.util.Optional;

/// The endpoints' door to the switch. Implemented by the switch. Thread-safe.
public interface CallControl {
    /// Makes a channel for a call that a client places. The channel does nothing before [ChannelRef#start], so that the
    /// endpoint can send its reply first (verto-wire.md section 1.5).
    Admission admit(IncomingCall call);

    /// The same for a call that takes the place of another one: whom that one talks with talks with the new call, where it still rings the new call
    /// has answered for it, and where it talks with nobody the new call goes to the number that it went to. The other one ends (RFC 3891).
    Admission admit(IncomingCall call, ChannelId replaced);

    /// @return the live channel of that name
    Optional<CallRef> find(ChannelId id);

    /// Sends whom a call talks with to another number, in that party's own context, and ends the call (verto-wire.md section 5.9).
    TransferResult transfer(ChannelId call, String destination);

    /// The same, but the call ends only when that party has arrived, and has him back when nobody is reached there. What came of it is told.
    ///
    /// @param variables that the party gets; with `nolocal:` in front of the name, that whom he calls on his way gets
    /// @return DONE as soon as it is on its way
    TransferResult transfer(ChannelId call, String destination, Map<String, String> variables, TransferWatch watch);

    /// Joins whom two calls of one user talk with, and ends both calls; where only one of them talks with somebody, he goes where the other
    /// call went, and where the other one still rings, he gets whoever answers (verto-wire.md section 5.9). Waits.
    TransferResult replace(ChannelId call, ChannelId other);

    /// The same, but where the other one still rings, the call ends only when somebody answers, and has back whom it talked with when nobody
    /// does. What comes of it is told, where it is not over already.
    default TransferResult replace(ChannelId call, ChannelId other, TransferWatch watch) {
        return replace(call, other);
    }

    /// What became of a transfer.
    enum TransferResult {
        DONE,
        /// The call talks with nobody who could be transferred.
        NOT_BRIDGED,
        /// Nobody is there any more.
        FAILED
    }

    /// Whether a call was let in.
    sealed interface Admission {
        record Admitted(ChannelRef channel) implements Admission {}

        /// @param cause the reason for the client: DESTINATION_OUT_OF_ORDER for an id that is in use, SWITCH_CONGESTION, ...
        record Refused(Cause cause) implements Admission {}
    }
}
