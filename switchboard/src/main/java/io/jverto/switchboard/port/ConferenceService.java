package io.jverto.switchboard.port;

import io.jverto.switchboard.port.MediaService.MediaRef;

/// Rooms. Implemented by conference. Thread-safe.
public interface ConferenceService {
    /// Puts an answered channel into a room, which is made if there is none.
    Join join(JoinRequest request);

    /// A channel that wants in.
    ///
    /// @param name the room's name, for instance `3000`
    /// @param domain the room's domain, from the dialplan's `domain_name`
    /// @param profile name of the conference profile
    /// @param flags member flags, joined by `|`, empty when none (conference.md section 6)
    /// @param caller the channel's names and numbers
    record JoinRequest(
            ChannelRef channel,
            MediaRef media,
            String name,
            String domain,
            String profile,
            String flags,
            CallerProfile caller) {}

    /// Whether the room took it.
    sealed interface Join {
        record Joined(Membership membership) implements Join {}

        /// @param cause what the channel ends with when the dialplan does not go on
        record Refused(Cause cause, String reason) implements Join {}
    }

    /// A seat in a room.
    interface Membership {
        /// A digit of the member, for the room's controls.
        void dtmf(char digit);

        /// Leaves the room and its mixer. Twice does no harm.
        void leave();
    }
}
