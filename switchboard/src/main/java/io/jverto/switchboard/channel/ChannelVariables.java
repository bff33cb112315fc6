package io.jverto.switchboard.channel;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Expansion;
import io.jverto.switchboard.dialplan.Text;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The variables of one channel: names in any letter case, values that know which of their characters a caller may have chosen.
@OwnedBy(Role.CHANNEL)
public final class ChannelVariables {
    /// Names of the variables that go on to the channels that this one calls, joined by commas.
    private static final String EXPORTS = "export_vars";
    private static final String CUSTOM_HEADER = "sip_h_x-";
    private static final String BRIDGE_EXPORTS = "bridge_export_vars";
    /// Before the name of an exported variable that the channel itself does not have.
    private static final String NOT_HERE = "nolocal:";
    private static final int MAX_VARIABLES = 1_000;
    private static final int MAX_NAME = 256;

    private final Map<String, Text> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Counters<SwitchCounter> counters;
    /// Hide the others while one application runs.
    private Map<String, Text> passing = Map.of();

    ChannelVariables(Counters<SwitchCounter> counters) {
        this.counters = counters;
    }

    /// @return the value, empty when it is not set
    public Text get(String name) {
        Text hiding = passing.getOrDefault(name, Text.EMPTY);
        return hiding.isEmpty() ? values.getOrDefault(name, Text.EMPTY) : hiding;
    }

    /// Does something while these variables hide those of the same name.
    public <T> T during(Map<String, Text> variables, Supplier<T> work) {
        if (variables.isEmpty()) {
            return work.get();
        }
        Map<String, Text> before = passing;
        passing = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        passing.putAll(before);
        passing.putAll(variables);
        try {
            return work.get();
        } finally {
            passing = before;
        }
    }

    /// @return the value, when it is set and not blank
    public Optional<String> text(String name) {
        return Optional.of(get(name).toString().trim()).filter(value -> !value.isEmpty());
    }

    /// Whether it is set to one of the switch's words for true.
    public boolean isTrue(String name) {
        return text(name).map(value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("on")
                || value.equals("1")).orElse(false);
    }

    /// @return the value as a number, when it is one that fits
    public Optional<Integer> number(String name) {
        return text(name).filter(value -> value.matches("-?[0-9]{1,9}")).map(Integer::valueOf);
    }

    /// Sets, or unsets by an empty value.
    public void set(String name, Text value) {
        if (value.isEmpty()) {
            values.remove(name);
        } else if (name.length() > MAX_NAME || values.size() >= MAX_VARIABLES && !values.containsKey(name)) {
            counters.increment(SwitchCounter.VALUES_CUT);
        } else if (value.length() > Expansion.MAX_LENGTH) {
            counters.increment(SwitchCounter.VALUES_CUT);
            values.put(name, value.slice(0, Expansion.MAX_LENGTH));
        } else {
            values.put(name, value);
        }
    }

    /// Sets to something that is only data.
    public void set(String name, String value) {
        set(name, Text.data(value));
    }

    /// Lets a variable go on to the channels that this one calls.
    ///
    /// @param name with `nolocal:` in front when it is for them alone
    public void export(String name, Text value) {
        Set<String> names = new LinkedHashSet<>(Arrays.asList(text(EXPORTS).orElse(name).split(",")));
        names.add(name);
        set(EXPORTS, Text.syntax(String.join(",", names)));
        set(name, value);
    }

    /// Lets a variable go on to whom the channel is joined with, in either direction.
    public void bridgeExport(String name, Text value) {
        Set<String> names = new LinkedHashSet<>(Arrays.asList(text(BRIDGE_EXPORTS).orElse(name).split(",")));
        names.add(name);
        set(BRIDGE_EXPORTS, Text.syntax(String.join(",", names)));
        set(name, value);
    }

    /// @return what goes on to the channels that this one calls
    public Map<String, Text> exported() {
        Map<String, Text> exported = named(values, EXPORTS);
        // sip.md section 5.2: headers of the caller's that no standard knows go on by themselves
        if (!text("sip_copy_custom_headers").orElse("true").equals("false")) {
            values.forEach((name, value) -> {
                if (name.toLowerCase(Locale.ROOT).startsWith(CUSTOM_HEADER)) {
                    exported.putIfAbsent(name, value);
                }
            });
        }
        return exported;
    }

    /// @param variables of a channel
    /// @return what of them goes on to whom it is joined with
    public static Map<String, Text> bridgeExported(Map<String, Text> variables) {
        return named(variables, BRIDGE_EXPORTS);
    }

    private static Map<String, Text> named(Map<String, Text> variables, String list) {
        Map<String, Text> exported = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : variables.getOrDefault(list, Text.EMPTY).toString().split(",")) {
            Text value = variables.getOrDefault(name, Text.EMPTY);
            if (!value.isEmpty()) {
                exported.put(name.startsWith(NOT_HERE) ? name.substring(NOT_HERE.length()) : name, value);
            }
        }
        return exported;
    }

    /// @return all of them, in the order of their names
    public Map<String, Text> all() {
        return Collections.unmodifiableMap(values);
    }

    /// @return a copy as plain strings
    public Map<String, String> plain() {
        Map<String, String> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, value) -> plain.put(name, value.toString()));
        return plain;
    }
}
