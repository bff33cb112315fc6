package io.jverto.switchboard.application;

import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an action, as a configuration has it, refers to that stands elsewhere in the configuration. A name with a reference in it is none: what it
/// will stand for is not known.
public final class ActionNames {
    private static final String CONFERENCE = "conference";
    private static final Set<String> CALLING = Set.of("bridge", "att_xfer", "page", "conference_set_auto_outcall");

    private static final Set<String> LEADING = Set.of("transfer", "execute_extension");
    private static final String KEYS = "bind_meta_app";
    /// An application behind the keys of `bind_meta_app`.
    private static final Pattern BOUND = Pattern.compile("\\S+ \\S+ \\S+ (\\w+)::(.*)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^{}]*}");

    private ActionNames() {}

    /// @return the menu of `ivr`
    public static Optional<String> menu(String application, String data) {
        return application.equals("ivr") ? known(data.strip()) : Optional.empty();
    }

    /// @return the profile that a room of `conference` gets, `default` where none is written
    public static Optional<String> roomProfile(String application, String data) {
        Text text = Text.syntax(data);
        if (!application.equals(CONFERENCE) || data.contains("${") && !data.contains("@")) {
            return Optional.empty(); // what a variable holds may have a profile in it
        }
        return known(RoomTarget.isBridge(text) ? RoomTarget.ofBridge(text).room().profile() : RoomTarget.of(text).profile());
    }

    /// @return whom an action calls, references and all
    public static Optional<String> dialString(String application, String data) {
        Text text = Text.syntax(data);
        if (application.equals(CONFERENCE) && RoomTarget.isBridge(text)) {
            return Optional.of(RoomTarget.ofBridge(text).dialString().toString());
        }
        return CALLING.contains(application) ? Optional.of(data.strip()) : Optional.empty();
    }

    /// @return the context of the dialplan XML that an action leads to
    public static Optional<String> context(String application, String data) {
        if (application.equals(KEYS)) {
            Matcher bound = BOUND.matcher(data.strip());
            return bound.matches() ? context(bound.group(1), bound.group(2)) : Optional.empty();
        }
        List<String> words = LEADING.contains(application)
                // What stands in a reference may have spaces.
                ? CallApplications.words(Text.syntax(REFERENCE.matcher(data).replaceAll("\\$"))).stream().map(Text::toString).toList()
                : List.of();
        List<String> target = words.subList(!words.isEmpty() && words.getFirst().startsWith("-") ? 1 : 0, words.size());
        return target.size() > 2 && target.get(1).equalsIgnoreCase("XML") ? known(target.get(2)).filter(name -> name.indexOf('}') < 0) : Optional.empty();
    }

    private static Optional<String> known(String name) {
        return name.indexOf('$') < 0 && !name.isEmpty() ? Optional.of(name) : Optional.empty();
    }
}
