package io.jverto.bench;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to find a call's extension in a context of 200, the last of which fits. Budget: 50 us.
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HuntBench {
    private static final int EXTENSIONS = 200;
    private static final ConfigNode.Origin HERE = new ConfigNode.Origin("bench", 1);

    private final Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);
    private final Dialplan numbers = dialplan(i -> "^(9" + (1_000 + i) + ")$");
    private final Dialplan mixed = dialplan(i -> switch (i % 4) {
        case 0 -> "^\\*" + i + "$|^(4[0-9]" + i + ")$";
        case 1 -> "^(\\d{3}" + i + ")$";
        case 2 -> "^8" + i + "([0-9]{2})$";
        default -> "^9" + (1_000 + i) + "$";
    });
    private final Scope lastNumber = new OneCall("9" + (1_000 + EXTENSIONS - 1));

    @Benchmark
    public List<Step> lastOfNumbers() {
        return numbers.hunt("default", lastNumber, counters);
    }

    @Benchmark
    public List<Step> lastOfMixed() {
        return mixed.hunt("default", lastNumber, counters);
    }

    private static Dialplan dialplan(java.util.function.IntFunction<String> expression) {
        List<ConfigNode> extensions = new ArrayList<>();
        for (int i = 0; i < EXTENSIONS; i++) {
            ConfigNode action = new ConfigNode("action", Map.of("application", "bridge", "data", "user/$1@${domain_name}"), List.of(), "", HERE);
            ConfigNode condition = new ConfigNode("condition", Map.of("field", "destination_number", "expression", expression.apply(i)),
                    List.of(action), "", HERE);
            extensions.add(new ConfigNode("extension", Map.of("name", "e" + i), List.of(condition), "", HERE));
        }
        ConfigNode context = new ConfigNode("context", Map.of("name", "default"), extensions, "", HERE);
        return Dialplan.read(new ConfigNode("section", Map.of(), List.of(context), "", HERE), problem -> {
            throw new IllegalStateException(problem.toString());
        });
    }

    /// A caller who dialled this.
    private record OneCall(String number) implements Scope {
        @Override
        public Text field(String name) {
            return name.equals("destination_number") ? Text.data(number) : Text.EMPTY;
        }

        @Override
        public Text variable(String name) {
            return Text.EMPTY;
        }

        @Override
        public void set(String name, Text value) {
            // nothing looks at it
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Text command(String name, String arguments) {
            return Text.EMPTY;
        }

        @Override
        public void inline(Step step) {
            // there is none
        }
    }
}
