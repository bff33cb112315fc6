package io.jverto.conference;

import java.util.Optional;

/// One conference profile, as far as rooms use it (conference.md section 4).
///
/// @param domain of the rooms; empty means that of whoever makes the room
/// @param rateHz sampling rate of the mix: 8000, 16000, 32000 or 48000
/// @param channels 1 mono, 2 stereo
/// @param maxMembers people that fit in; 0 means as many as any room can hold
/// @param memberFlags flags of members who bring none of their own
/// @param controls whether members' digits do anything
/// @param guarded whether a PIN is wanted
/// @param liveArray whether clients are told who is in the room, and may chat and moderate (`livearray-sync`)
/// @param description what is told on the channel `conference.<name>`
record RoomProfile(
        String name,
        String domain,
        int rateHz,
        int channels,
        int maxMembers,
        MemberFlags memberFlags,
        boolean controls,
        boolean guarded,
        boolean liveArray,
        Description description) {
    /// What one room holds at most, whatever its profile says: a mix of more is no conversation.
    static final int MOST_MEMBERS = 1_000;

    /// @param text `description`, empty when there is none
    /// @param pushed `json-events`: told at each join and leave, not only when asked
    record Description(String text, boolean pushed) {
        static final Description NONE = new Description("", false);
    }

    int capacity() {
        return maxMembers == 0 ? MOST_MEMBERS : Math.min(maxMembers, MOST_MEMBERS);
    }

    /// The domain of a room of that name: what stands behind its first `@`, else the profile's, else the creator's.
    String domainOf(String room, String creator) {
        return Optional.of(room.indexOf('@'))
                .filter(at -> at >= 0)
                .map(at -> room.substring(at + 1))
                .orElse(domain.isEmpty() ? creator : domain);
    }
}
