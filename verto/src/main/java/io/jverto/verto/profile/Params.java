package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.wire.verto.VertoTruth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The `<param name value>`s of an element; names in any letter case. Of one written twice the last counts, unless it is repeatable.
final class Params {
    private final Map<String, List<ConfigNode>> byName;
    private final Consumer<ConfigProblem> problems;

    private Params(Map<String, List<ConfigNode>> byName, Consumer<ConfigProblem> problems) {
        this.byName = byName;
        this.problems = problems;
    }

    static Params of(Stream<ConfigNode> params, Consumer<ConfigProblem> problems) {
        return new Params(params.collect(Collectors.groupingBy(Params::key, LinkedHashMap::new, Collectors.toList())), problems);
    }

    static String key(ConfigNode param) {
        return param.attribute("name", "").trim().toLowerCase(Locale.ROOT);
    }

    static String value(ConfigNode param) {
        return param.attribute("value", "").trim();
    }

    boolean hasAny(Set<String> names) {
        return byName.keySet().stream().anyMatch(names::contains);
    }

    /// @return those of them that have none of these names
    Params without(Set<String> names) {
        Map<String, List<ConfigNode>> rest = new LinkedHashMap<>(byName);
        rest.keySet().removeAll(names);
        return new Params(rest, problems);
    }

    /// @return every param of that name, in order
    List<ConfigNode> all(String name) {
        return byName.getOrDefault(name, List.of());
    }

    List<String> values(String name) {
        return all(name).stream().map(Params::value).toList();
    }

    /// @return the last param of that name, if it says anything
    Optional<ConfigNode> last(String name) {
        return all(name).stream().reduce((_, later) -> later).filter(param -> !value(param).isEmpty());
    }

    String text(String name, String otherwise) {
        return last(name).map(Params::value).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return last(name).map(param -> VertoTruth.isTrue(value(param))).orElse(otherwise);
    }

    /// @return what it says; `otherwise`, and a problem, when that is no whole number from `least` to `most`
    int number(String name, int otherwise, int least, int most) {
        return last(name).map(param -> number(param, otherwise, least, most)).orElse(otherwise);
    }

    void tellUnknown(Set<String> known) {
        byName.forEach((name, params) -> {
            if (!known.contains(name)) {
                params.forEach(param -> problems.accept(ConfigProblem.warning(
                        param.origin(), "parameter '" + param.attribute("name", "") + "' is not known here and has no effect")));
            }
        });
    }

    private int number(ConfigNode param, int otherwise, int least, int most) {
        String written = value(param);
        if (written.matches("[0-9]{1,9}") && Integer.parseInt(written) >= least && Integer.parseInt(written) <= most) {
            return Integer.parseInt(written);
        }
        problems.accept(ConfigProblem.error(
                param.origin(), param.attribute("name", "") + " must be a whole number from " + least + " to " + most + ", not '" + written + "'"));
        return otherwise;
    }
}
