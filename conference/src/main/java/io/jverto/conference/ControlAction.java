package io.jverto.conference;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a member's digits can do (conference.md section 11). `docs/conference.md` is made from this list.
enum ControlAction {
    MUTE("mute", "mutes or unmutes the member"),
    MUTE_ON("mute on", "mutes it"),
    MUTE_OFF("mute off", "unmutes it"),
    DEAF("deaf", "makes it deaf, or hearing again"),
    DEAF_ON("deaf on", "makes it deaf"),
    DEAF_OFF("deaf off", "makes it hearing again"),
    DEAF_MUTE("deaf mute", "mute and deaf together, or neither"),
    VMUTE("vmute", "lets the others see the member, or not"),
    VMUTE_ON("vmute on", "they do not see it"),
    VMUTE_OFF("vmute off", "they see it again"),
    ENERGY_UP("energy up", "200 more to be heard"),
    ENERGY_EQU("energy equ", "as the room says"),
    ENERGY_DOWN("energy dn", "200 less to be heard"),
    TALK_UP("vol talk up", "the member hears the others louder"),
    TALK_ZERO("vol talk zero", "it hears them as they are"),
    TALK_DOWN("vol talk dn", "it hears them softer"),
    LISTEN_UP("vol listen up", "the others hear it louder"),
    LISTEN_ZERO("vol listen zero", "they hear it as it is"),
    LISTEN_DOWN("vol listen dn", "they hear it softer"),
    HANGUP("hangup", "leaves the room"),
    EVENT("event", "an event `dtmf` with the control's data, and nothing else"),
    LOCK("lock", "locks or unlocks the room; moderators alone"),
    TRANSFER("transfer", "sends the member to `<extension> [<dialplan> [<context>]]`"),
    EXECUTE_APPLICATION("execute_application", "runs `<application> [<data>]` on the member's channel"),
    MOH_TOGGLE("moh toggle", "music for who is alone, or none; moderators alone"),
    BORDER("border", "whether the member's border is lit while it talks"),
    FLOOR("floor", "takes the floor or gives it up"),
    VID_FLOOR("vid-floor", "the member is seen by all, whoever talks, if nobody has that floor; or who talks is again"),
    VID_FLOOR_FORCE("vid-floor-force", "the same, whoever has it");

    private final String word;
    private final String summary;

    ControlAction(String word, String summary) {
        this.word = word;
        this.summary = summary;
    }

    static Optional<ControlAction> of(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return Arrays.stream(values()).filter(action -> action.word.equals(wanted)).findFirst();
    }

    String word() {
        return word;
    }

    String summary() {
        return summary;
    }
}
