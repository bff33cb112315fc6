package io.jverto.conference;

import io.jverto.switchboard.port.RoomNotice;
import java.util.Optional;

/// What a member's digits do (conference.md section 11), on the room's thread. Only moderators lock, and turn music on and off.
final class MemberControls {
    private static final int STEP = 200;
    private static final int LOUDEST = 4;

    private MemberControls() {}

    static void onDigit(Room room, Member member, char digit) {
        if (member.has(MemberFlag.DIST_DTMF)) {
            room.members().stream()
                    .filter(other -> other != member && !other.has(MemberFlag.SKIP_DTMF))
                    .forEach(other -> other.tell(new RoomNotice.Digits(String.valueOf(digit))));
            room.maintenance().tell("dtmf", member, "DTMF-Key", String.valueOf(digit));
            return;
        }
        Optional<DigitMachine.Match> match = member.controls().onDigit(digit, room.around().time().nanoTime());
        match.ifPresent(found -> run(room, member, found));
    }

    static void run(Room room, Member member, DigitMachine.Match match) {
        String data = match.control().data();
        room.maintenance().tell("dtmf", member, "DTMF-Key", match.digits(), "Data", data);
        member.tell(new RoomNotice.Knows("conference_last_matching_digits", match.digits()));
        switch (match.control().action()) {
            case MUTE -> MemberCommands.mute(room, member, !member.muted(), false);
            case MUTE_ON -> MemberCommands.mute(room, member, true, false);
            case MUTE_OFF -> MemberCommands.mute(room, member, false, false);
            case DEAF -> MemberCommands.deaf(room, member, !member.deaf(), false);
            case DEAF_ON -> MemberCommands.deaf(room, member, true, false);
            case DEAF_OFF -> MemberCommands.deaf(room, member, false, false);
            case DEAF_MUTE -> {
                boolean both = !member.muted();
                MemberCommands.mute(room, member, both, false);
                MemberCommands.deaf(room, member, both, true);
            }
            case VMUTE -> VideoCommands.mute(room, member, !member.video().muted());
            case VMUTE_ON -> VideoCommands.mute(room, member, true);
            case VMUTE_OFF -> VideoCommands.mute(room, member, false);
            case ENERGY_UP -> energy(room, member, member.energy() + STEP);
            case ENERGY_EQU -> energy(room, member, room.profile().number(ProfileParam.ENERGY_LEVEL));
            case ENERGY_DOWN -> energy(room, member, member.energy() - STEP);
            // as in the reference, "talk" is what the member hears, "listen" how it is heard (conference.md section 10)
            case TALK_UP -> hears(room, member, member.volumeOut() + 1);
            case TALK_ZERO -> hears(room, member, 0);
            case TALK_DOWN -> hears(room, member, member.volumeOut() - 1);
            case LISTEN_UP -> isHeard(room, member, member.volumeIn() + 1);
            case LISTEN_ZERO -> isHeard(room, member, 0);
            case LISTEN_DOWN -> isHeard(room, member, member.volumeIn() - 1);
            case HANGUP -> room.expel(member, new RoomNotice.Out("", true, false));
            case EVENT -> { } // it has been told
            case LOCK -> {
                if (member.moderator()) {
                    RoomCommands.lock(room, !room.state().locked);
                }
            }
            case MOH_TOGGLE -> {
                if (member.moderator()) {
                    room.state().musicOff = !room.state().musicOff;
                    room.stage().music();
                }
            }
            case BORDER -> member.picture().bordered = !member.picture().bordered;
            case FLOOR -> room.floor().toggle(member);
            case VID_FLOOR -> room.videoFloor().toggle(member, false);
            case VID_FLOOR_FORCE -> room.videoFloor().toggle(member, true);
            case TRANSFER -> elsewhere(room, member, "uuid_transfer", data);
            case EXECUTE_APPLICATION -> execute(room, member, data);
        }
    }

    private static void energy(Room room, Member member, int level) {
        member.voice().set(level);
        member.energy(Math.clamp(level, 0, Arrivals.MAX_ENERGY));
        room.maintenance().tell("energy-level", member, "New-Level", Integer.toString(member.energy()));
        number(room, member, member.energy() / STEP);
    }

    private static void hears(Room room, Member member, int level) {
        member.volumeOut(Math.clamp(level, -LOUDEST, LOUDEST));
        room.maintenance().tell("volume-level", member, "New-Level", Integer.toString(member.volumeOut()));
        number(room, member, member.volumeOut());
    }

    private static void isHeard(Room room, Member member, int level) {
        member.volumeIn(Math.clamp(level, -LOUDEST, LOUDEST));
        room.maintenance().tell("gain-level", member, "New-Level", Integer.toString(member.volumeIn()));
        number(room, member, member.volumeIn());
    }

    /// Tells the member its new level, as a digit.
    private static void number(Room room, Member member, int level) {
        room.stage().say(member, RoomSpeech.SAY + "number:pronounced:" + level);
    }

    private static void execute(Room room, Member member, String data) {
        String[] words = data.strip().split("\\s+", 2);
        room.maintenance().tell("execute_app", member, "Application", words[0], "Application-Data", words.length > 1 ? words[1] : "");
        elsewhere(room, member, "uuid_broadcast", words[0] + "::" + (words.length > 1 ? words[1] : "") + " aleg");
    }

    /// On the channel's own thread, which may be waiting for this room. A client may have chosen an id that would be several words of a
    /// command (security.md S11); nothing is done for such a call.
    ///
    /// @return whether it has been begun
    static boolean elsewhere(Room room, Member member, String command, String data) {
        if (!member.key().matches("[!-~]+")) {
            return false;
        }
        String line = command + " " + member.key() + " " + data;
        return room.around().jobs().start("room " + room.key(), () -> room.around().world().commands().run(line));
    }
}
