package io.jverto.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.net.NetworkLists;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.connect.PageHandler.PageRequest;
import io.jverto.verto.connect.PageHandler.PageResponse;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PageConfigTest {
    private static final PageHandler FILES = request -> new PageResponse(200, Map.of(), request.path().getBytes(StandardCharsets.UTF_8));

    private static final Supplier<Instant> NOW = () -> Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void saysWhereToLogInAndWhatThereIs() {
        PageResponse response = config(true, "stun:stun.example.com:3478", "stuns:[2001:db8::1]")
                .handle(request("/config.json", Map.of("host", "pbx.example.com:8082"), true));

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{\"websocket\":\"wss://pbx.example.com:8082\","
                + "\"iceServers\":[{\"urls\":[\"stun:stun.example.com:3478\",\"stuns:[2001:db8::1]\"]}],"
                + "\"features\":[\"trickle\",\"speed-test\",\"messages\",\"room-places\",\"room-lock\",\"room-history\",\"room-roles\",\"login-wait\",\"tokens\",\"presence\"]}");
        assertThat(response.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("cache-control", "no-store")
                .containsKeys("content-security-policy", "x-content-type-options");
    }

    @Test
    void namesTheDomainThatEveryLoginGets() {
        ConfigNode forced = node("profile", Map.of("name", "a"), param("bind-local", "127.0.0.1:1"), param("force-register-domain", "pbx.example"));
        ConfigNode free = node("profile", Map.of("name", "b"), param("bind-local", "127.0.0.1:2"));

        assertThat(said(forced)).contains("\"domain\":\"pbx.example\"");
        assertThat(said(forced, free)).doesNotContain("domain");
        assertThat(said(free)).doesNotContain("domain");
    }

    private static String said(ConfigNode... profiles) {
        ConfigNode verto = node("configuration", Map.of("name", "verto.conf"), node("profiles", Map.of(), profiles));
        VertoConfig config = VertoConfig.read(verto, new NetworkLists(List.of()), problem -> { });
        return text(new PageConfig(FILES, config, () -> false, NOW).handle(request("/config.json", Map.of(), true)));
    }

    private static ConfigNode param(String name, String value) {
        return node("param", Map.of("name", name, "value", value));
    }

    private static ConfigNode node(String name, Map<String, String> attributes, ConfigNode... children) {
        return new ConfigNode(name, attributes, List.of(children), "", new ConfigNode.Origin("verto.conf.xml", 1));
    }

    @Test
    void passwordsForTurnAreForEverybodyOnlyWhereThatIsWanted() {
        IceServers closed = new IceServers(List.of(), List.of("turn:turn.example.com:3478"), "0123456789abcdef", Duration.ofHours(1), false);
        IceServers open = new IceServers(List.of(), List.of("turn:turn.example.com:3478"), "0123456789abcdef", Duration.ofHours(1), true);

        assertThat(text(config(closed).handle(request("/config.json", Map.of(), true)))).contains("\"iceServers\":[]");
        // openssl: printf 1767229200:guest | openssl dgst -sha1 -hmac 0123456789abcdef -binary | base64
        assertThat(text(config(open).handle(request("/config.json", Map.of(), true)))).contains(
                "{\"urls\":[\"turn:turn.example.com:3478\"],\"username\":\"1767229200:guest\",\"credential\":\"9sTkmQTCv4PlBBas9iB7L2Oyb1k=\"}");
    }

    private static PageConfig config(IceServers servers) {
        return new PageConfig(FILES, new VertoConfig(Duration.ofSeconds(120), 0, true, false, servers, List.of()), () -> false, NOW);
    }

    @Test
    void leavesOutWhatIsNotThere() {
        String text = text(config(false).handle(request("/config.json", Map.of("host", "localhost"), false)));

        assertThat(text).contains("\"websocket\":\"ws://localhost\"", "\"iceServers\":[]").doesNotContain("presence");
    }

    @Test
    void behindAProxyThatEndsTlsThePageStillLogsInSecurely() {
        Map<String, String> headers = Map.of("host", "pbx.example.com", "x-forwarded-proto", "https");

        assertThat(text(config(true).handle(request("/config.json", headers, false)))).contains("\"wss://pbx.example.com\"");
    }

    @Test
    void belowAPathOfAProxyThePageLogsInThere() {
        Map<String, String> below = Map.of("host", "example.com", "x-forwarded-proto", "https", "x-forwarded-prefix", "/phone");
        Map<String, String> odd = Map.of("host", "example.com", "x-forwarded-proto", "https", "x-forwarded-prefix", "/a\"b");

        assertThat(text(config(true).handle(request("/config.json", below, false)))).contains("\"wss://example.com/phone/\"");
        assertThat(text(config(true).handle(request("/config.json", odd, false)))).contains("\"wss://example.com\"");
    }

    @Test
    void aHostThatIsNoneIsNotRepeated() {
        Map<String, String> headers = Map.of("host", "evil\"/><script>");

        assertThat(text(config(true).handle(request("/config.json", headers, true)))).doesNotContain("evil", "websocket");
    }

    @Test
    void everythingElseIsLeftToTheFiles() {
        assertThat(text(config(true).handle(request("/", Map.of(), true)))).isEqualTo("/");
        PageRequest posted = new PageRequest("POST", "/config.json", "", Map.of(), true);
        assertThat(text(config(true).handle(posted))).isEqualTo("/config.json");
    }

    private static PageConfig config(boolean presence, String... stunServers) {
        return new PageConfig(FILES, new VertoConfig(Duration.ofSeconds(120), 0, presence, false, new IceServers(List.of(stunServers), List.of(), "", Duration.ofHours(1), false), List.of()), () -> false, NOW);
    }

    private static PageRequest request(String path, Map<String, String> headers, boolean secure) {
        return new PageRequest("GET", path, "", headers, secure);
    }

    private static String text(PageResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
