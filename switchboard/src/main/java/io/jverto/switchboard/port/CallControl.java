package io.jverto.switchboard.port;

import java.util.Optional;

/// The endpoints' door to the switch. Implemented by the switch. Thread-safe.
public interface CallControl {
    /// Makes a channel for a call that a client places. The channel does nothing before [ChannelRef#start], so that the
    /// endpoint can send its reply first (verto-wire.md section 1.5).
    Admission admit(IncomingCall call);

    /// @return the live channel of that name
    Optional<CallRef> find(ChannelId id);

    /// Whether a call was let in.
    sealed interface Admission {
        record Admitted(ChannelRef channel) implements Admission {}

        /// @param cause the reason for the client: DESTINATION_OUT_OF_ORDER for an id that is in use, SWITCH_CONGESTION, ...
        record Refused(Cause cause) implements Admission {}
    }
}
