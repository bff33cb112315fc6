package io.jverto.server.records;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.wire.verto.VertoTruth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where call records go: `cdr_database.conf`, `cdr_csv.conf` and `json_cdr.conf`.
///
/// @param database empty when they do not go there
public record RecordSettings(Optional<ToDatabase> database, Optional<ToCsv> csv, Optional<ToJson> json) {
    public static final RecordSettings DEFAULT = new RecordSettings(Optional.of(ToDatabase.DEFAULT), Optional.empty(), Optional.empty());
    private static final int MEBIBYTE = 1 << 20;

    /// Which legs.
    enum Legs {
        A,
        B,
        AB;

        boolean take(boolean b) {
            return this == AB || (this == B) == b;
        }
    }

    /// @param spoolBytes that may wait on the disk while the database is away
    /// @param keep how long a record stays; zero for ever
    record ToDatabase(Legs legs, long spoolBytes, Duration keep) {
        static final ToDatabase DEFAULT = new ToDatabase(Legs.AB, 512L * MEBIBYTE, Duration.ofDays(365));
    }

    /// @param templates by name in lower case
    /// @param master whether only the one file is written, none for each account code
    /// @param rotate whether the file of another day is put aside
    record ToCsv(Path folder, Legs legs, Map<String, Template> templates, String template, boolean master, boolean rotate) {}

    /// @param prefix whether the name of an A leg's file begins with `a_`
    /// @param encode whether values of variables are percent-encoded
    /// @param rotate whether each day has a folder
    record ToJson(Path folder, Legs legs, boolean prefix, boolean encode, boolean rotate) {}

    /// @param configurations the tree's, by name
    /// @param logFolder where files go unless the configuration names another folder
    public static RecordSettings read(
            Function<String, Optional<ConfigNode>> configurations, Path logFolder, Consumer<ConfigProblem> problems) {
        Optional<Params> database = params(configurations.apply("cdr_database.conf"), problems);
        Modules modules = new Modules(configurations.apply("modules.conf"));
        return new RecordSettings(
                database.isEmpty() ? DEFAULT.database : database.filter(Params::enabled).map(RecordSettings::toDatabase),
                params(configurations.apply("cdr_csv.conf").filter(_ -> modules.load("mod_cdr_csv")), problems)
                        .filter(Params::enabled).map(params -> toCsv(params, logFolder)),
                params(configurations.apply("json_cdr.conf").filter(_ -> modules.load("mod_json_cdr")), problems)
                        .filter(Params::enabled).map(params -> toJson(params, logFolder)));
    }

    /// A tree that names its modules has only those: the reference server comes with files for many more.
    private record Modules(Optional<ConfigNode> modules) {
        boolean load(String module) {
            return modules.isEmpty() || modules.stream().flatMap(node -> node.children("modules")).flatMap(node -> node.children("load"))
                    .anyMatch(load -> load.attribute("module", "").equalsIgnoreCase(module));
        }
    }

    private static ToDatabase toDatabase(Params params) {
        params.known(Set.of("legs", "spool-limit-mb", "keep-days"), Map.of());
        return new ToDatabase(params.legs("legs", Legs.AB),
                (long) params.number("spool-limit-mb", (int) (ToDatabase.DEFAULT.spoolBytes / MEBIBYTE), 1, 1_000_000) * MEBIBYTE,
                Duration.ofDays(params.number("keep-days", (int) ToDatabase.DEFAULT.keep.toDays(), 0, 36_500)));
    }

    private static ToCsv toCsv(Params params, Path logFolder) {
        params.known(Set.of("log-base", "log-dir", "default-template", "legs", "master-file-only", "rotate"), Map.of(
                "rotate-on-hup", "a file may be renamed at any time, the next record makes a new one; 'rotate' puts each day's aside",
                "debug", "the log tells of each channel's end"));
        Map<String, Template> templates = params.templates();
        String chosen = params.text("default-template", "example").toLowerCase(Locale.ROOT);
        if (!templates.containsKey(chosen)) {
            params.warn("default-template", "there is no template '" + chosen + "'; the built-in one is taken");
            templates.put(chosen, Template.of(Template.EXAMPLE));
        }
        Path base = params.has("log-dir") ? Path.of(params.text("log-dir", "")) : Path.of(params.text("log-base", logFolder.toString())).resolve("cdr-csv");
        return new ToCsv(base, params.legs("legs", Legs.A), templates, chosen, params.flag("master-file-only", false), params.flag("rotate", false));
    }

    private static ToJson toJson(Params params, Path logFolder) {
        String later = "records go to files and to the database only";
        params.known(Set.of("log-dir", "log-b-leg", "prefix-a-leg", "encode-values", "rotate"), Map.of(
                "url", later, "cred", later, "auth-scheme", later, "encode", later, "log-http-and-disk", later, "retries", later, "delay", later,
                "err-log-dir", "a record that a file does not take is counted and logged", "disable-100-continue", later));
        return new ToJson(Path.of(params.text("log-dir", logFolder.resolve("json_cdr").toString())),
                params.flag("log-b-leg", true) ? Legs.AB : Legs.A, params.flag("prefix-a-leg", false), params.flag("encode-values", true),
                params.flag("rotate", false));
    }

    private static Optional<Params> params(Optional<ConfigNode> configuration, Consumer<ConfigProblem> problems) {
        return configuration.map(node -> new Params(node, problems));
    }

    /// The params of one configuration; of one written twice the last counts.
    private static final class Params {
        private final ConfigNode node;
        private final Consumer<ConfigProblem> problems;
        private final Map<String, ConfigNode> params = new HashMap<>();

        Params(ConfigNode node, Consumer<ConfigProblem> problems) {
            this.node = node;
            this.problems = problems;
            node.children("settings").flatMap(settings -> settings.children("param"))
                    .forEach(param -> params.put(param.attribute("name", "").toLowerCase(Locale.ROOT), param));
        }

        boolean enabled() {
            return flag("enabled", true);
        }

        boolean has(String name) {
            return !text(name, "").isEmpty();
        }

        String text(String name, String otherwise) {
            return Optional.ofNullable(params.get(name)).map(param -> param.attribute("value", "").trim()).filter(value -> !value.isEmpty())
                    .orElse(otherwise);
        }

        boolean flag(String name, boolean otherwise) {
            return has(name) ? VertoTruth.isTrue(text(name, "")) : otherwise;
        }

        int number(String name, int otherwise, int least, int most) {
            String written = text(name, String.valueOf(otherwise));
            if (written.matches("[0-9]{1,9}") && Integer.parseInt(written) >= least && Integer.parseInt(written) <= most) {
                return Integer.parseInt(written);
            }
            problems.accept(ConfigProblem.error(origin(name), name + " is '" + written + "': write a number from " + least + " to " + most));
            return otherwise;
        }

        Legs legs(String name, Legs otherwise) {
            return switch (text(name, otherwise.name()).toLowerCase(Locale.ROOT)) {
                case "a" -> Legs.A;
                case "b" -> Legs.B;
                case "ab" -> Legs.AB;
                default -> {
                    problems.accept(ConfigProblem.error(origin(name), name + " is '" + text(name, "") + "': write a, b or ab"));
                    yield otherwise;
                }
            };
        }

        Map<String, Template> templates() {
            Map<String, Template> templates = new HashMap<>();
            node.children("templates").flatMap(list -> list.children("template")).forEach(template -> {
                String name = template.attribute("name", "").toLowerCase(Locale.ROOT);
                if (name.isEmpty() || template.text().isEmpty()) {
                    problems.accept(ConfigProblem.warning(template.origin(), "a <template> needs a name and a text"));
                } else {
                    templates.put(name, Template.of(template.text()));
                }
            });
            return templates;
        }

        void warn(String name, String message) {
            problems.accept(ConfigProblem.warning(origin(name), message));
        }

        /// Tells of every param that has no effect.
        ///
        /// @param unsupported those of the reference server, and what to know about each
        void known(Set<String> names, Map<String, String> unsupported) {
            List<ConfigNode> all = new ArrayList<>(params.values());
            all.stream().filter(param -> !names.contains(key(param)) && !key(param).equals("enabled")).forEach(param ->
                    problems.accept(unsupported.containsKey(key(param))
                            ? ConfigProblem.unsupported(param.origin(), key(param) + " is not supported: " + unsupported.get(key(param)))
                            : ConfigProblem.warning(param.origin(), "parameter '" + key(param) + "' is not known here and has no effect")));
        }

        private static String key(ConfigNode param) {
            return param.attribute("name", "").toLowerCase(Locale.ROOT);
        }

        private ConfigNode.Origin origin(String name) {
            return params.getOrDefault(name, node).origin();
        }
    }
}
