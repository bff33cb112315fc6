package io.jverto.verto.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import io.jverto.switchboard.port.MediaRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertoConfigTest {
    private static final NetworkLists NETWORKS = new NetworkLists(List.of(
            new NetworkList("near", false, List.of(new NetworkList.Entry(Network.parse("10.0.0.1").orElseThrow(), true))),
            new NetworkList("all", true, List.of())));

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
    void stunServersAreLists() {
        VertoConfig config = read(
                node("settings", List.of(
                        param("stun-servers", "stun:one.example.com stun:two.example.com:3478"), param("stun-servers", "https://x"))),
                profile("v4", param("bind-local", "127.0.0.1:8081")));

        assertThat(config.iceServers().stun()).containsExactly("stun:one.example.com", "stun:two.example.com:3478");
        assertThat(problems).anySatisfy(problem -> assertThat(problem.toString()).contains("stun-servers must be like", "'https://x'"));
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
                node("settings", List.of(param("detach-timeout-sec", "soon"), param("typo", "1"))),
                profile("p", param("bind-local", "127.0.0.1:1"), param("usreauth", "true"), param("mcast-ip", "224.1.1.1")),
                profile("p", param("bind-local", "127.0.0.1:2")),
                profile("", param("bind-local", "127.0.0.1:3")));

        assertThat(problems).extracting(ConfigProblem::message).satisfiesExactlyInAnyOrder(
                message -> assertThat(message).contains("detach-timeout-sec must be a whole number"),
                message -> assertThat(message).contains("'typo' is not known"),
                message -> assertThat(message).contains("'usreauth' is not known"),
                message -> assertThat(message).contains("mcast-ip needs a mcast-port"),
                message -> assertThat(message).contains("profile p is defined twice"),
                message -> assertThat(message).contains("needs a name"));
    }

    @Test
    void paramsMayStandInTheConfigurationItself() {
        VertoConfig config = VertoConfig.read(
                node("configuration", List.of(
                        param("debug", "10"),
                        param("enable-presence", "false"),
                        param("detach-timeout-sec", "0"),
                        param("bind-local", "127.0.0.1:1"),
                        param("context", "public"),
                        node("profile", List.of(param("bind-local", "127.0.0.1:2")), "name", "second")), "name", "verto.conf"),
                problems::add);

        assertThat(problems).isEmpty();
        assertThat(config.debug()).isEqualTo(10);
        assertThat(config.presence()).isFalse();
        assertThat(config.detachTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(config.profiles()).extracting(VertoProfile::name).containsExactly("second", "default");
        assertThat(config.profiles().getLast().calls().context()).isEqualTo("public");
    }

    @Test
    void aStrayParamInTheConfigurationMakesNoProfile() {
        VertoConfig config = VertoConfig.read(
                node("configuration", List.of(
                        param("colour", "blue"),
                        node("profiles", List.of(profile("p", param("bind-local", "127.0.0.1:1"))))), "name", "verto.conf"),
                problems::add);

        assertThat(config.profiles()).extracting(VertoProfile::name).containsExactly("p");
        assertThat(problems).singleElement().asString().contains("warning: parameter 'colour' is not known");
    }

    @Test
    void everyParameterOfTheReferenceServerIsKnown() {
        VertoConfig config = read(
                node("settings", List.of(
                        param("debug", "0"), param("kslog", "true"), param("send-auth-password", "true"), param("enable-fs-events", "true"))),
                profile("a", param("bind-local", "127.0.0.1:1"), param("timer-name", "soft"), param("auto-jitterbuffer-msec", "1p:20p"),
                        param("apply-candidate-acl", "192.0.2.0/24"), param("enable-text", "true"), param("debug", "3"), param("mcast-ip", "")),
                profile("b", param("bind-local", "127.0.0.1:2"), param("send-auth-password", "false"), param("enable-text", "false")));

        VertoProfile a = config.profiles().getFirst();
        VertoProfile b = config.profiles().getLast();
        assertThat(problems).isEmpty();
        assertThat(config.coreEvents()).isTrue();
        assertThat(a.extras()).isEqualTo(new VertoProfile.Extras(true, 3, false, false, true, new VertoProfile.Multicast.None(), List.of()));
        assertThat(b.extras()).isEqualTo(VertoProfile.Extras.NONE);
        assertThat(a.auth().sendPassword()).isTrue();
        assertThat(b.auth().sendPassword()).isFalse();
    }

    @Test
    void everyListMustLetAnAddressIn() {
        VertoConfig config = read(
                profile("p", param("bind-local", "127.0.0.1:1"), param("apply-connection-acl", "192.0.2.0/24"), param("apply-connection-acl", "192.0.2.0/25")),
                profile("open", param("bind-local", "127.0.0.1:2")));

        VertoProfile.Access access = config.profiles().getFirst().access();
        assertThat(problems).isEmpty();
        assertThat(access.allows(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
        assertThat(access.allows(InetAddress.ofLiteral("192.0.2.200"))).isFalse();
        assertThat(access.allows(InetAddress.ofLiteral("2001:db8::1"))).isFalse();
        assertThat(config.profiles().getLast().access()).isEqualTo(VertoProfile.Access.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lan", "", "192.0.2.0/33"})
    void aListThatDoesNotExistIsAnErrorWithItsLine(String list) {
        read(profile("p", param("bind-local", "127.0.0.1:1"), param("apply-connection-acl", list)));

        assertThat(problems).singleElement().asString()
                .startsWith("verto.conf.xml:2: error: there is no network list '" + list + "'");
    }

    @Test
    void moreListsThanTheReferenceServerTakesAreAnError() {
        read(profile("p", Stream.concat(
                        Stream.of(param("bind-local", "127.0.0.1:1")),
                        Stream.generate(() -> param("apply-connection-acl", "::/0")).limit(26))
                .toArray(ConfigNode[]::new)));

        assertThat(problems).singleElement().asString().contains("more than 25 apply-connection-acl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app.example.com", "https://app.example.com/path", "https://", "*", "https://a.example,b"})
    void anOriginThatIsNoneIsAnError(String origins) {
        read(profile("p", param("bind-local", "127.0.0.1:1"), param("allowed-origins", origins)));

        assertThat(problems).singleElement().asString().startsWith("verto.conf.xml:2: error: allowed-origins must be like");
    }

    @Test
    void readsTheFirstVhost(@TempDir Path folder) {
        VertoConfig config = read(profile("p", param("bind-local", "127.0.0.1:1"), node("vhosts", List.of(
                node("vhost", List.of(
                        param("alias", "www"), param("root", folder.toString()), param("index", "start.html"), param("auth-realm", "house"),
                        param("auth-user", "web"), param("auth-pass", "s3cret"),
                        node("rewrites", List.of(node("rule", List.of(), "expression", "^/a", "value", "/b")))), "domain", "pbx.test"),
                node("vhost", List.of(param("root", folder.toString())), "domain", "second")))));

        Vhost vhost = config.profiles().getFirst().extras().vhosts().getFirst();
        assertThat(config.profiles().getFirst().extras().vhosts()).hasSize(1);
        assertThat(vhost.root()).isEqualTo(folder);
        assertThat(vhost.index()).isEqualTo("start.html");
        assertThat(vhost.realm()).isEqualTo(new Vhost.Realm("house", "web", "s3cret"));
        assertThat(vhost.rewrites()).singleElement().extracting(Vhost.Rewrite::value).isEqualTo("/b");
        assertThat(config.toString()).doesNotContain("s3cret");
        assertThat(problems).singleElement().asString().contains("warning: only the first <vhost>");
    }

    @Test
    void aVhostThatCannotBeServedIsAnErrorWithItsLine(@TempDir Path folder) {
        read(profile("p", param("bind-local", "127.0.0.1:1"), node("vhosts", List.of(node("vhost", List.of(
                param("root", folder + "/nowhere"), param("script-root", "/scripts"), param("index", "../x"), param("auth-user", "web"),
                param("wood", "1"),
                node("rewrites", List.of(
                        node("rule", List.of(), "expression", "(", "value", "/b"),
                        node("rule", List.of(), "expression", "a", "value", "b")))))))));

        assertThat(problems).extracting(problem -> problem.toString().replaceFirst("verto.conf.xml:[0-9]+: ", "")).satisfiesExactly(
                text -> assertThat(text).startsWith("warning: parameter 'wood' is not known"),
                text -> assertThat(text).startsWith("unsupported: scripts are not run"),
                text -> assertThat(text).startsWith("error: a <vhost> needs a domain"),
                text -> assertThat(text).startsWith("error: a <vhost> needs a root that is a folder"),
                text -> assertThat(text).startsWith("error: auth-realm, auth-user and auth-pass belong together"),
                text -> assertThat(text).startsWith("error: '(' is no regular expression"),
                text -> assertThat(text).startsWith("error: the value of a <rule> must be a path"));
    }

    @Test
    void readsTheGroupOfAProfile() {
        VertoConfig config = read(profile("p", param("bind-local", "127.0.0.1:1"), param("mcast-ip", "224.1.1.1"), param("mcast-port", "1337")));

        assertThat(problems).isEmpty();
        assertThat(config.profiles().getFirst().extras().multicast()).isEqualTo(
                new VertoProfile.Multicast.Group(InetAddress.ofLiteral("224.1.1.1"), 1337, new Origin("verto.conf.xml", 2)));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 1337", "ff02::1, 1337", "events, 1337", "224.1.1.1, 65535", "224.1.1.1, 0", "224.1.1.1, x"})
    void aGroupThatCannotBeJoinedIsAnError(String ip, String port) {
        read(profile("p", param("bind-local", "127.0.0.1:1"), param("mcast-ip", ip), param("mcast-port", port)));

        assertThat(problems).singleElement().asString().startsWith("verto.conf.xml:").contains("error: mcast-");
    }

    @Test
    void readsWhichCandidatesMayBeUsedInTheirOrder() throws UnknownHostException {
        InetAddress near = InetAddress.getByName("10.0.0.1");
        VertoProfile profile = read(profile(
                        "p",
                        param("bind-local", "127.0.0.1:1"),
                        param("apply-candidate-acl", "near"),
                        param("Apply-Candidate-ACL", "all")))
                .profiles()
                .getFirst();

        List<Predicate<InetAddress>> lists = profile.media().rules().candidates().lists();
        assertThat(problems).isEmpty();
        assertThat(lists).hasSize(2);
        assertThat(lists.getFirst().test(near)).isTrue();
        assertThat(lists.getFirst().test(InetAddress.getByName("10.0.0.2"))).isFalse();
        assertThat(lists.getLast().test(InetAddress.getByName("10.0.0.2"))).isTrue();
    }

    @Test
    void withoutAnAclEveryCandidateMayBeUsed() {
        VertoProfile profile = read(profile("p", param("bind-local", "127.0.0.1:1"))).profiles().getFirst();

        assertThat(profile.media().rules()).isEqualTo(MediaRules.DEFAULT);
    }

    @Test
    void aCandidateAclThatNobodyKnowsIsAnError() {
        read(profile("p", param("bind-local", "127.0.0.1:1"), param("apply-candidate-acl", "lan")));

        assertThat(problems).singleElement().asString()
                .isEqualTo("verto.conf.xml:2: error: apply-candidate-acl: there is no network list 'lan'");
    }

    @ParameterizedTest
    @CsvSource({"1p:20p,20,400", "60:200,60,200", "60:10p:20,60,200", "3p,60,500", "500,500,500"})
    void readsTheBoundsOfTheJitterBuffer(String value, int min, int max) {
        assertThat(jitter(value)).isEqualTo(MediaRules.DEFAULT.withJitter(min, max));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10:100,20,100", "100:2000,100,500", "0,20,20", "40p:99999p,500,500"})
    void boundsBeyondWhatTheBufferCanDoAreCutWithAWarning(String value, int min, int max) {
        assertThat(jitter(value)).isEqualTo(MediaRules.DEFAULT.withJitter(min, max));
        assertThat(problems).singleElement().asString()
                .startsWith("verto.conf.xml:2: warning: auto-jitterbuffer-msec '" + value + "' becomes " + min + ":" + max);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "60:", ":60", "200:60", "-20:60", "60 : 200", "1x:2x", "100000", "20:40:60:80"})
    void boundsThatAreNoneAreAnError(String value) {
        assertThat(jitter(value)).isEqualTo(MediaRules.DEFAULT);
        assertThat(problems).singleElement().asString()
                .startsWith("verto.conf.xml:2: error: auto-jitterbuffer-msec must be like 20:400");
    }

    private MediaRules jitter(String value) {
        VertoConfig config = read(profile("p", param("bind-local", "127.0.0.1:1"), param("auto-jitterbuffer-msec", value)));
        return config.profiles().getFirst().media().rules();
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
        return VertoConfig.read(node("configuration", all, "name", "verto.conf"), NETWORKS, problems::add);
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
