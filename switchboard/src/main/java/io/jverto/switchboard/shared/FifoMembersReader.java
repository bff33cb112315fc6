package io.jverto.switchboard.shared;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.shared.FifoMembers.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads `fifo.conf`: `<fifos><fifo name=...><member timeout= simo= lag=>dial string</member></fifo></fifos>`. What cannot be used is left out, with a warning.
public final class FifoMembersReader {
    /// Seconds that a member rings, and that he is left alone afterwards, if nothing else is said.
    public static final int TIMEOUT_SECONDS = 60;
    public static final int LAG_SECONDS = 5;

    private final Consumer<ConfigProblem> problems;

    private FifoMembersReader(Consumer<ConfigProblem> problems) {
        this.problems = problems;
    }

    public static List<Member> read(ConfigNode configuration, Consumer<ConfigProblem> problems) {
        FifoMembersReader reader = new FifoMembersReader(problems);
        List<Member> members = new ArrayList<>();
        configuration.children("fifos").flatMap(all -> all.children("fifo"))
                .forEach(fifo -> fifo.children("member").forEach(member -> reader.member(fifo.attribute("name", ""), member, members)));
        if (members.size() > FifoMembers.MAX_MEMBERS) {
            problems.accept(ConfigProblem.warning(configuration.origin(), "the queues have more than " + FifoMembers.MAX_MEMBERS + " members; the rest is left out"));
        }
        return members.stream().limit(FifoMembers.MAX_MEMBERS).toList();
    }

    private void member(String fifo, ConfigNode node, List<Member> members) {
        String dialString = node.text().strip();
        if (fifo.isEmpty() || dialString.isEmpty()) {
            problems.accept(ConfigProblem.warning(node.origin(), "a <member> needs a <fifo> with a name and a dial string; it is left out"));
            return;
        }
        members.add(new Member(fifo, dialString, Math.max(1, number(node, "simo", 1)), Math.max(1, number(node, "timeout", TIMEOUT_SECONDS)),
                number(node, "lag", LAG_SECONDS), 0, true));
    }

    private int number(ConfigNode node, String attribute, int otherwise) {
        String written = node.attribute(attribute, String.valueOf(otherwise)).strip();
        if (written.matches("[0-9]{1,6}")) {
            return Integer.parseInt(written);
        }
        problems.accept(ConfigProblem.warning(node.origin(), attribute + " of a <member> is a number, not '" + written + "'; it is " + otherwise));
        return otherwise;
    }
}
