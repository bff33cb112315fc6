package io.jverto.switchboard.dialplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private final Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);

    @Test
    void searchesAnywhereAndMindsTheLetterCase() {
        assertThat(matches("10", "5105")).isTrue();
        assertThat(matches("^10$", "5105")).isFalse();
        assertThat(matches("abc", "ABC")).isFalse();
        assertThat(matches("/abc/i", "ABC")).isTrue();
        assertThat(matches("", "anything")).isTrue();
        assertThat(matches("^$", "")).isTrue();
    }

    @Test
    void understandsWhatPcreUnderstands() {
        assertThat(matches("^[[:digit:]]+$", "123")).isTrue();
        assertThat(matches("^[[:alpha:]_-]+$", "a_b-c")).isTrue();
        assertThat(matches("^[]x]$", "]")).isTrue();
        assertThat(matches("^[a[b]$", "[")).isTrue();
        assertThat(matches("^[a&&b]+$", "a&b")).isTrue();
        assertThat(matches("^a{$", "a{")).isTrue();
        assertThat(matches("^a{2,3}$", "aaa")).isTrue();
        assertThat(matches("^(?P<x>a)$", "a")).isTrue();
        assertThat(matches("^\\+?1?(\\d{10})$", "+12125551212")).isTrue();
        assertThat(matches("^(?:0|\\*)9$", "*9")).isTrue();
        assertThat(matches("a$", "a\r")).isFalse();
    }

    @Test
    void understandsTheShortPatternForm() {
        assertThat(matches("_NXX!", "2345")).isTrue();
        assertThat(matches("_NXX", "1345")).isFalse();
        assertThat(matches("_9.", "9")).isFalse();
        assertThat(matches("_*9Z", "*91")).isTrue();
    }

    @Test
    void groupsAreTaken() {
        Captures captures = Expression.compile(Text.syntax("^(1)(x)?(.*)$")).match(Text.data("1abc"), counters).orElseThrow();

        assertThat(captures.substitute(Text.syntax("$1-$2-${3}-$0-$9-$x-\\$"))).hasToString("1--abc-1abc--$x-\\$");
        assertThat(Expression.compile(Text.syntax("^1")).match(Text.data("1"), counters).orElseThrow().substitute(Text.syntax("$1"))).hasToString("$1");
    }

    @Test
    void catastrophicExpressionsAreGivenUp() {
        long before = counters.get(SwitchCounter.PATTERNS_OVER_BUDGET);

        assertThat(matches("^(a+)+$", "a".repeat(60) + "!")).isFalse();
        assertThat(matches("^(.*,){40}P$", "1,".repeat(200))).isFalse();
        assertThat(matches("(x+x+)+y", "x".repeat(3_000))).isFalse();
        assertThat(matches("^(?:a|b)*$", "ab".repeat(2_000) + "c")).isFalse();
        assertThat(matches(".", "a".repeat(100_000))).isFalse();

        assertThat(counters.get(SwitchCounter.PATTERNS_OVER_BUDGET)).isGreaterThanOrEqualTo(before + 4);
    }

    @Test
    void aSearchTellsNotFoundFromGivenUp() {
        assertThat(Expression.plain("/a/b").search("/x/a/b/c")).isEqualTo(Expression.Search.FOUND);
        assertThat(Expression.plain("/a/i").search("/A/i")).isEqualTo(Expression.Search.NOT_FOUND);
        assertThat(Expression.plain("_N").search("_N")).isEqualTo(Expression.Search.FOUND);
        assertThat(Expression.plain("(x+x+)+y").search("x".repeat(3_000))).isEqualTo(Expression.Search.TOO_HARD);
        assertThat(Expression.plain(".").search("a".repeat(5_000))).isEqualTo(Expression.Search.TOO_HARD);
    }

    @Test
    void s11DataInAnExpressionMatchesOnlyItself() {
        Text source = Text.join(Text.syntax("^"), Text.join(Text.data(".*(a+)+[z"), Text.syntax("$")));

        assertThat(Expression.compile(source).match(Text.data("anything"), counters)).isEmpty();
        assertThat(Expression.compile(source).match(Text.data(".*(a+)+[z"), counters)).isPresent();
    }

    @Test
    void nonsenseIsNoExpression() {
        assertThatThrownBy(() -> Expression.compile(Text.syntax("^(abc"))).isInstanceOf(PatternSyntaxException.class);
        assertThatThrownBy(() -> Expression.compile(Text.syntax("["))).isInstanceOf(PatternSyntaxException.class);
    }

    private boolean matches(String expression, String subject) {
        Optional<Captures> captures = Expression.compile(Text.syntax(expression)).match(Text.data(subject), counters);
        return captures.isPresent();
    }
}
