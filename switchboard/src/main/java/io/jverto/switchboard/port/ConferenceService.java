package io.jverto.switchboard.port;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Scene.Banner;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rooms. Implemented by conference. Thread-safe.
public interface ConferenceService {
    /// What stands between a channel and a room that may not be there yet; an open door unless rooms have others.
    default Door door(JoinRequest request) {
        return Door.OPEN;
    }

    /// Puts an answered channel into a room, which is made if there is none. The room itself looks at PIN, lock and limits.
    Join join(JoinRequest request);

    /// Whether there is such a room.
    default boolean isThere(RoomName room) {
        return false;
    }

    /// Calls somebody into a room, in the background (`conference_set_auto_outcall`); nobody, where rooms cannot call.
    default void callIn(Outcall outcall) {}

    /// @param domain from the dialplan's `domain_name`
    /// @param profile name of the conference profile, by which the domain may be another one
    record RoomName(String name, String domain, String profile) {}

    /// @param digits that a PIN can have; 0 when none is wanted
    /// @param tries how often a caller is asked
    /// @param waitMillis before the next try: wrong ones from the same address cost time
    /// @param pinSound asks for it
    /// @param badPinSound says that it was wrong
    /// @param recording path of what the room records by itself if this channel makes it, with variables; empty for none
    /// @param digitMillis until the first digit of a PIN; 0 for as long as the whole may take
    record Door(int digits, int tries, long waitMillis, String pinSound, String badPinSound, String recording, int digitMillis) {
        public static final Door OPEN = new Door(0, 0, 0, "", "", "", 0);
    }

    /// A call into a room.
    ///
    /// @param dialString whom to call
    /// @param callerName empty for the room's own
    /// @param callerNumber empty for the room's own
    /// @param flags of whoever answers
    /// @param variables of whoever answers
    record Outcall(String name, String profile, String flags, String dialString, String callerName, String callerNumber, int seconds,
            Map<String, String> variables) {
        /// What is played to whoever answers before he is in.
        public static final String ANNOUNCE = "conference_announce";
    }

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
    /// @param arrival how it comes
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
            Map<String, String> memberVariables,
            Arrival arrival) {
        public JoinRequest {
            memberVariables = Collections.unmodifiableMap(new LinkedHashMap<>(memberVariables));
        }

        /// With the digits that its party has pressed.
        public JoinRequest withPin(String digits) {
            return new JoinRequest(
                    channel, media, name, domain, profile, flags, caller, codec, cookie, memberVariables, arrival.withPin(digits));
        }
    }

    /// How a channel comes to a room.
    ///
    /// @param checked whether PIN and lock are for it
    /// @param ownPin the PIN that its dialplan wants of it, empty for that of the room
    /// @param pin digits that it knows or that its party has pressed
    /// @param roomFlags flags for the room if it makes it, joined by `|`
    /// @param memberId its number, where it has one already; 0 otherwise
    /// @param variables of the channel
    /// @param headers of its events
    /// @param recording of the room, if it makes it and the profile wants one
    /// @param before how it was in the room before the server was started again: it is so again, and nobody is told by a sound
    record Arrival(boolean checked, String ownPin, String pin, String roomFlags, int memberId, Map<String, String> variables,
            Map<String, String> headers, Optional<Recording> recording, Optional<Standing> before) {
        public static final Arrival PLAIN = new Arrival(true, "", "", "", 0, Map.of(), Map.of(), Optional.empty());

        /// Of one who was not there before.
        public Arrival(boolean checked, String ownPin, String pin, String roomFlags, int memberId, Map<String, String> variables,
                Map<String, String> headers, Optional<Recording> recording) {
            this(checked, ownPin, pin, roomFlags, memberId, variables, headers, recording, Optional.empty());
        }

        Arrival withPin(String digits) {
            return new Arrival(checked, ownPin, digits, roomFlags, memberId, variables, headers, recording, before);
        }
    }

    /// Whether the room took it.
    sealed interface Join {
        record Joined(Membership membership) implements Join {}

        /// @param cause what the channel ends with where its dialplan does not go on
        /// @param sound to be played to it; empty for none
        record Refused(Cause cause, String reason, Why why, String sound) implements Join {
            public Refused(Cause cause, String reason) {
                this(cause, reason, Why.UNABLE, "");
            }
        }

        /// What kept it out.
        enum Why {
            /// Its PIN is wrong, or not there.
            PIN,
            LOCKED,
            FULL,
            /// It may make no room, and there is none.
            JOIN_ONLY,
            /// Something else; its call ends.
            UNABLE
        }
    }

    /// How a member is in a room, as it is kept while the server is started again.
    ///
    /// @param room its name
    /// @param profile name of the conference profile
    /// @param memberId its number
    /// @param flags as they are now, joined by `|`
    /// @param volumeIn -4 to 4
    /// @param volumeOut -4 to 4
    /// @param locked whether the room lets nobody in
    /// @param manner what else it is like; empty in what a server wrote that kept less
    /// @param state what moderators have made of the room; empty likewise
    record Standing(String room, String profile, int memberId, String flags, int volumeIn, int volumeOut, boolean locked, Optional<Manner> manner,
            Optional<RoomManner> state) {}

    /// What a member is like.
    ///
    /// @param energy mean sample magnitude over which it is heard
    /// @param onHold whether a moderator has put it on hold
    /// @param place where the others hear it, `x:y:z`
    /// @param floor whether it has the floor
    /// @param videoFloor whether a moderator has given it that of video
    /// @param picture how it is on canvases; empty where there are none
    /// @param bonds who hears and sees whom; empty in what a server wrote that kept less
    record Manner(int energy, boolean onHold, Optional<String> place, boolean floor, boolean videoFloor, Optional<PictureManner> picture, Optional<Bonds> bonds) {}

    /// @param blind whether it sees nobody
    /// @param relations to others, by the command `relate`
    record Bonds(boolean blind, List<Relation> relations) {
        public Bonds {
            relations = List.copyOf(relations);
        }
    }

    /// @param other number of another member
    /// @param kind `nospeak`, `nohear` or `sendvideo`
    record Relation(int other, String kind) {}

    /// @param canvas on which it is, from 0
    /// @param watching which it sees, from 0; -1 for the one of all
    /// @param wantedSlot where a moderator put it; -1 for nowhere
    /// @param slot in which it is; -1 for none
    /// @param reservation id of the slot that is kept for it; empty for none
    /// @param role empty for none
    record PictureManner(int canvas, int watching, int wantedSlot, int slot, String reservation, String role, Optional<Banner> banner) {}

    /// What a room is like.
    ///
    /// @param pin empty for none
    /// @param moderatorPin empty for none
    /// @param maxMembers 0 for as many as there may be
    /// @param graceSeconds until it ends when who ends it has left
    /// @param enterSound empty for none
    /// @param exitSound empty for none
    /// @param music whether it plays to who is alone
    /// @param callerName of those whom it calls
    /// @param callerNumber of those whom it calls
    /// @param variables by `setvar`
    /// @param layouts of its canvases, in their order
    /// @param recordings that run
    /// @param switches empty in what a server wrote that kept less
    record RoomManner(String pin, String moderatorPin, int maxMembers, int graceSeconds, EntrySound enterSound, EntrySound exitSound, boolean music,
            String soundPrefix, String callerName, String callerNumber, Map<String, String> variables, List<String> layouts, List<KeptRoomRecording> recordings,
            Optional<RoomSwitches> switches) {
        public RoomManner {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
            layouts = List.copyOf(layouts);
            recordings = List.copyOf(recordings);
        }
    }

    /// @param waiting whether nobody is heard before a moderator comes
    /// @param places whether members are placed on a half circle
    record RoomSwitches(boolean waiting, boolean places) {}

    /// @param on whether it plays
    record EntrySound(boolean on, String sound) {}

    /// @param recording into the path that was asked for
    /// @param canvas that it shows, from 0
    /// @param tracks whether each member has a file
    /// @param byItself whether the profile wanted it
    record KeptRoomRecording(Recording recording, int canvas, boolean tracks, boolean byItself, boolean paused) {}

    /// A seat in a room.
    interface Membership {
        /// @return how it is in the room now; empty where that cannot be said
        default Optional<Standing> standing() {
            return Optional.empty();
        }

        /// @return what the channel is to know of it, as variables (conference.md section 2.4)
        Map<String, String> variables();

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

        /// An operator wants the member out (`uuid_break`); most rooms keep it.
        default void breakOff() {}

        /// Leaves the room and its mixer. Twice does no harm.
        void leave();
    }
}
