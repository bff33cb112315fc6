package io.jverto.switchboard.menu;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Expression;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `read` and `play_and_get_digits` (dialplan-directory.md section 9.3). What a caller types is data.
public final class Read {
    private static final Logger log = LoggerFactory.getLogger(Read.class);
    private static final int MIN_TIMEOUT_MILLIS = 1_000;
    private static final int MAX_TIMEOUT_MILLIS = 86_400_000;
    private static final int MAX_TRIES = 128;
    private static final String RESULT = "read_result";
    private static final String TERMINATOR = "read_terminator_used";

    private Read() {}

    /// `<min> <max> <sound> <variable> <timeout> [<terminators> [<digit timeout>]]`, times in milliseconds.
    public static void once(Channel channel, Text data) {
        Arguments words = new Arguments(Words.of(data));
        String variable = words.text(3);
        if (variable.isEmpty()) {
            log.error("channel {}: read needs <min> <max> <sound> <variable>, not {}", channel.logId(), LogText.of(data));
            tell(channel, Digits.Result.FAILURE, Optional.empty());
            return;
        }
        int min = words.number(0, 1, 1, Digits.MAX);
        long timeout = words.number(4, MIN_TIMEOUT_MILLIS, MIN_TIMEOUT_MILLIS, MAX_TIMEOUT_MILLIS);
        Digits.Wanted wanted = new Digits.Wanted(min, words.number(1, min, min, Digits.MAX), Terminators.parse(words.text(5)), timeout,
                words.number(6, (int) timeout, 1, MAX_TIMEOUT_MILLIS));
        if (channel.preAnswer()) {
            Digits.Typed typed = Digits.collect(channel, Sounds.parse(channel, words.get(2)), wanted);
            Digits.Result result = typed.result(wanted);
            channel.variables().set(variable, result == Digits.Result.SUCCESS ? typed.value(wanted.terminators()) : "");
            tell(channel, result, typed.terminator());
        }
    }

    /// `<min> <max> <tries> <timeout> <terminators> <sound> <invalid sound> [<variable> [<expression> [<digit timeout> ['<destination>']]]]`.
    ///
    /// @return where the call is to go when no try was good: `<extension> [<dialplan> [<context>]]`
    public static Optional<Text> untilValid(Channel channel, Text data) {
        Arguments words = new Arguments(Words.of(data));
        if (words.size() < 7) {
            log.error("channel {}: play_and_get_digits needs <min> <max> <tries> <timeout> <terminators> <sound> <invalid sound>, not {}",
                    channel.logId(), LogText.of(data));
            tell(channel, Digits.Result.FAILURE, Optional.empty());
            return Optional.empty();
        }
        int min = words.number(0, 0, 0, Digits.MAX);
        long timeout = words.number(3, MIN_TIMEOUT_MILLIS, 1, MAX_TIMEOUT_MILLIS);
        Digits.Wanted wanted = new Digits.Wanted(min, words.number(1, min, Math.max(1, min), Digits.MAX), Terminators.parse(words.text(4)), timeout,
                words.number(9, (int) timeout, 1, MAX_TIMEOUT_MILLIS));
        boolean valid = false;
        for (int tries = words.number(2, 1, 1, MAX_TRIES); tries > 0 && !valid && channel.preAnswer(); tries--) {
            valid = ask(channel, words, wanted);
        }
        return valid || !channel.up() || words.text(10).isEmpty() ? Optional.empty() : Optional.of(words.get(10));
    }

    private static boolean ask(Channel channel, Arguments words, Digits.Wanted wanted) {
        Digits.Typed typed = Digits.collect(channel, Sounds.parse(channel, words.get(5)), wanted);
        if (!channel.up()) {
            return false;
        }
        Digits.Result result = typed.result(wanted);
        String value = typed.value(wanted.terminators());
        boolean valid = result == Digits.Result.SUCCESS && isValid(channel, words.get(8), value);
        String variable = words.text(7);
        if (!variable.isEmpty()) {
            channel.variables().set(variable, valid ? value : "");
            channel.variables().set(variable + "_invalid", valid ? "" : value);
        }
        tell(channel, result == Digits.Result.SUCCESS && !valid ? Digits.Result.FAILURE : result, typed.terminator());
        if (!valid && !words.text(6).isEmpty()) {
            Prompts.play(channel, words.get(6));
        }
        return valid;
    }

    private static boolean isValid(Channel channel, Text expression, String value) {
        if (expression.isEmpty()) {
            return true;
        }
        try {
            return Expression.compile(expression).search(value) == Expression.Search.FOUND;
        } catch (PatternSyntaxException bad) {
            log.error("channel {}: {} is no regular expression: {}", channel.logId(), LogText.of(expression), bad.getDescription());
            return false;
        }
    }

    private static void tell(Channel channel, Digits.Result result, Optional<Character> terminator) {
        channel.variables().set(RESULT, Text.syntax(result.word()));
        channel.variables().set(TERMINATOR, terminator.map(String::valueOf).orElse(""));
    }

    /// Words by number; those that are not there are empty.
    private record Arguments(List<Text> words) {
        int size() {
            return words.size();
        }

        Text get(int index) {
            return index < words.size() ? words.get(index) : Text.EMPTY;
        }

        String text(int index) {
            return get(index).toString();
        }

        int number(int index, int otherwise, int min, int max) {
            String text = text(index);
            return Math.clamp(text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise, min, max);
        }
    }
}
