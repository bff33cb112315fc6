package io.jverto.switchboard.dialplan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

class DialplanFuzz {
    @FuzzTest
    void expands(FuzzedDataProvider input) {
        String text = input.consumeRemainingAsString();
        Call call = new Call(Map.of());
        call.variables.put("a", Text.data(text));

        Text expanded = Expansion.expand(Text.syntax(text), call);
        Text data = Expansion.expand(Text.syntax("${a}"), call);

        assertThat(expanded.length()).isLessThanOrEqualTo(Expansion.MAX_LENGTH + 1);
        assertThat(data).isEqualTo(Text.data(text.substring(0, Math.min(text.length(), Expansion.MAX_LENGTH))));
    }

    @FuzzTest
    void compilesAndMatches(FuzzedDataProvider input) {
        String[] parts = input.consumeRemainingAsString().split("\n", 2);
        Text subject = Text.data(parts[parts.length - 1]);
        Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);
        try {
            Expression.compile(Text.syntax(parts[0])).match(subject, counters)
                    .ifPresent(captures -> captures.substitute(Text.syntax("$1$2${3}")));
        } catch (PatternSyntaxException reported) {
            assertThat(reported.getDescription()).isNotEmpty();
        }
        if (subject.length() < 1_000) {
            assertThat(Expression.compile(subject).match(subject, counters)).isPresent();
        }
    }
}
