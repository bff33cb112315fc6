package io.jverto.conference;

import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Door;
import io.jverto.switchboard.port.ConferenceService.Join.Refused;
import io.jverto.switchboard.port.ConferenceService.Join.Why;
import java.util.Optional;

/// Who may come in (conference.md section 3, steps 6 to 9).
final class RoomDoor {
    private RoomDoor() {}

    /// @param state of the room, or of the one that would be made
    /// @param waitMillis before the next try
    static Door of(RoomProfile profile, RoomState state, Arrival arrival, String recording, long waitMillis) {
        int digits = arrival.checked() ? Math.max(pin(state, arrival).length(), moderatorPin(state, arrival).length()) : 0;
        return new Door(digits, profile.number(ProfileParam.PIN_RETRIES), digits == 0 ? 0 : waitMillis,
                state.prefixed(profile.text(ProfileParam.PIN_SOUND)), state.prefixed(profile.text(ProfileParam.BAD_PIN_SOUND)), recording,
                profile.number(ProfileParam.IVR_INPUT_TIMEOUT));
    }

    /// What the digits of a caller make of him.
    enum Role {
        NOBODY,
        MEMBER,
        MODERATOR
    }

    static Role role(RoomState state, Arrival arrival) {
        String pin = pin(state, arrival);
        String moderatorPin = moderatorPin(state, arrival);
        if (!arrival.checked() || pin.isEmpty() && moderatorPin.isEmpty()) {
            return Role.MEMBER;
        }
        String pressed = arrival.pin();
        if (!pressed.isEmpty() && pressed.equals(pin)) {
            return Role.MEMBER;
        }
        return !pressed.isEmpty() && pressed.equals(moderatorPin) ? Role.MODERATOR : Role.NOBODY;
    }

    /// @param role whether the PIN was right
    /// @param counted members without ghosts
    /// @param ghost whether the caller counts for nothing
    /// @return empty when he may come in
    static Optional<Refused> refusal(RoomKey key, RoomProfile profile, RoomState state, Arrival arrival, Role role, int counted, boolean ghost) {
        if (role == Role.NOBODY) {
            return Optional.of(new Refused(Cause.CALL_REJECTED, "room " + key + " wants a PIN", Why.PIN, ""));
        }
        if (state.locked && arrival.checked()) {
            return Optional.of(new Refused(Cause.CALL_REJECTED, "room " + key + " is locked", Why.LOCKED,
                    state.prefixed(profile.text(ProfileParam.LOCKED_SOUND))));
        }
        if (!ghost && counted >= state.capacity()) {
            return Optional.of(new Refused(Cause.NORMAL_CLEARING, "room " + key + " is full: " + counted + " members", Why.FULL,
                    state.prefixed(profile.text(ProfileParam.MAX_MEMBERS_SOUND))));
        }
        return Optional.empty();
    }

    /// The PIN that a caller's dialplan wants of him counts before that of the room.
    private static String pin(RoomState state, Arrival arrival) {
        return arrival.ownPin().isEmpty() ? state.pin : arrival.ownPin();
    }

    private static String moderatorPin(RoomState state, Arrival arrival) {
        return arrival.variables().getOrDefault("conference_moderator_pin", state.moderatorPin);
    }
}
