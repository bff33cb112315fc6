package io.jverto.switchboard.dialplan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `src/test/resources/dialplan/cases.xml`.
class DialplanTableTest {
    private static final Path CASES = Path.of("src/test/resources/dialplan/cases.xml");

    @TestFactory
    Stream<DynamicTest> everyCaseFindsWhatItSays() throws IOException {
        List<ConfigNode> cases = Config.xml(Files.readString(CASES)).children();
        assertThat(cases).hasSizeGreaterThan(150);
        return cases.stream().map(node -> DynamicTest.dynamicTest(node.attribute("name", ""), () -> check(node)));
    }

    private static void check(ConfigNode node) {
        Map<String, String> fields = new HashMap<>(Map.of("caller_id_name", "Ann"));
        fields.put("destination_number", node.attribute("number", ""));
        fields.putAll(pairs(node.attribute("fields", "")));
        Call call = new Call(fields);
        pairs(node.attribute("vars", "")).forEach((name, value) -> call.variables.put(name, Text.syntax(value)));
        pairs(node.attribute("data-vars", "")).forEach((name, value) -> call.variables.put(name, Text.data(value)));
        List<ConfigProblem> problems = new ArrayList<>();

        ConfigNode context = new ConfigNode("context", Map.of("name", "default"), node.children(), "", node.origin());
        Dialplan dialplan = Dialplan.read(new ConfigNode("section", Map.of(), List.of(context), "", node.origin()), problems::add);
        String found = dialplan.hunt("default", call, new Counters<>(SwitchCounter.class)).stream()
                .map(step -> step.application() + "(" + step.data() + ")")
                .collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(node.attribute("expect", ""));
        assertThat(problems).hasSize(Integer.parseInt(node.attribute("problems", "0")));
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(";")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                pairs.put(parts[0], parts[1]);
            }
        }
        return pairs;
    }
}
