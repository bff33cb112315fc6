package io.jverto.server.eventsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventSocketConfigTest {
    private static final NetworkLists LISTS = new NetworkLists(List.of(new NetworkList("loopback.auto", false,
            List.of(new NetworkList.Entry(Network.parse("127.0.0.0/8").orElseThrow(), true)))));
    private final List<ConfigProblem> problems = new ArrayList<>();

    @Test
    void withoutTheConfigurationNothingListens() {
        assertThat(EventSocketConfig.read(Optional.empty(), LISTS, problems::add)).isEmpty();
    }

    @Test
    void whatIsNotSaidIsThisMachineAlone() {
        EventSocketConfig config = read();

        assertThat(config.address().toString()).isEqualTo("/127.0.0.1:8021");
        assertThat(config.password()).isEmpty();
        assertThat(admits(config, "127.0.0.1")).isTrue();
        assertThat(admits(config, "192.0.2.1")).isFalse();
        assertThat(problems).isEmpty();
    }

    @Test
    void s37ThePasswordThatEverybodyKnowsKeepsItOnThisMachine() {
        EventSocketConfig config = read("listen-ip", "::", "password", "ClueCon", "apply-inbound-acl", "192.0.2.0/24");

        assertThat(config.address().toString()).isEqualTo("/127.0.0.1:8021");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.toString()).contains("test:1", "ClueCon", "127.0.0.1 alone");
        });
    }

    @Test
    void anAddressForOthersLetsNobodyInUnlessAListDoes() {
        EventSocketConfig open = read("listen-ip", "::", "password", "p");
        assertThat(admits(open, "192.0.2.1")).isFalse();
        assertThat(problems).singleElement().asString().contains("apply-inbound-acl");
        problems.clear();

        EventSocketConfig listed = read("listen-ip", "0.0.0.0", "apply-inbound-acl", "192.0.2.0/24", "listen-port", "0", "stop-on-bind-error", "true", "nat-map", "false");
        assertThat(admits(listed, "192.0.2.1")).isTrue();
        assertThat(admits(listed, "127.0.0.1")).isFalse();
        assertThat(listed.stopOnBindError()).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void whatCannotBeUnderstoodIsNamedWithFileAndLine() {
        read("listen-ip", "pbx.example.org");
        read("listen-port", "70000");
        read("apply-inbound-acl", "nobody");
        read("color", "red");
        read("nat-map", "true");

        assertThat(problems).extracting(ConfigProblem::severity)
                .containsExactly(Severity.ERROR, Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.UNSUPPORTED);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.toString()).contains("test:1"));
    }

    private static boolean admits(EventSocketConfig config, String address) {
        return config.admits(InetAddress.ofLiteral(address));
    }

    private EventSocketConfig read(String... params) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (int i = 0; i < params.length; i += 2) {
            nodes.add(node("param", Map.of("name", params[i], "value", params[i + 1]), List.of()));
        }
        return EventSocketConfig.read(Optional.of(node("configuration", Map.of(), List.of(node("settings", Map.of(), nodes)))), LISTS, problems::add)
                .orElseThrow();
    }

    private static ConfigNode node(String name, Map<String, String> attributes, List<ConfigNode> children) {
        return new ConfigNode(name, attributes, children, "", new ConfigNode.Origin("test", 1));
    }
}
