package io.jverto.verto.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VertoConfigTest {
    private final List<ConfigProblem> problems = new ArrayList<>();
    private int line;

    @Test
    void readsAProfileWithTheReferenceServersDefaults() {
        VertoConfig config = read(profile("default-v4", param("bind-local", "127.0.0.1:8081")));

        VertoProfile profile = config.profiles().getFirst();
        assertThat(problems).isEmpty();
        assertThat(config.detachTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(config.presence()).isTrue();
        assertThat(profile.binds()).extracting(VertoProfile.Bind::address).containsExactly(new InetSocketAddress("127.0.0.1", 8081));
        assertThat(profile.auth().needed()).isFalse();
        assertThat(profile.auth().chopDomain()).isTrue();
        assertThat(profile.calls()).isEqualTo(new VertoProfile.Calls("default", "XML", "opus,vp8", "opus,vp8"));
    }

    @Test
    void readsEverythingThatIsWritten() {
        VertoConfig config = read(
                node("settings", List.of(param("detach-timeout-sec", "60"), param("enable-presence", "false"))),
                profile(
                        "v6",
                        node("param", List.of(), "name", "Bind-Local", "value", "[::1]:8082", "secure", "yes"),
                        param("secure-combined", "/certs/wss.pem"),
                        param("userauth", "true"),
                        param("force-register-domain", "pbx.test"),
                        param("context", "public"),
                        param("outbound-codec-string", "opus,pcmu"),
                        param("rtp-ip", "192.0.2.1"),
                        param("rtp-ip", "192.0.2.2")));

        VertoProfile profile = config.profiles().getFirst();
        assertThat(problems).isEmpty();
        assertThat(config.detachTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.presence()).isFalse();
        assertThat(profile.binds().getFirst().secure()).isTrue();
        assertThat(profile.tls())
                .isEqualTo(new VertoProfile.TlsFiles("/certs/wss.pem", "/certs/wss.pem", "/certs/wss.pem"));
        assertThat(profile.auth().needed()).isTrue();
        assertThat(profile.calls()).isEqualTo(new VertoProfile.Calls("public", "XML", "opus,pcmu", "opus,pcmu"));
        assertThat(profile.media().rtpIps()).containsExactly("192.0.2.1", "192.0.2.2");
    }

    @Test
    void paramsMayStandInAnElementOfTheirOwn() {
        VertoConfig config = read(profile("p", node("settings", List.of(param("bind-local", "0.0.0.0:1")))));

        assertThat(config.profiles()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8081", "localhost:8081", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536", "::1:80", "[127.0.0.1]:80", "1.2.3:80"})
    void anAddressThatCannotBeUsedIsAnErrorWithItsLine(String value) {
        VertoConfig config = read(profile("p", param("bind-local", value)));

        assertThat(config.profiles()).isEmpty();
        assertThat(problems.getFirst().toString()).startsWith("verto.conf.xml:1: error: bind-local must be like");
    }

    @Test
    void tellsWhatItDoesNotKnowOrDo() {
        read(
                node("settings", List.of(param("detach-timeout-sec", "soon"), param("enable-fs-events", "true"), param("typo", "1"))),
                profile("p", param("bind-local", "127.0.0.1:1"), param("usreauth", "true"), param("mcast-ip", "224.1.1.1")),
                profile("p", param("bind-local", "127.0.0.1:2")),
                profile("", param("bind-local", "127.0.0.1:3")));

        assertThat(problems).extracting(ConfigProblem::message).satisfiesExactly(
                message -> assertThat(message).contains("detach-timeout-sec must be a whole number"),
                message -> assertThat(message).contains("enable-fs-events has no effect yet"),
                message -> assertThat(message).contains("'typo' is not known"),
                message -> assertThat(message).contains("'usreauth' is not known"),
                message -> assertThat(message).contains("mcast-ip has no effect yet"),
                message -> assertThat(message).contains("profile p is defined twice"),
                message -> assertThat(message).contains("needs a name"));
    }

    @Test
    void aWishToKeepSomebodyOutIsNotPassedOver() {
        read(profile("p", param("bind-local", "127.0.0.1:1"), param("apply-connection-acl", "lan")));

        assertThat(problems).singleElement().extracting(ConfigProblem::severity).isEqualTo(ConfigProblem.Severity.ERROR);
    }

    @Test
    void passwordsDoNotShow() {
        VertoConfig config = read(profile("p", param("bind-local", "127.0.0.1:1"), param("root-password", "s3cret")));

        assertThat(config.toString()).doesNotContain("s3cret");
        assertThat(config.profiles().getFirst().auth().needed()).isTrue();
    }

    private VertoConfig read(ConfigNode... children) {
        List<ConfigNode> settings = Arrays.stream(children).filter(child -> child.name().equals("settings")).toList();
        List<ConfigNode> profiles = Arrays.stream(children).filter(child -> child.name().equals("profile")).toList();
        List<ConfigNode> all = new ArrayList<>(settings);
        all.add(node("profiles", profiles));
        return VertoConfig.read(node("configuration", all, "name", "verto.conf"), problems::add);
    }

    private ConfigNode profile(String name, ConfigNode... children) {
        return node("profile", Arrays.asList(children), "name", name);
    }

    private ConfigNode param(String name, String value) {
        return node("param", List.of(), "name", name, "value", value);
    }

    private ConfigNode node(String name, List<ConfigNode> children, String... attributes) {
        Map<String, String> map = new java.util.LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new ConfigNode(name, map, children, "", new Origin("verto.conf.xml", ++line));
    }
}
