package io.jverto.conference;

import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words among the flags of rooms and members that have no effect. At run time they are passed over; whoever wrote them should know.
public final class FlagProblems {
    private static final Pattern IN_DATA = Pattern.compile("\\+flags\\{([^}]*)}");
    private static final Pattern SETS = Pattern.compile("(conference_member_flags|conference_flags)=(.*)");
    private static final Pattern SETS_ONE = Pattern.compile("conference_(member_)?flags_([A-Za-z0-9_-]+)=.*");

    private FlagProblems() {}

    /// @param application of a dialplan
    /// @param data before its variables are put in
    public static List<ConfigProblem> ofAction(String application, String data, Origin origin) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (application.equals("conference") || application.equals("bridge")) {
            Matcher flags = IN_DATA.matcher(data);
            while (flags.find()) {
                // Those of who makes the room are flags of the room, too.
                problems.addAll(of(flags.group(1), origin, word -> ofMember(word).or(() -> ofRoom(word)), "there is no flag of members or rooms "));
            }
        } else if (application.equals("set") || application.equals("export")) {
            Matcher sets = SETS.matcher(data);
            Matcher one = SETS_ONE.matcher(data);
            if (sets.matches()) {
                problems.addAll(sets.group(1).equals("conference_flags") ? ofRoom(sets.group(2), origin) : ofMembers(sets.group(2), origin));
            } else if (one.matches()) {
                problems.addAll(one.group(1) == null ? ofRoom(one.group(2), origin) : ofMembers(one.group(2), origin));
            }
        }
        return problems;
    }

    /// @param text words joined by `|` or `,`
    static List<ConfigProblem> ofRoom(String text, Origin origin) {
        return of(text, origin, FlagProblems::ofRoom, "there is no flag of rooms ");
    }

    static List<ConfigProblem> ofMembers(String text, Origin origin) {
        return of(text, origin, FlagProblems::ofMember, "there is no flag of members ");
    }

    /// @param effect of a word: empty when it is unknown, empty text when it has one, else why it has none
    private static List<ConfigProblem> of(String text, Origin origin, Function<String, Optional<String>> effect, String unknown) {
        List<ConfigProblem> problems = new ArrayList<>();
        Arrays.stream(text.split("[|,]")).map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty() && !word.contains("$"))
                .forEach(word -> effect.apply(word).ifPresentOrElse(
                        why -> {
                            if (!why.isEmpty()) {
                                problems.add(ConfigProblem.unsupported(origin, "the flag " + word + " changes nothing: " + why));
                            }
                        },
                        () -> problems.add(ConfigProblem.warning(origin, unknown + word + "; it changes nothing"))));
        return problems;
    }

    private static Optional<String> ofRoom(String word) {
        return Arrays.stream(ConferenceFlag.values()).filter(flag -> flag.word().equals(word)).findFirst()
                .map(flag -> flag.works() ? "" : flag.summary());
    }

    private static Optional<String> ofMember(String word) {
        return Arrays.stream(MemberFlag.values()).filter(flag -> flag.word().equals(word)).findFirst()
                .map(flag -> flag.works() ? "" : flag.summary());
    }
}
