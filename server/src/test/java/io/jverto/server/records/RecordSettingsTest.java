package io.jverto.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.server.records.RecordSettings.Legs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordSettingsTest {
    private final Map<String, ConfigNode> tree = new HashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    @Test
    void withoutConfigurationRecordsGoToTheDatabaseAlone() {
        RecordSettings settings = read();

        assertThat(settings).isEqualTo(RecordSettings.DEFAULT);
        assertThat(settings.database().orElseThrow().legs()).isEqualTo(Legs.AB);
        assertThat(settings.database().orElseThrow().keep()).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void theDatabaseCanBeLeftOutOrBounded() {
        configuration("cdr_database.conf", "enabled", "false");
        assertThat(read().database()).isEmpty();

        configuration("cdr_database.conf", "legs", "a", "spool-limit-mb", "10", "keep-days", "0");
        RecordSettings.ToDatabase database = read().database().orElseThrow();
        assertThat(database.legs()).isEqualTo(Legs.A);
        assertThat(database.spoolBytes()).isEqualTo(10L << 20);
        assertThat(database.keep()).isZero();
        assertThat(problems).isEmpty();
    }

    @Test
    void filesAreAsTheReferenceServersConfigurationSaysThem() {
        configuration("cdr_csv.conf", "log-base", "/var/log", "legs", "ab", "master-file-only", "true", "default-template", "Example");
        configuration("json_cdr.conf", "log-dir", "/var/json", "log-b-leg", "false", "prefix-a-leg", "true", "encode-values", "false");
        RecordSettings settings = read();

        assertThat(settings.csv().orElseThrow().folder()).isEqualTo(Path.of("/var/log/cdr-csv"));
        assertThat(settings.csv().orElseThrow().legs()).isEqualTo(Legs.AB);
        assertThat(settings.csv().orElseThrow().master()).isTrue();
        assertThat(settings.json().orElseThrow()).isEqualTo(new RecordSettings.ToJson(Path.of("/var/json"), Legs.A, true, false, false));
    }

    @Test
    void aTreeThatNamesItsModulesHasOnlyThose() {
        configuration("cdr_csv.conf");
        configuration("json_cdr.conf");
        tree.put("modules.conf", node("configuration", List.of(node("modules", List.of(node("load", List.of(), 1, "module", "mod_cdr_csv")), 1)), 1));

        assertThat(read().csv()).isPresent();
        assertThat(read().json()).isEmpty();
    }

    @Test
    void whatIsNotSupportedOrWrongIsNamedWithItsLine() {
        configuration("cdr_csv.conf", "rotate-on-hup", "true", "legs", "c");
        configuration("json_cdr.conf", "url", "http://example.org/", "colour", "red");
        configuration("cdr_database.conf", "keep-days", "soon");
        read();

        assertThat(problems).extracting(problem -> problem.origin().line() + " " + problem.severity() + " " + problem.message().split("[ :]")[0])
                .containsExactlyInAnyOrder("10 UNSUPPORTED rotate-on-hup", "11 ERROR legs", "10 UNSUPPORTED url", "11 WARNING parameter",
                        "10 ERROR keep-days", "1 WARNING there");
    }

    /// Params in lines 10, 11, ...
    private void configuration(String name, String... params) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (int i = 0; i < params.length; i += 2) {
            nodes.add(node("param", List.of(), 10 + i / 2, "name", params[i], "value", params[i + 1]));
        }
        ConfigNode templates = node("templates", List.of(new ConfigNode(
                "template", Map.of("name", "example"), List.of(), "\"${uuid}\"", new Origin(name, 2))), 1);
        boolean named = params.length > 0 && List.of(params).contains("Example");
        tree.put(name, node("configuration", named ? List.of(node("settings", nodes, 1), templates) : List.of(node("settings", nodes, 1)), 1));
    }

    private static ConfigNode node(String name, List<ConfigNode> children, int line, String... attributes) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new ConfigNode(name, map, children, "", new Origin("test.xml", line));
    }

    private RecordSettings read() {
        problems.clear();
        return RecordSettings.read(name -> Optional.ofNullable(tree.get(name)), Path.of("/data/log"), problems::add);
    }
}
