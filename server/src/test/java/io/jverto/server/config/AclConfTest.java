package io.jverto.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkLists;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AclConfTest {
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final UserNetworks users = new UserNetworks();
    private int line;

    @Test
    void readsNetworksHostsWithMasksAndTheUsersOfADomain() {
        NetworkLists lists = read(
                list("lan", "deny",
                        node("node", List.of(), "type", "allow", "cidr", "192.0.2.0/24"),
                        node("node", List.of(), "type", "deny", "cidr", "192.0.2.66"),
                        node("node", List.of(), "type", "allow", "host", "198.51.100.0", "mask", "255.255.255.128")),
                list("friends", "deny", node("node", List.of(), "type", "allow", "domain", "PBX.test")),
                list("others", "allow", node("node", List.of(), "type", "deny", "cidr", "2001:db8::/32")));

        assertThat(problems).isEmpty();
        assertThat(lists.find("lan").orElseThrow())
                .accepts(ip("192.0.2.1"), ip("198.51.100.127"))
                .rejects(ip("192.0.2.66"), ip("198.51.100.128"), ip("::1"));
        assertThat(lists.find("friends").orElseThrow()).accepts(ip("203.0.113.1"), ip("2001:db8::7")).rejects(ip("203.0.113.2"));
        assertThat(lists.find("others").orElseThrow()).accepts(ip("203.0.113.1")).rejects(ip("2001:db8::7"));
    }

    @Test
    void whatUsersBesideTheConfigurationNameCountsWithTheirDomainsAtOnce() {
        assertThat(users.areWanted()).isFalse();
        NetworkLists lists = read(
                list("friends", "deny", node("node", List.of(), "type", "allow", "domain", "PBX.test")),
                list("others", "allow", node("node", List.of(), "type", "deny", "domain", "nowhere")));
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(ConfigProblem.Severity.WARNING);
            assertThat(problem.toString()).contains("no domain 'nowhere'", "database");
        });
        assertThat(users.areWanted()).isTrue();
        assertThat(lists.find("friends").orElseThrow()).accepts(ip("203.0.113.1")).rejects(ip("192.0.2.9"));

        users.set(Map.of("pbx.test", Network.all("192.0.2.0/24").orElseThrow(), "nowhere", Network.all("10.0.0.1, 10.0.0.2").orElseThrow()));
        assertThat(lists.find("friends").orElseThrow()).accepts(ip("203.0.113.1"), ip("192.0.2.9")).rejects(ip("10.0.0.1"));
        assertThat(lists.find("others").orElseThrow()).accepts(ip("192.0.2.9")).rejects(ip("10.0.0.1"), ip("10.0.0.2"));
        users.set(Map.of());
        assertThat(lists.find("friends").orElseThrow()).rejects(ip("192.0.2.9"));
    }

    @Test
    void whatItDoesNotUnderstandIsAnErrorWithItsLine() {
        read(
                list("a", "maybe"),
                list("b", "deny", node("node", List.of(), "type", "allow", "cidr", "192.0.2.0/33")),
                list("c", "deny", node("node", List.of(), "cidr", "192.0.2.0/24")),
                list("d", "deny", node("node", List.of(), "type", "allow", "host", "192.0.2.0")),
                list("f", "allow", node("node", List.of(), "type", "deny", "cidr", "192.0.2.0/24", "ports", "80")),
                list("F", "allow"),
                list("", "allow"));

        assertThat(problems).extracting(ConfigProblem::severity).containsOnly(ConfigProblem.Severity.ERROR);
        assertThat(problems).extracting(ConfigProblem::toString).satisfiesExactly(
                text -> assertThat(text).contains("default of a <list> must be allow or deny, not 'maybe'"),
                text -> assertThat(text).startsWith("acl.conf.xml:").contains("needs a network"),
                text -> assertThat(text).contains("type of a <node> must be allow or deny"),
                text -> assertThat(text).contains("needs a network"),
                text -> assertThat(text).contains("no attribute 'ports'"),
                text -> assertThat(text).contains("F is defined twice"),
                text -> assertThat(text).contains("needs a name"));
    }

    @Test
    void theListsOfEverySwitchAreThereWithoutAFile() {
        NetworkLists lists = AclConf.read(Optional.empty(), node("section", List.of()), users, problems::add);

        assertThat(lists.find("Wan.Auto").orElseThrow())
                .accepts(ip("203.0.113.1"), ip("2001:db8::7"))
                .rejects(ip("10.1.2.3"), ip("127.0.0.1"), ip("169.254.1.1"), ip("100.64.0.1"), ip("fe80::1"), ip("fd00::1"), ip("::1"));
        assertThat(lists.find("wan_v4.auto").orElseThrow()).accepts(ip("203.0.113.1")).rejects(ip("2001:db8::7"), ip("10.1.2.3"));
        assertThat(lists.find("wan_v6.auto").orElseThrow()).accepts(ip("2001:db8::7")).rejects(ip("203.0.113.1"), ip("fd00::1"));
        assertThat(lists.find("rfc1918.auto").orElseThrow()).accepts(ip("172.31.0.1"), ip("fd00::1")).rejects(ip("172.32.0.1"));
        assertThat(lists.find("rfc6598.auto").orElseThrow()).accepts(ip("100.127.0.1")).rejects(ip("10.0.0.1"));
        assertThat(lists.find("loopback.auto").orElseThrow()).accepts(ip("127.9.9.9"), ip("::1")).rejects(ip("10.0.0.1"));
        assertThat(lists.find("localnet.auto").orElseThrow()).accepts(ip("127.0.0.1"), ip("::1"), ip("fe80::2"));
        assertThat(lists.find("nat.auto").orElseThrow()).rejects(ip("127.0.0.1"), ip("203.0.113.1"));
        assertThat(lists.find("any_v4.auto").orElseThrow()).accepts(ip("203.0.113.1")).rejects(ip("2001:db8::7"));
        assertThat(lists.find("any_v6.auto").orElseThrow()).accepts(ip("2001:db8::7")).rejects(ip("203.0.113.1"));
        assertThat(lists.find("any.auto").orElseThrow()).accepts(ip("203.0.113.1"), ip("2001:db8::7"));
        assertThat(lists.find("none").orElseThrow()).rejects(ip("203.0.113.1"), ip("127.0.0.1"));
        assertThat(problems).isEmpty();
    }

    private NetworkLists read(ConfigNode... lists) {
        ConfigNode user = node("user", List.of(), "id", "1000", "cidr", "203.0.113.1/32, 2001:db8::/64");
        ConfigNode domain = node("domain", List.of(node("users", List.of(user, node("user", List.of(), "id", "1001")))), "name", "pbx.test");
        ConfigNode configuration = node("configuration", List.of(node("network-lists", List.of(lists))), "name", "acl.conf");
        return AclConf.read(Optional.of(configuration), node("section", List.of(domain), "name", "directory"), users, problems::add);
    }

    private ConfigNode list(String name, String otherwise, ConfigNode... nodes) {
        return node("list", List.of(nodes), "name", name, "default", otherwise);
    }

    private ConfigNode node(String name, List<ConfigNode> children, String... attributes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new ConfigNode(name, map, children, "", new Origin("acl.conf.xml", ++line));
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }
}
