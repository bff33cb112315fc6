package io.jverto.switchboard.dialplan;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression of a condition. Searches, that is, not anchored, case-sensitive; `/x/i` for flags. A match may take a
/// bounded number of steps, so that no expression and no caller can hold up a thread (security.md S11).
public final class Expression {
    /// Characters looked at in one match: about 10 ms.
    private static final int MAX_STEPS = 1_000_000;
    /// A longer subject does not match.
    private static final int MAX_SUBJECT = 4_096;

    private final Pattern pattern;
    private final boolean capturing;

    private Expression(Pattern pattern, boolean capturing) {
        this.pattern = pattern;
        this.capturing = capturing;
    }

    /// @param source variables already put in; characters of them that are data match themselves and nothing else
    /// @throws PatternSyntaxException when it is no expression
    public static Expression compile(Text source) {
        String regex = quoteData(source);
        if (regex.startsWith("_")) {
            return new Expression(Pattern.compile(PcreSyntax.fromPattern(regex)), false);
        }
        int flags = Pattern.UNIX_LINES; // as in PCRE only a line feed ends a line
        int slash = regex.lastIndexOf('/');
        if (regex.startsWith("/") && slash > 0) {
            flags |= flags(regex.substring(slash + 1));
            regex = regex.substring(1, slash);
        }
        return new Expression(Pattern.compile(PcreSyntax.toJava(regex), flags), regex.indexOf('(') >= 0);
    }

    /// For texts in which slashes are common: without the forms `/x/i` and `_NXX`.
    ///
    /// @throws PatternSyntaxException when it is no expression
    public static Expression plain(String regex) {
        return new Expression(Pattern.compile(PcreSyntax.toJava(regex), Pattern.UNIX_LINES), false);
    }

    private static String quoteData(Text source) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            boolean special = !source.isSyntax(i) && c < 128 && !Character.isLetterOrDigit(c);
            regex.append(special ? "\\" : "").append(c);
        }
        return regex.toString();
    }

    private static int flags(String letters) {
        int flags = 0;
        for (char letter : letters.toCharArray()) {
            flags |= switch (letter) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'x' -> Pattern.COMMENTS;
                default -> 0;
            };
        }
        return flags;
    }

    /// @return when it matches, what puts its groups in for `$1` and so on
    public Optional<Function<Text, Text>> substitution(Text subject, Counters<SwitchCounter> counters) {
        return match(subject, counters).map(captures -> captures::substitute);
    }

    /// @return what the groups took, when it matches
    Optional<Captures> match(Text subject, Counters<SwitchCounter> counters) {
        Matcher matcher = matcher(subject.toString());
        return switch (search(matcher, subject.length())) {
            case FOUND -> Optional.of(captures(matcher, subject));
            case NOT_FOUND -> Optional.empty();
            case TOO_HARD -> {
                counters.increment(SwitchCounter.PATTERNS_OVER_BUDGET);
                yield Optional.empty();
            }
        };
    }

    /// Whether it is found in a text.
    public Search search(String subject) {
        return search(matcher(subject), subject.length());
    }

    /// Whether it is found in what is there, or may be found once more has come.
    public Reach reach(String subject) {
        Matcher matcher = matcher(subject);
        return switch (search(matcher, subject.length())) {
            case FOUND -> Reach.FOUND;
            case NOT_FOUND -> matcher.hitEnd() ? Reach.WITH_MORE : Reach.NOT_FOUND;
            case TOO_HARD -> Reach.NOT_FOUND;
        };
    }

    /// How far a text goes.
    public enum Reach {
        FOUND,
        /// Not yet.
        WITH_MORE,
        /// Whatever else comes.
        NOT_FOUND
    }

    /// How a search ended.
    public enum Search {
        FOUND,
        NOT_FOUND,
        /// It was given up: too many steps, or too long a text.
        TOO_HARD
    }

    private Matcher matcher(String subject) {
        return pattern.matcher(new Budgeted(subject, new int[] {MAX_STEPS}));
    }

    private static Search search(Matcher matcher, int length) {
        if (length > MAX_SUBJECT) {
            return Search.TOO_HARD;
        }
        try {
            return matcher.find() ? Search.FOUND : Search.NOT_FOUND;
        } catch (OverBudget | StackOverflowError tooHard) {
            // java.util.regex recurses for each turn of a group: a deep stack is the same complaint as many steps
            return Search.TOO_HARD;
        }
    }

    private Captures captures(Matcher matcher, Text subject) {
        if (!capturing) {
            return Captures.NONE;
        }
        Text[] groups = new Text[matcher.groupCount() + 1];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = matcher.start(i) < 0 ? Text.EMPTY : subject.slice(matcher.start(i), matcher.end(i));
        }
        return new Captures(java.util.List.of(groups));
    }

    /// Counts what the matcher looks at.
    private record Budgeted(String text, int[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new OverBudget();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }
    }

    private static final class OverBudget extends RuntimeException {
        OverBudget() {
            super("", null, false, false);
        }
    }
}
