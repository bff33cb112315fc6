package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The tables of `docs/conference.md` are what the code says of itself. The words between them are written by hand.
class ConferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "conference.md");
    private static final Path MADE = Path.of("target", "conference.md");

    @Test
    void theTablesAreWhatTheCodeSays() throws IOException {
        String page = Files.readString(PAGE);
        String made = page;
        made = filled(made, "parameters", parameters(false));
        made = filled(made, "parameters without effect", parameters(true));
        made = filled(made, "room flags", flags(ConferenceFlag.values(), ConferenceFlag::word, ConferenceFlag::works, ConferenceFlag::summary));
        made = filled(made, "member flags", flags(MemberFlag.values(), MemberFlag::word, MemberFlag::works, MemberFlag::summary));
        made = filled(made, "actions", table(List.of("Action", "What it does"), Arrays.stream(ControlAction.values())
                .map(action -> List.of("`" + action.word() + "`", action.summary())).toList()));
        made = filled(made, "digits", table(List.of("Digits", "Action"), Control.DEFAULT.stream()
                .map(control -> List.of("`" + control.digits() + "`", "`" + control.action().word() + "`")).toList()));
        made = filled(made, "commands", table(List.of("Command", "What it does"), RoomApi.VERBS.stream()
                .map(verb -> List.of("`" + verb.name() + (verb.usage().isEmpty() ? "" : " " + verb.usage()) + "`", verb.summary())).toList()));
        Files.writeString(MADE, made);

        assertThat(page).as("copy conference/%s to docs", MADE).isEqualTo(made);
    }

    private static String parameters(boolean idle) {
        List<List<String>> rows = Arrays.stream(ProfileParam.values())
                .filter(param -> param.kind() == ProfileParam.Kind.IDLE == idle)
                .map(param -> List.of("`" + param.word() + "`", param.otherwise().isEmpty() ? "" : "`" + param.otherwise() + "`", param.summary()))
                .toList();
        return table(List.of("Parameter", "Default", idle ? "Why" : "Meaning"), rows);
    }

    private static <F> String flags(F[] flags, Function<F, String> word, Function<F, Boolean> works, Function<F, String> summary) {
        List<List<String>> rows = new ArrayList<>();
        Arrays.stream(flags).forEach(flag -> rows.add(List.of("`" + word.apply(flag) + "`", (works.apply(flag) ? "" : "no effect: ") + summary.apply(flag))));
        return table(List.of("Flag", "Meaning"), rows);
    }

    private static String table(List<String> head, List<List<String>> rows) {
        String lines = rows.stream().map(ConferencePageTest::line).collect(Collectors.joining());
        return line(head) + line(head.stream().map(_ -> "---").toList()) + lines;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")).replace("|  |", "| |");
    }

    private static String filled(String page, String name, String table) {
        String from = "<!-- " + name + " -->\n";
        String to = "<!-- end -->";
        int start = page.indexOf(from);
        assertThat(start).as("the page has a place for " + name).isNotNegative();
        int end = page.indexOf(to, start);
        return page.substring(0, start + from.length()) + table + page.substring(end);
    }
}
