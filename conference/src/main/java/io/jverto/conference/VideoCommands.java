package io.jverto.conference;

import java.util.List;

/// Commands on whom members see (conference.md sections 9.2 and 14).
final class VideoCommands {
    static final List<RoomVerb> ALL = List.of(
            RoomVerb.onMembers("vmute", "[<quiet>]", "others do not see the member", (room, member, value) -> mute(room, member, true)),
            RoomVerb.onMembers("unvmute", "[<quiet>]", "they do again", (room, member, value) -> mute(room, member, false)),
            RoomVerb.onMembers("tvmute", "[<quiet>]", "the one or the other", (room, member, value) -> mute(room, member, !member.video().muted())),
            RoomVerb.onMembers("vblind", "[<quiet>]", "the member sees nobody", (room, member, value) -> blind(room, member, true, value)),
            RoomVerb.onMembers("unvblind", "[<quiet>]", "it does again", (room, member, value) -> blind(room, member, false, value)),
            RoomVerb.onMembers("tvblind", "[<quiet>]", "the one or the other", (room, member, value) -> blind(room, member, !member.video().blind(), value)),
            RoomVerb.onMembers("vid-floor", "[force]", "all see the member, whoever talks; again: they see who talks",
                    (room, member, value) -> room.videoFloor().toggle(member, value.equalsIgnoreCase("force"))),
            RoomVerb.of("clear-vid-floor", "", 0, "all see who talks", (room, words) -> {
                room.videoFloor().clear();
                return "+OK\n";
            }));

    private VideoCommands() {}

    static String mute(Room room, Member member, boolean muted) {
        String done = muted ? "vmute" : "unvmute";
        if (member.parked()) {
            return "-ERR member " + member.id() + " is on hold\n";
        }
        member.muteVideo(muted);
        room.maintenance().tell(done + "-member", member);
        return "+OK " + done + " " + member.id() + "\n";
    }

    private static String blind(Room room, Member member, boolean blind, String how) {
        String done = blind ? "vblind" : "unvblind";
        member.blindVideo(blind);
        room.maintenance().tell(done + "-member", member);
        if (!MemberCommands.quiet(how)) {
            room.stage().told(member, blind ? ProfileParam.BLIND_SOUND : ProfileParam.UNBLIND_SOUND);
        }
        return "+OK " + done + " " + member.id() + "\n";
    }
}
