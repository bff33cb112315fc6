package io.jverto.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.server.program.DialplanShell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchConfigTest {
    private final List<ConfigProblem> problems = new ArrayList<>();

    @Test
    void hasDefaultsForWhatIsNotWritten() {
        assertThat(SwitchConfig.read(Optional.empty(), problems::add)).isEqualTo(SwitchConfig.DEFAULT);
        assertThat(read("max-sessions=5")).isEqualTo(new SwitchConfig(16_384, 32_768, 5, Duration.ZERO, true, DialplanShell.Settings.OFF, false, ""));
        assertThat(problems).isEmpty();
    }

    @Test
    void aShellIsThereOnlyForWhoAsksForIt() {
        assertThat(read("max-sessions=5").shell().allowed()).isFalse();
        assertThat(read("dialplan-shell=no", "dialplan-shell-timeout-sec=5").shell()).isEqualTo(new DialplanShell.Settings(false, Duration.ofSeconds(5), 16));
        assertThat(read("dialplan-shell=true", "dialplan-shell-max-at-once=3").shell()).isEqualTo(new DialplanShell.Settings(true, Duration.ofSeconds(60), 3));
        assertThat(problems).isEmpty();

        read("dialplan-shell-timeout-sec=0");

        assertThat(problems).hasSize(1);
    }

    @Test
    void yesAndNoAreReadInAllTheirForms() {
        assertThat(read("max-sessions=5").keepCalls()).isTrue();
        assertThat(List.of("true", "yes", "on", "1", "Enabled")).allMatch(word -> read("keep-calls-over-restart=" + word).keepCalls());
        assertThat(List.of("false", "no", "off", "0", "")).noneMatch(word -> read("keep-calls-over-restart=" + word).keepCalls());
        assertThat(problems).isEmpty();
    }

    @Test
    void takesTheLastOfSeveral() {
        assertThat(read("rtp-start-port=20000", "RTP-start-port=30000").rtpStartPort()).isEqualTo(30_000);
    }

    @Test
    void namesANumberThatIsNone() {
        read("rtp-start-port=many");
        read("max-sessions=0");
        read("rtp-start-port=70000");
        read("rtp-start-port=30000", "rtp-end-port=20000");

        assertThat(problems).hasSize(4).allSatisfy(problem -> assertThat(problem.origin()).hasToString("switch.conf.xml:3"));
    }

    @Test
    void takesAPostgresqlDatabaseAndNamesAnyOtherWithoutShowingIt() {
        assertThat(read("core-db-dsn= jdbc:postgresql://db/jverto?user=u&password=p").database()).isEqualTo("jdbc:postgresql://db/jverto?user=u&password=p");
        assertThat(read("core-db-dsn=").database()).isEmpty();
        assertThat(problems).isEmpty();

        assertThat(read("core-db-dsn=pgsql://hostaddr=127.0.0.1 password=secret").database()).isEmpty();

        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("switch.conf.xml:3", "core-db-dsn must be like jdbc:postgresql:")
                .doesNotContain("secret"));
    }

    @Test
    void doesNotShowThePasswordOfTheDatabase() {
        assertThat(read("core-db-dsn=jdbc:postgresql://db/jverto?user=u&password=secret").toString()).doesNotContain("secret");
    }

    private SwitchConfig read(String... params) {
        Origin origin = new Origin("switch.conf.xml", 3);
        List<ConfigNode> nodes = Arrays.stream(params)
                .map(param -> param.split("=", 2))
                .map(param -> new ConfigNode("param", Map.of("name", param[0], "value", param[1]), List.of(), "", origin))
                .toList();
        ConfigNode settings = new ConfigNode("settings", Map.of(), nodes, "", origin);
        ConfigNode configuration = new ConfigNode("configuration", Map.of(), List.of(settings), "", origin);
        return SwitchConfig.read(Optional.of(configuration), problems::add);
    }
}
