package io.jverto.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import io.jverto.switchboard.directory.Directory;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.login.AccessTokens;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a web application that asks for tokens gets, and who asks in vain.
class TokenPageTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final NetworkLists LISTS = new NetworkLists(List.of(new NetworkList("loopback.auto", false,
            List.of(new NetworkList.Entry(Network.parse("127.0.0.0/8").orElseThrow(), true)))));
    private static final Directory USERS = Directory.read(node("section", Map.of(), node("domain", Map.of("name", "pbx.test"),
            node("users", Map.of(), node("user", Map.of("id", "1000"), node("params", Map.of(), param("password", "pw")))))), problem -> {
                throw new AssertionError(problem.toString());
            });

    private final VirtualTime time = new VirtualTime();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private Optional<TokenDeskConfig> config = read(param("secret", SECRET));
    private final TokenPage page = new TokenPage(
            PageHandler.NONE, new TokenDesk(() -> USERS, new AccessTokens(new byte[AccessTokens.KEY], time)), () -> config, time);

    @Test
    void whoHasTheSecretGetsATokenForAUser() {
        SiteReply.Words reply = ask("Bearer " + SECRET, "{\"user\":\"1000\",\"domain\":\"pbx.test\",\"minutes\":5,\"number\":\"3000\"}");

        assertThat(reply.status()).isEqualTo(200);
        long ends = time.wallTime().plus(Duration.ofMinutes(5)).getEpochSecond();
        assertThat(reply.text()).matches("\\{\"token\":\"jvt1\\.[^\"]+\",\"user\":\"1000@pbx.test\",\"expires\":" + ends + "}\n");
        assertThat(reply.headers()).containsEntry("content-type", "application/json").containsEntry("cache-control", "no-store")
                .doesNotContainKey("access-control-allow-origin"); // no page may ask
        assertThat(ask("bearer  " + SECRET, "{\"user\":\"1000\",\"minutes\":60}").status()).isEqualTo(200);
        assertThat(page.counters().get(TokenCount.GIVEN)).isEqualTo(2);
    }

    @Test
    void whatIsAskedWronglyIsSaidInWords() {
        for (String[] wrong : new String[][] {
            {"400", "JSON object", ""}, {"400", "JSON object", "user=1000"}, {"400", "JSON object", "[1]"}, {"400", "'user' is missing", "{}"},
            {"400", "'usr' is not understood", "{\"usr\":\"1000\"}"}, {"400", "'user' is not understood", "{\"user\":1000}"},
            {"400", "1 to 60 minutes", "{\"user\":\"1000\",\"minutes\":61}"}, {"400", "1 to 60 minutes", "{\"user\":\"1000\",\"minutes\":-1}"},
            {"400", "1 to 60 minutes", "{\"user\":\"1000\",\"minutes\":1.5}"}, {"400", "control character", "{\"user\":\"1000\",\"number\":\"3\\n4\"}"},
            {"404", "no user nobody@pbx.test", "{\"user\":\"nobody\"}"}, {"404", "no user 1000@elsewhere", "{\"user\":\"1000\",\"domain\":\"elsewhere\"}"}
        }) {
            SiteReply.Words reply = ask("Bearer " + SECRET, wrong[2]);
            assertThat(reply.status()).as(wrong[2]).isEqualTo(Integer.parseInt(wrong[0]));
            assertThat(reply.text()).startsWith("{\"error\":\"").contains(wrong[1]).doesNotContain(SECRET);
        }
        assertThat(page.counters().get(TokenCount.REFUSED)).isEqualTo(12);
        assertThat(ask("GET", "127.0.0.1", "Bearer " + SECRET, "").status()).isEqualTo(405);
    }

    @Test
    void s6WhoGuessesTheSecretWaitsEvenWithTheRightOne() {
        for (String shown : List.of("", "Bearer", "Bearer ", "Basic " + SECRET, "Bearer " + SECRET + "0", "Bearer x")) {
            SiteReply.Words refused = ask(shown, "{\"user\":\"1000\"}");
            assertThat(refused.status()).as(shown).isEqualTo(401);
            assertThat(refused.headers()).containsEntry("www-authenticate", "Bearer");
        }

        SiteReply.Words waits = ask("Bearer " + SECRET, "{\"user\":\"1000\"}");
        assertThat(waits.status()).isEqualTo(429);
        assertThat(waits.headers()).containsEntry("retry-after", "1");
        time.advance(Duration.ofSeconds(1));
        assertThat(ask("Bearer " + SECRET, "{\"user\":\"1000\"}").status()).isEqualTo(200);
        assertThat(page.counters().get(TokenCount.SECRETS_WRONG)).isEqualTo(6);
    }

    @Test
    void onlyTheListedNetworksMayAsk() {
        assertThat(ask("POST", "192.0.2.7", "Bearer " + SECRET, "{\"user\":\"1000\"}").status()).isEqualTo(403);
        config = read(param("secret", SECRET), param("apply-inbound-acl", "192.0.2.0/24"));
        assertThat(ask("POST", "192.0.2.7", "Bearer " + SECRET, "{\"user\":\"1000\"}").status()).isEqualTo(200);
        assertThat(ask("POST", "127.0.0.1", "Bearer " + SECRET, "{\"user\":\"1000\"}").status()).isEqualTo(403);
    }

    @Test
    void moreThanAHundredInASecondAreRefused() {
        for (int i = 0; i < TokenPage.PER_SECOND; i++) {
            assertThat(ask("Bearer " + SECRET, "{\"user\":\"1000\"}").status()).isEqualTo(200);
        }
        assertThat(ask("Bearer " + SECRET, "{\"user\":\"1000\"}").status()).isEqualTo(429);
    }

    @Test
    void withoutASecretThereIsNoSuchAddress() {
        assertThat(page.isFile("/tokens")).isTrue();
        for (Optional<TokenDeskConfig> none : List.of(Optional.<TokenDeskConfig>empty(), read(), read(param("secret", "")))) {
            config = none;
            assertThat(page.isFile("/tokens")).isFalse();
            assertThat(ask("Bearer ", "{\"user\":\"1000\"}").status()).isEqualTo(404);
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsWrongInTheConfigurationIsSaidWithItsPlace() {
        assertThat(read(param("secret", "short"), param("apply-inbound-acl", "nowhere"), param("max-minutes", "0"), param("sercet", "x"))).isEmpty();

        assertThat(problems).extracting(ConfigProblem::toString).allMatch(text -> text.startsWith("token_desk.conf.xml:5"));
        assertThat(problems.toString()).contains("at least 32 characters", "names 'nowhere'", "max-minutes is '0'", "no param 'sercet'").doesNotContain("short");
        assertThat(read(param("secret", SECRET)).toString()).doesNotContain(SECRET);
    }

    private SiteReply.Words ask(String authorization, String body) {
        return ask("POST", "127.0.0.1", authorization, body);
    }

    private SiteReply.Words ask(String method, String from, String authorization, String body) {
        return (SiteReply.Words) page.file(new SiteRequest(method, "/tokens", authorization, "", InetAddress.ofLiteral(from), body));
    }

    private Optional<TokenDeskConfig> read(ConfigNode... params) {
        return TokenDeskConfig.read(Optional.of(node("configuration", Map.of(), node("settings", Map.of(), params))), LISTS, problems::add);
    }

    private static ConfigNode param(String name, String value) {
        return node("param", Map.of("name", name, "value", value));
    }

    private static ConfigNode node(String tag, Map<String, String> attributes, ConfigNode... children) {
        return new ConfigNode(tag, attributes, List.of(children), "", new Origin("token_desk.conf.xml", 5));
    }
}
