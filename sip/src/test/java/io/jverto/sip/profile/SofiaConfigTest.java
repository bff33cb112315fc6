package io.jverto.sip.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.net.NetworkLists;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.gateway.GatewayReader;
import io.jverto.sip.gateway.SofiaXml;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SofiaConfigTest {
    @Test
    void aGatewayHasTheDefaultsOfTheReferenceServer() {
        GatewayConfig gateway = SofiaXml.gateway("username", "anna", "password", "secret", "proxy", "sip.example.org:5070");

        assertThat(gateway.account().username()).isEqualTo("anna");
        assertThat(gateway.account().hosts()).isEqualTo(Set.of("sip.example.org"));
        assertThat(gateway.fromUser()).isEqualTo("anna");
        assertThat(gateway.fromDomain()).isEqualTo("sip.example.org");
        assertThat(gateway.proxy()).isEqualTo(new HostPort("sip.example.org", 5070));
        assertThat(gateway.registrar()).isEqualTo(gateway.proxy());
        assertThat(gateway.transport()).isEqualTo(SipTransport.UDP);
        assertThat(gateway.expires()).isEqualTo(Duration.ofHours(1));
        assertThat(gateway.retry()).isEqualTo(Duration.ofSeconds(30));
        assertThat(gateway.ping()).isZero();
        assertThat(gateway.extension()).isEqualTo("anna");
        assertThat(gateway.toString()).doesNotContain("secret");
    }

    @Test
    void aGatewaysNameIsItsHostWhenNothingElseSaysOne() {
        GatewayConfig gateway = SofiaConfig.read(
                        SofiaXml.configuration(List.of(SofiaXml.gatewayNode("sip.example.org", 10, "register", "false"))), NetworkLists.NONE, _ -> {})
                .profiles().getFirst().gateways().getFirst();

        assertThat(gateway.proxy()).isEqualTo(new HostPort("sip.example.org", 0));
        assertThat(gateway.account().username()).isEqualTo("FreeSWITCH");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy, not a host, 13",
        "register-proxy, sip:user@host, 13",
        "outbound-proxy, host;transport=sctp, 13",
        "register-transport, sctp, 13",
        "expire-seconds, soon, 13",
        "ping, 3, 13",
        "ping-max, 0, 13",
        "from-domain, a b, 13",
        "jverto-max-calls, -1, 13",
        "jverto-max-calls-per-second, many, 13",
        "jverto-max-user-calls, 100001, 13",
        "jverto-max-user-calls-per-minute, 1.5, 13",
    })
    void whatIsWrongIsAnErrorWithFileAndLine(String param, String value, int line) {
        List<ConfigProblem> problems = SofiaXml.problems("username", "anna", "realm", "sip.example.org", param, value);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.origin()).hasToString("sofia.conf.xml:" + line);
            assertThat(problem.message()).contains(param);
        });
    }

    @Test
    void whatIsMissingOrTwiceIsAnError() {
        assertThat(SofiaXml.problems("proxy", "sip.example.org")).singleElement().asString().contains("sofia.conf.xml:10", "has no username");
        List<ConfigProblem> problems = new ArrayList<>();
        SofiaConfig config = SofiaConfig.read(
                SofiaXml.configuration(List.of(
                        SofiaXml.gatewayNode("a", 10, "username", "x"),
                        SofiaXml.gatewayNode("a", 20, "username", "x"),
                        SofiaXml.gatewayNode("b c", 30, "username", "x"))),
                NetworkLists.NONE, problems::add);

        assertThat(problems).extracting(problem -> problem.origin().line()).containsExactly(20, 30);
        assertThat(config.profiles().getFirst().gateways()).extracting(GatewayConfig::name).containsExactly("a");
    }

    @Test
    void everyParameterIsUsedOrSaidNotToBe() {
        List<ConfigProblem> problems = new ArrayList<>();
        ProfileConfig profile = SofiaConfig.read(
                        SofiaXml.configuration(
                                List.of(SofiaXml.gatewayNode("a", 10, "username", "x", "distinct-to", "true", "invented", "1")),
                                "sip-port", "5080", "Timer-T1", "250", "tls", "true", "hold-music", "local_stream://moh", "made-up", "2"),
                        NetworkLists.NONE, problems::add)
                .profiles().getFirst();

        assertThat(profile.listen().port()).isEqualTo(5_080);
        assertThat(profile.listen().tlsPort()).isEqualTo(5_061);
        assertThat(profile.timers().t1()).isEqualTo(250_000_000L);
        assertThat(problems).extracting(ConfigProblem::toString).containsExactlyInAnyOrder(
                "sofia.conf.xml:104: unsupported: parameter 'hold-music' is not supported; it changes nothing",
                "sofia.conf.xml:105: warning: parameter 'made-up' is not known here and has no effect",
                "sofia.conf.xml:12: unsupported: parameter 'distinct-to' is not supported; it changes nothing",
                "sofia.conf.xml:13: warning: parameter 'invented' is not known here and has no effect");
    }

    @Test
    void timersThatContradictEachOtherAreAnError() {
        List<ConfigProblem> problems = new ArrayList<>();
        SofiaConfig.read(SofiaXml.configuration(List.of(), "timer-T1", "5000"), NetworkLists.NONE, problems::add);

        assertThat(problems).singleElement().asString().contains("sofia.conf.xml:101", "timer-T2 (4000 ms) must not be less than timer-T1 (5000 ms)");
    }

    @Test
    void aGatewayHasAProxyATransportAndVariables() {
        GatewayConfig gateway = new GatewayReader(
                SofiaXml.node("gateway", Map.of("name", "itsp"), 10, List.of(
                        SofiaXml.params(11, "proxy", "itsp.example.org:5070;transport=tcp").getFirst(),
                        SofiaXml.params(12, "outbound-proxy", "192.0.2.20").getFirst(),
                        SofiaXml.params(13, "register", "false").getFirst(),
                        SofiaXml.node("variables", Map.of(), 14, List.of(
                                SofiaXml.node("variable", Map.of("name", "a", "value", "1", "direction", "inbound"), 15, List.of()),
                                SofiaXml.node("variable", Map.of("name", "p:b", "value", "2"), 16, List.of()))))),
                problem -> {
                    throw new AssertionError(problem);
                }).read().orElseThrow();

        assertThat(gateway.transport()).isEqualTo(SipTransport.TCP);
        assertThat(gateway.proxy()).isEqualTo(new HostPort("itsp.example.org", 5070));
        assertThat(gateway.next().toString()).isEqualTo("sip:192.0.2.20");
        assertThat(gateway.registerNext()).isEqualTo(gateway.next());
        assertThat(gateway.variables()).containsExactly(
                new GatewayConfig.Variable("a", "1", true, false), new GatewayConfig.Variable("b", "2", true, true));
    }

    @Test
    void aVariableOfAGatewayThatCannotBeIsToldWithItsLine() {
        List<ConfigProblem> problems = new ArrayList<>();
        new GatewayReader(
                SofiaXml.node("gateway", Map.of("name", "itsp"), 10, List.of(
                        SofiaXml.params(11, "register", "false").getFirst(),
                        SofiaXml.node("variables", Map.of(), 14, List.of(
                                SofiaXml.node("variable", Map.of("name", "a b", "value", "1"), 15, List.of()),
                                SofiaXml.node("variable", Map.of("name", "c", "value", "1", "direction", "up"), 16, List.of()))))),
                problems::add).read();

        assertThat(problems).extracting(problem -> problem.origin().line()).contains(15, 16);
    }
}
