package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `docs/applications.md`, as the applications describe themselves.
public final class ApplicationsPage {
    private static final String HEAD = """
            # Applications

            What an `<action application="..." data="..."/>` of the dialplan can do. This page is made from the code.

            Variables in the data are put in when the application runs. What a caller chose is data: it never separates arguments. "inline" may stand
            in `inline="true"` actions, which run while the dialplan is hunted through. An application that is not here ends the call with
            DESTINATION_OUT_OF_ORDER; `./jverto check` finds it before a caller does. Data that an application cannot use is one line of the log, with the
            channel's id; the dialplan goes on then, or the call ends with a cause where that makes no sense.
            """;

    private ApplicationsPage() {}

    public static String text() {
        return HEAD + Arrays.stream(Group.values()).map(ApplicationsPage::chapter).collect(Collectors.joining()) + missing();
    }

    private static String missing() {
        String rows = MissingApplications.WHY.entrySet().stream()
                .collect(Collectors.groupingBy(Map.Entry::getValue, TreeMap::new, Collectors.mapping(one -> "`" + one.getKey() + "`", Collectors.joining(", "))))
                .entrySet().stream()
                .map(one -> "| " + one.getValue() + " | " + one.getKey() + " |\n")
                .collect(Collectors.joining());
        return "\n## Not there\n\nA program that steers calls, in any language, does it over the [event socket](eventsocket.md).\n\n| Application | Why |\n| --- | --- |\n" + rows;
    }

    private static String chapter(Group group) {
        String rows = Applications.all().stream()
                .filter(application -> application.group() == group)
                .map(ApplicationsPage::row)
                .collect(Collectors.joining());
        return rows.isEmpty() ? "" : "\n## " + group.title() + "\n\n| Application | What it does |\n| --- | --- |\n" + rows;
    }

    private static String row(Application application) {
        String form = application.usage().isEmpty() ? application.name() : application.name() + " " + application.usage();
        return "| `" + form.replace("|", "\\|") + "` | " + application.summary().replace("|", "\\|")
                + (application.is(Trait.INLINE) ? " (inline)" : "") + " |\n";
    }
}
