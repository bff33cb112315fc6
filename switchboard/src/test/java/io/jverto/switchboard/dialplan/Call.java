package io.jverto.switchboard.dialplan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A scope that is nothing but its values.
final class Call implements Scope {
    final Map<String, Text> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final List<String> commands = new ArrayList<>();
    final List<Step> inlined = new ArrayList<>();
    Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final Map<String, String> fields;

    Call(Map<String, String> fields) {
        this.fields = fields;
    }

    @Override
    public Text field(String name) {
        return Text.data(fields.getOrDefault(name, ""));
    }

    @Override
    public Text variable(String name) {
        return variables.getOrDefault(name, Text.EMPTY);
    }

    @Override
    public void set(String name, Text value) {
        variables.put(name, value);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Text command(String name, String arguments) {
        commands.add(name + "(" + arguments + ")");
        return Text.data("[" + arguments + "]");
    }

    @Override
    public void inline(Step step) {
        inlined.add(step);
        if (step.application().equals("set")) {
            String[] pair = step.data().toString().split("=", 2);
            variables.put(pair[0], Text.syntax(pair[1]));
        }
    }
}
