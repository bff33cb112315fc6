package io.jverto.switchboard.dialplan;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Extension.Action;
import io.jverto.switchboard.dialplan.Extension.Break;
import io.jverto.switchboard.dialplan.Extension.Condition;
import io.jverto.switchboard.dialplan.Extension.Mode;
import io.jverto.switchboard.dialplan.Extension.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One way through the extensions of a context: first everything is found, later it is done (dialplan-directory.md section 5.1).
final class Hunt {
    private static final Logger log = LoggerFactory.getLogger(Hunt.class);
    /// More steps than any call needs; the rest is dropped.
    private static final int MAX_STEPS = 1_000;

    private final Scope scope;
    private final Counters<SwitchCounter> counters;
    private final List<Step> steps = new ArrayList<>();
    /// The name of the one that is looked at.
    private String extension = "";

    Hunt(Scope scope, Counters<SwitchCounter> counters) {
        this.scope = scope;
        this.counters = counters;
    }

    List<Step> run(List<Extension> extensions) {
        for (Extension next : extensions.subList(first(extensions), extensions.size())) {
            extension = next.name();
            if (chain(next.conditions()) && !next.goOn()) {
                break;
            }
        }
        return List.copyOf(steps);
    }

    /// `auto_hunt`: hunting begins with the extension that is called like the number, if there is one.
    private int first(List<Extension> extensions) {
        String number = ContextReader.isTrue(scope.variable("auto_hunt").toString()) ? scope.field("destination_number").toString() : "";
        for (int i = 0; i < extensions.size() && !number.isEmpty(); i++) {
            if (extensions.get(i).name().equalsIgnoreCase(number)) {
                return i;
            }
        }
        return 0;
    }

    /// @return whether the last condition that was looked at held, or did something by its anti-actions
    private boolean chain(List<Condition> conditions) {
        boolean proceed = false;
        for (Condition condition : conditions) {
            Verdict verdict = judge(condition);
            proceed = verdict.proceed();
            if (verdict.stop()) {
                break;
            }
        }
        return proceed;
    }

    private Verdict judge(Condition condition) {
        Optional<Captures> captures = holds(condition);
        Break breaks = condition.breaks();
        if (captures.isEmpty()) {
            queue(condition.antiActions(), Captures.NONE);
            return new Verdict(!condition.antiActions().isEmpty(), breaks == Break.ON_FALSE || breaks == Break.ALWAYS);
        }
        queue(condition.actions(), captures.get());
        if (breaks == Break.ON_TRUE || breaks == Break.ALWAYS) {
            return new Verdict(true, true);
        }
        if (!condition.nested().isEmpty() && !chain(condition.nested()) && condition.requireNested()) {
            return new Verdict(false, breaks != Break.NEVER);
        }
        return new Verdict(true, false);
    }

    private record Verdict(boolean proceed, boolean stop) {}

    /// @return the captures of the last test that has groups, when the condition holds
    private Optional<Captures> holds(Condition condition) {
        if (condition.when().filter(window -> !window.holds(scope.now(), scope)).isPresent()) {
            return Optional.empty();
        }
        Captures last = Captures.NONE;
        int hits = 0;
        for (int i = 0; i < condition.tests().size(); i++) {
            Optional<Captures> captures = matches(condition.tests().get(i));
            note(captures, condition.several() ? "DP_REGEX_MATCH_" + (i + 1) : "DP_MATCH");
            hits += captures.isPresent() ? 1 : 0;
            last = captures.filter(found -> found != Captures.NONE).orElse(last);
            if (condition.mode() == Mode.ANY && hits > 0 || condition.mode() == Mode.ALL && captures.isEmpty()) {
                break;
            }
        }
        boolean holds = condition.tests().isEmpty()
                || switch (condition.mode()) {
                    case ALL -> hits == condition.tests().size();
                    case ANY -> hits > 0;
                    case XOR -> hits == 1;
                };
        return holds ? Optional.of(last) : Optional.empty();
    }

    /// What the groups took, for later: `$1` is only known to this condition.
    private void note(Optional<Captures> captures, String variable) {
        captures.map(Captures::groups).filter(groups -> !groups.isEmpty()).ifPresent(groups -> scope.set(variable, TextArray.of(groups)));
    }

    private Optional<Captures> matches(Test test) {
        return switch (test) {
            case Test.Match match -> matches(match);
            case Test.When(TimeWindow window) -> window.holds(scope.now(), scope) ? Optional.of(Captures.NONE) : Optional.empty();
        };
    }

    private Optional<Captures> matches(Test.Match test) {
        Text field = test.field();
        Text subject = field.indexOf('$', 0) >= 0 ? Expansion.expand(field, scope) : scope.field(field.toString());
        return compiled(test).flatMap(expression -> expression.match(subject, counters));
    }

    private Optional<Expression> compiled(Test.Match test) {
        if (test.compiled().isPresent()) {
            return test.compiled();
        }
        try {
            return Optional.of(Expression.compile(Expansion.expand(test.expression(), scope)));
        } catch (PatternSyntaxException bad) {
            log.warn("{}: with its variables put in this is no regular expression: {}", test.origin(), bad.getDescription());
            return Optional.empty();
        }
    }

    private void queue(List<Action> actions, Captures captures) {
        for (Action action : actions) {
            Step step = new Step(action.application(), captures.substitute(action.data()), action.origin(), extension);
            for (int i = 0; i < action.loop() && steps.size() < MAX_STEPS; i++) {
                if (action.inline()) {
                    scope.inline(step);
                } else {
                    steps.add(step);
                }
            }
        }
    }
}
