package io.jverto.conference;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.RoomNotice;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/// Commands on members (conference.md section 14).
final class MemberCommands {
    /// Steps of volume up and down (conference.md section 10).
    private static final int LOUDEST = 4;
    private static final int MAX_DIGITS = 100;

    static final List<RoomVerb> ALL = List.of(
            RoomVerb.onMembers("mute", "[<quiet>]", "others do not hear the member", (room, member, value) -> mute(room, member, true, quiet(value))),
            RoomVerb.onMembers("unmute", "[<quiet>]", "they do again", (room, member, value) -> mute(room, member, false, quiet(value))),
            RoomVerb.onMembers("tmute", "[<quiet>]", "the one or the other", (room, member, value) -> mute(room, member, !member.muted(), quiet(value))),
            RoomVerb.onMembers("deaf", "", "the member hears nobody", (room, member, value) -> deaf(room, member, true, quiet(value))),
            RoomVerb.onMembers("undeaf", "", "it does again", (room, member, value) -> deaf(room, member, false, quiet(value))),
            RoomVerb.onMembers("kick", "[<sound>]", "the member leaves, hears the sound or `kicked-sound`, and goes on in its dialplan", MemberCommands::kick),
            RoomVerb.onMembers("hup", "", "the same without a sound", MemberCommands::hup),
            RoomVerb.onMembers("hold", "[<sound>]", "the member neither hears nor is heard; it hears the sound, for ever, or the room's music", MemberCommands::hold),
            RoomVerb.onMembers("unhold", "", "it is back", MemberCommands::unhold),
            RoomVerb.onMembers("volume_in", "[up|down|<-4..4>]", "how loud the others hear the member", MemberCommands::volumeIn),
            RoomVerb.onMembers("volume_out", "[up|down|<-4..4>]", "how loud it hears them", MemberCommands::volumeOut),
            RoomVerb.onMembers("dtmf", "<digits>", "sends digits to the member's call", MemberCommands::dtmf),
            RoomVerb.onMembers("floor", "", "gives the member the floor, or takes it", (room, member, value) -> room.floor().toggle(member)),
            RoomVerb.onMembers("get-uuid", "", "the id of the member's call", (room, member, value) -> Member.printable(member.key()) + "\n"));

    private MemberCommands() {}

    static boolean quiet(String value) {
        return value.equalsIgnoreCase("quiet");
    }

    static String mute(Room room, Member member, boolean muted, boolean quiet) {
        member.set(muted, member.deaf());
        String done = muted ? "mute" : "unmute";
        room.maintenance().tell(done + "-member", member);
        if (!quiet) {
            room.stage().told(member, muted ? ProfileParam.MUTED_SOUND : ProfileParam.UNMUTED_SOUND);
        }
        return "+OK " + done + " " + member.id() + "\n";
    }

    static String deaf(Room room, Member member, boolean deaf, boolean quiet) {
        member.set(member.muted(), deaf);
        String done = deaf ? "deaf" : "undeaf";
        room.maintenance().tell(done + "-member", member);
        if (!quiet) {
            room.stage().told(member, deaf ? ProfileParam.DEAF_SOUND : ProfileParam.UNDEAF_SOUND);
        }
        return "+OK " + done + " " + member.id() + "\n";
    }

    private static String kick(Room room, Member member, String sound) {
        member.kick();
        room.maintenance().tell("kick-member", member);
        String kicked = room.profile().text(ProfileParam.KICKED_SOUND);
        boolean configured = sound.isEmpty() || kicked.isEmpty();
        room.expel(member, new RoomNotice.Out(configured ? room.state().prefixed(kicked) : sound, configured, false));
        return "+OK kicked " + member.id() + "\n";
    }

    private static String hup(Room room, Member member, String value) {
        member.kick();
        room.maintenance().tell("hup-member", member);
        room.expel(member, new RoomNotice.Out("", true, false));
        return "+OK hup " + member.id() + "\n";
    }

    static String hold(Room room, Member member, String sound) {
        member.park(true);
        room.maintenance().tell("hold-member", member);
        String music = sound.isEmpty() ? room.state().music : sound;
        if (!music.isEmpty() && !music.equalsIgnoreCase("silence")) {
            room.stage().holdMusic(member, sound.isEmpty() ? Text.syntax(music) : Text.data(music));
        }
        return "+OK hold " + member.id() + "\n";
    }

    private static String unhold(Room room, Member member, String value) {
        member.park(false);
        room.stage().sounds().left(member);
        room.maintenance().tell("unhold-member", member);
        return "+OK unhold " + member.id() + "\n";
    }

    private static String volumeIn(Room room, Member member, String value) {
        volume(room, member, "volume-in-member", Levels.of(value, member.volumeIn(), 1, -LOUDEST, LOUDEST), member::volumeIn);
        return "+OK Volume IN " + member.id() + " = " + member.volumeIn() + "\n";
    }

    private static String volumeOut(Room room, Member member, String value) {
        volume(room, member, "volume-out-member", Levels.of(value, member.volumeOut(), 1, -LOUDEST, LOUDEST), member::volumeOut);
        return "+OK Volume OUT " + member.id() + " = " + member.volumeOut() + "\n";
    }

    private static void volume(Room room, Member member, String event, OptionalInt level, IntConsumer change) {
        level.ifPresent(to -> {
            change.accept(to);
            room.maintenance().tell(event, member, "Volume-Level", Integer.toString(to));
        });
    }

    private static String dtmf(Room room, Member member, String digits) {
        if (!digits.matches("[0-9A-Da-d*#]{1," + MAX_DIGITS + "}")) {
            return "-ERR Invalid digits\n";
        }
        member.tell(new RoomNotice.Digits(digits));
        room.maintenance().tell("dtmf-member", member, "Digits", digits);
        return "+OK sent " + digits + " to " + member.id() + "\n";
    }
}
