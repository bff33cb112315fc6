package io.jverto.sip.gateway;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The `<param name value>`s of a profile or gateway; names in any letter case. Of one written twice the last counts.
public final class SofiaParams {
    private static final Set<String> YES = Set.of("yes", "on", "true", "t", "enabled", "active", "allow");

    private final Map<String, ConfigNode> byName = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Consumer<ConfigProblem> problems;

    public SofiaParams(Stream<ConfigNode> params, Consumer<ConfigProblem> problems) {
        this.problems = problems;
        params.forEach(param -> {
            String name = param.attribute("name", "").trim().toLowerCase(Locale.ROOT);
            byName.put(name, param);
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value(param));
        });
    }

    public Optional<ConfigNode> node(String name) {
        return Optional.ofNullable(byName.get(name)).filter(param -> !value(param).isEmpty());
    }

    public Optional<String> text(String name) {
        return node(name).map(SofiaParams::value);
    }

    /// @return what each of that name says, in their order: for those that may stand several times
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of()).stream().filter(text -> !text.isEmpty()).toList();
    }

    public String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    public boolean flag(String name, boolean otherwise) {
        return text(name).map(SofiaParams::isTrue).orElse(otherwise);
    }

    /// @return what it says; `otherwise`, and an error, when that is no whole number from `least` to `most`
    public int number(String name, int otherwise, int least, int most) {
        Optional<ConfigNode> param = node(name);
        if (param.isEmpty()) {
            return otherwise;
        }
        String written = value(param.get());
        if (written.matches("[0-9]{1,9}") && Integer.parseInt(written) >= least && Integer.parseInt(written) <= most) {
            return Integer.parseInt(written);
        }
        problems.accept(ConfigProblem.error(
                param.get().origin(), name + " must be a whole number from " + least + " to " + most + ", not '" + written + "'"));
        return otherwise;
    }

    /// Says of each parameter that has no effect why that is.
    public void tellUseless(Set<String> used, Set<String> known) {
        byName.forEach((name, param) -> {
            String written = param.attribute("name", "");
            if (known.contains(name)) {
                problems.accept(ConfigProblem.unsupported(param.origin(), "parameter '" + written + "' is not supported; it changes nothing"));
            } else if (!used.contains(name)) {
                problems.accept(ConfigProblem.warning(param.origin(), "parameter '" + written + "' is not known here and has no effect"));
            }
        });
    }

    private static String value(ConfigNode param) {
        return param.attribute("value", "").trim();
    }

    private static boolean isTrue(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return YES.contains(word) || word.matches("0*[1-9][0-9]*");
    }
}
