package io.jverto.conference;

import io.jverto.media.plan.VoiceRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Commands on when and how loud members are heard (conference.md sections 8, 10 and 14).
final class VoiceCommands {
    private static final int STEP = 200;
    private static final int MOST = 25_000;
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,5}(:[0-9]{1,5}){0,2}");

    static final List<RoomVerb> ALL = List.of(
            RoomVerb.onMembers("energy", "[up|down|<level>]", "mean sample magnitude, 0 to 1800, over which the member is heard", VoiceCommands::energy),
            RoomVerb.onMembers("auto-energy", "[up|down|<level>]", "up to which that level follows the noise around the member by itself; 0 for not at all",
                    VoiceCommands::autoEnergy),
            RoomVerb.onMembers("max-energy", "[up|down|<level>[:<mute_ms>[:<trigger>]]]",
                    "from three quarters of this the member is softened; after `<trigger>` frames over it, silent for so long. 0 for never",
                    VoiceCommands::maxEnergy),
            RoomVerb.onMembers("agc", "[up|down|<level>[:<low>[:<factor>]]]",
                    "mean sample magnitude to which the member is brought by itself; 0 for not at all", VoiceCommands::agc));

    private VoiceCommands() {}

    private static String energy(Room room, Member member, String value) {
        OptionalInt level = Levels.of(value, member.energy(), STEP, 0, Arrivals.MAX_ENERGY);
        level.ifPresent(to -> {
            member.voice().set(to);
            member.energy(to);
            room.maintenance().tell("energy-level-member", member);
        });
        return "Energy " + member.id() + " = " + member.energy() + "\n";
    }

    private static String autoEnergy(Room room, Member member, String value) {
        OptionalInt level = Levels.of(value, member.voice().autoLevel(), STEP, 0, Arrivals.MAX_ENERGY);
        level.ifPresent(to -> {
            member.voice().autoLevel(to);
            room.maintenance().tell("auto-energy-level-member", member, "Auto-Energy-Level", Integer.toString(to));
        });
        return "Auto-Energy " + member.id() + " = " + member.voice().autoLevel() + "\n";
    }

    private static String maxEnergy(Room room, Member member, String value) {
        VoiceRules.Shouting now = member.voice().rules().shouting();
        asked(value, now.level()).ifPresent(asked -> {
            VoiceRules.Shouting wanted = new VoiceRules.Shouting(
                    asked[0], asked.length > 2 ? asked[2] : now.trigger(), asked.length > 1 ? RoomProfile.frames(asked[1]) : now.muteFrames());
            member.rules(new VoiceRules(member.voice().rules().autoGain(), wanted));
            room.maintenance().tell("max-energy-level-member", member, "Max-Energy-Level", Integer.toString(wanted.level()));
        });
        return "Max-Energy " + member.id() + " = " + member.voice().rules().shouting().level() + "\n";
    }

    private static String agc(Room room, Member member, String value) {
        VoiceRules.AutoGain now = member.voice().rules().autoGain();
        asked(value, now.level()).ifPresent(asked -> {
            VoiceRules.AutoGain wanted = new VoiceRules.AutoGain(asked[0], asked.length > 1 ? asked[1] : now.low(), now.margin(),
                    asked.length > 2 ? asked[2] : now.patience(), now.periodFrames());
            member.rules(new VoiceRules(wanted, member.voice().rules().shouting()));
            room.maintenance().tell("agc-level-member", member, "Agc-Level", Integer.toString(wanted.level()));
        });
        return "Agc " + member.id() + " = " + member.voice().rules().autoGain().level() + "\n";
    }

    /// @return the numbers that a value asks for, the level first; nothing when it is only asked what there is
    private static Optional<int[]> asked(String value, int now) {
        if (NUMBERS.matcher(value).matches()) {
            int[] numbers = Pattern.compile(":").splitAsStream(value).mapToInt(Integer::parseInt).toArray();
            numbers[0] = Math.min(MOST, numbers[0]);
            return Optional.of(numbers);
        }
        OptionalInt level = List.of("up", "down").contains(value.toLowerCase(Locale.ROOT))
                ? Levels.of(value, now, STEP, 0, MOST) : OptionalInt.empty();
        return level.isPresent() ? Optional.of(new int[] {level.getAsInt()}) : Optional.empty();
    }
}
