package io.jverto.switchboard.api;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.bridge.Dial;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.bridge.Transfers.Destination;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.port.ApiCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `originate <dial string> <extension>|&<application>(<argument>) [<dialplan>] [<context>] [<name>] [<number>] [<seconds>]`
/// (dialplan-directory.md section 14.1). Waits until somebody has answered or nobody will.
final class OriginateCommand implements ApiCommand {
    private static final String USAGE = Replies.usage(
            "<dial string> <extension>|&<application>(<argument>) [<dialplan>] [<context>] [<caller name>] [<caller number>] [<seconds>]");
    private static final int MIN_WORDS = 2;
    private static final int MAX_WORDS = 7;
    private static final int DEFAULT_SECONDS = 60;
    private static final int MAX_SECONDS = 3_600;
    /// What the reference shows when no number is given.
    private static final String NO_NUMBER = "0000000000";
    private static final String OPEN = "{[(<";
    private static final String CLOSE = "}])>";

    private final Dial dial;
    private final Transfers transfers;
    private final Execution execution;

    OriginateCommand(Dial dial, Transfers transfers, Execution execution) {
        this.dial = dial;
        this.transfers = transfers;
        this.execution = execution;
    }

    @Override
    public String name() {
        return "originate";
    }

    @Override
    public String run(String arguments) {
        List<String> words = words(arguments);
        if (words.size() < MIN_WORDS || words.size() > MAX_WORDS) {
            return USAGE;
        }
        Optional<ChannelScript> then = then(words);
        Optional<Duration> timeout = timeout(word(words, 6));
        if (then.isEmpty() || timeout.isEmpty()) {
            return USAGE;
        }
        String number = word(words, 5);
        Dial.Order order = new Dial.Order(words.getFirst(), word(words, 4), number.isEmpty() ? NO_NUMBER : number, timeout.get(), then.get());
        return switch (dial.run(order)) {
            case Dial.Result.Answered(var channel) -> "+OK " + channel + "\n";
            case Dial.Result.Failed(var cause) -> "-ERR " + cause + "\n";
        };
    }

    private Optional<ChannelScript> then(List<String> words) {
        String what = words.get(1);
        if (!what.startsWith("&")) {
            String dialplan = word(words, 2);
            String context = word(words, 3);
            return Optional.of(transfers.originated(
                    new Destination(what, dialplan.isEmpty() ? "XML" : dialplan, context.isEmpty() ? "default" : context)));
        }
        int open = what.indexOf('(');
        boolean closed = open > 0 && what.endsWith(")");
        String application = open < 0 ? what.substring(1) : what.substring(1, open);
        if (!execution.exists(application) || open > 0 && !closed) {
            return Optional.empty();
        }
        return Optional.of(execution.script(application, closed ? what.substring(open + 1, what.length() - 1) : ""));
    }

    private static Optional<Duration> timeout(String word) {
        if (word.isEmpty()) {
            return Optional.of(Duration.ofSeconds(DEFAULT_SECONDS));
        }
        return Optional.of(word).filter(text -> text.matches("[1-9][0-9]{0,4}"))
                .map(text -> Duration.ofSeconds(Math.min(Integer.parseInt(text), MAX_SECONDS)));
    }

    /// @return the word, empty when it is missing or `undef`
    private static String word(List<String> words, int index) {
        return index < words.size() && !words.get(index).equals("undef") ? words.get(index) : "";
    }

    /// Spaces separate, except between brackets or within `'...'`.
    static List<String> words(String arguments) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (char c : (arguments + " ").toCharArray()) {
            depth += quoted ? 0 : OPEN.indexOf(c) >= 0 ? 1 : CLOSE.indexOf(c) >= 0 && depth > 0 ? -1 : 0;
            quoted ^= c == '\'' && depth == 0;
            if (c == ' ' && depth == 0 && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else if (c != '\'' || depth > 0) {
                word.append(c);
            }
        }
        return depth > 0 || quoted ? List.of() : words;
    }
}
