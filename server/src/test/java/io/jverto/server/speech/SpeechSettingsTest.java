package io.jverto.server.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeechSettingsTest {
    private final List<ConfigProblem> problems = new ArrayList<>();

    private static ConfigNode node(String name, Map<String, String> attributes, ConfigNode... children) {
        return new ConfigNode(name, attributes, List.of(children), "", new ConfigNode.Origin("speech.conf.xml", 7));
    }

    private static ConfigNode arg(String value) {
        return node("arg", Map.of("value", value));
    }

    private SpeechSettings read(ConfigNode... engines) {
        return SpeechSettings.read(Optional.of(node("configuration", Map.of(),
                node("settings", Map.of(), node("param", Map.of("name", "max-at-once", "value", "2")), node("param", Map.of("name", "cache-megabytes", "value", "0"))),
                node("engines", Map.of(), engines))), problems::add);
    }

    @Test
    void enginesAreReadInTheirOrder() {
        SpeechSettings settings = read(
                node("engine", Map.of("name", "b", "voice", "en-us"), arg("/bin/cat"), arg("-w"), arg("{file}")),
                node("engine", Map.of("name", "a", "timeout-sec", "5"), arg("/bin/cat"), arg("x{file}")));

        assertThat(problems).isEmpty();
        assertThat(settings.atOnce()).isEqualTo(2);
        assertThat(settings.cacheMegabytes()).isZero();
        assertThat(settings.engines().values()).containsExactly(
                new SpeechSettings.Engine("b", List.of("/bin/cat", "-w", "{file}"), "en-us", Duration.ofSeconds(20)),
                new SpeechSettings.Engine("a", List.of("/bin/cat", "x{file}"), "", Duration.ofSeconds(5)));
    }

    @Test
    void recognisersAreRead() {
        SpeechSettings settings = SpeechSettings.read(Optional.of(node("configuration", Map.of(), node("recognisers", Map.of(),
                node("recogniser", Map.of("name", "a"), arg("/bin/cat"), arg("x")), node("recogniser", Map.of("name", "b", "rate", "8000"), arg("/bin/cat")),
                node("recogniser", Map.of("name", "a"), arg("/bin/cat")), node("recogniser", Map.of("name", "a b"), arg("/bin/cat")), node("recogniser", Map.of("name", "c"), arg("cat")),
                node("recogniser", Map.of("name", "d", "rate", "44100"), arg("/bin/cat")), node("recogniser", Map.of("name", "e"), arg("/no/such/program"))))), problems::add);

        assertThat(settings.recognisers().values()).startsWith(new Recogniser("a", List.of("/bin/cat", "x"), 16_000), new Recogniser("b", List.of("/bin/cat"), 8_000));
        assertThat(settings.listenAtOnce()).isEqualTo(16);
        assertThat(problems).hasSize(5).allSatisfy(problem -> assertThat(problem.toString()).startsWith("speech.conf.xml:7: "));
    }

    @Test
    void withoutTheFileThereIsNone() {
        assertThat(SpeechSettings.read(Optional.empty(), problems::add)).isEqualTo(SpeechSettings.NONE);
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidWithFileAndLine() {
        read(node("engine", Map.of(), arg("/bin/cat"), arg("{file}")),
                node("engine", Map.of("name", "a", "voice", "-x"), arg("/bin/cat"), arg("{file}")),
                node("engine", Map.of("name", "a", "timeout-sec", "soon"), arg("/bin/cat"), arg("{file}")),
                node("engine", Map.of("name", "a", "timeout-sec", "121"), arg("/bin/cat"), arg("{file}")),
                node("engine", Map.of("name", "a"), arg("cat"), arg("{file}")),
                node("engine", Map.of("name", "a")),
                node("engine", Map.of("name", "a"), arg("/bin/cat")),
                node("engine", Map.of("name", "twice"), arg("/bin/cat"), arg("{file}")),
                node("engine", Map.of("name", "twice"), arg("/bin/cat"), arg("{file}")));
        assertThat(problems).hasSize(8).allSatisfy(problem -> {
            assertThat(problem.severity()).isEqualTo(ConfigProblem.Severity.ERROR);
            assertThat(problem.toString()).startsWith("speech.conf.xml:7: ");
        });

        problems.clear();
        read(node("engine", Map.of("name", "a"), arg("/no/such/program"), arg("{file}")));
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.severity()).isEqualTo(ConfigProblem.Severity.WARNING));
    }

    @Test
    void numbersHaveBounds() {
        SpeechSettings.read(Optional.of(node("configuration", Map.of(), node("settings", Map.of(), node("param", Map.of("name", "max-at-once", "value", "0")),
                node("param", Map.of("name", "cache-megabytes", "value", "much"))))), problems::add);

        assertThat(problems).hasSize(2);
    }
}
