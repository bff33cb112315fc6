package io.jverto.conference;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One conference profile (conference.md section 4).
///
/// @param values what it says, as it is to be used
/// @param controls digits of its members
/// @param moderatorControls digits of its moderators
/// @param variables of the rooms, for `getvar` and events
record RoomProfile(
        String name, Map<ProfileParam, String> values, List<Control> controls, List<Control> moderatorControls, Map<String, String> variables) {
    /// What one room holds at most, whatever its profile says: a mix of more is no conversation.
    static final int MOST_MEMBERS = 1_000;

    RoomProfile {
        Map<ProfileParam, String> copy = new EnumMap<>(ProfileParam.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
        controls = List.copyOf(controls);
        moderatorControls = List.copyOf(moderatorControls);
        variables = Map.copyOf(variables);
    }

    /// @param text `description`, empty when there is none
    /// @param pushed `json-events`: told at each join and leave, not only when asked
    record Description(String text, boolean pushed) {
        static final Description NONE = new Description("", false);
    }

    String text(ProfileParam param) {
        return values.getOrDefault(param, param.otherwise());
    }

    int number(ProfileParam param) {
        String text = text(param);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    boolean isTrue(ProfileParam param) {
        return List.of("true", "yes", "on", "1", "enabled", "t", "y").contains(text(param));
    }

    /// @return sampling rate of the mix: 8000, 16000, 32000 or 48000
    int rateHz() {
        return number(ProfileParam.RATE);
    }

    /// @return 1 mono, 2 stereo
    int channels() {
        return number(ProfileParam.CHANNELS);
    }

    /// @return flags of members, to which they bring their own
    MemberFlags memberFlags() {
        return MemberFlags.decode(text(ProfileParam.MEMBER_FLAGS));
    }

    Set<ConferenceFlag> flags() {
        return ConferenceFlag.decode(text(ProfileParam.CONFERENCE_FLAGS));
    }

    Description description() {
        return new Description(text(ProfileParam.DESCRIPTION), flags().contains(ConferenceFlag.JSON_EVENTS));
    }

    /// The domain of a room of that name: what stands behind its first `@`, else the profile's, else the creator's.
    String domainOf(String room, String creator) {
        String own = text(ProfileParam.DOMAIN);
        return Optional.of(room.indexOf('@'))
                .filter(at -> at >= 0)
                .map(at -> room.substring(at + 1))
                .orElse(own.isEmpty() ? creator : own);
    }
}
