package io.jverto.switchboard.port;

import io.jverto.switchboard.port.MediaService.MediaRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
    /// @param codec what its sound comes in, for instance `opus@48000`; empty when unknown
    /// @param cookie the session that the channel's client belongs to, empty when it has none (`event_channel_cookie`)
    /// @param memberVariables what the client said of itself: `verto_dvar_*` without the prefix
    record JoinRequest(
            ChannelRef channel,
            MediaRef media,
            String name,
            String domain,
            String profile,
            String flags,
            CallerProfile caller,
            String codec,
            String cookie,
            Map<String, String> memberVariables) {
        public JoinRequest {
            memberVariables = Collections.unmodifiableMap(new LinkedHashMap<>(memberVariables));
        }
    }

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

        /// The member began or stopped to speak.
        void talking(boolean talking);

        /// The member's client put its call on hold, or took it off: nothing flows between it and the room meanwhile.
        void held(boolean held);

        /// The member's client says other things of itself now: `verto_dvar_*` without the prefix.
        void describe(Map<String, String> memberVariables);

        /// A message of the member to all who are in the room.
        ///
        /// @return false when the room has too much to do
        boolean say(ChatMessage message);

        /// Tells the member's client again where it is, after its session has come back (verto-wire.md section 9.3).
        void announce();

        /// Leaves the room and its mixer. Twice does no harm.
        void leave();
    }
}
