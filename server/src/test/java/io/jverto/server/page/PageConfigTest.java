package io.jverto.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.connect.PageHandler.PageRequest;
import io.jverto.verto.connect.PageHandler.PageResponse;
import io.jverto.verto.profile.VertoConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageConfigTest {
    private static final PageHandler FILES = request -> new PageResponse(200, Map.of(), request.path().getBytes(StandardCharsets.UTF_8));

    @Test
    void saysWhereToLogInAndWhatThereIs() {
        PageResponse response = config(true, "stun:stun.example.com:3478", "stuns:[2001:db8::1]")
                .handle(request("/config.json", Map.of("host", "pbx.example.com:8082"), true));

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{\"websocket\":\"wss://pbx.example.com:8082\","
                + "\"iceServers\":[{\"urls\":[\"stun:stun.example.com:3478\",\"stuns:[2001:db8::1]\"]}],"
                + "\"features\":[\"trickle\",\"speed-test\",\"messages\",\"room-places\",\"room-lock\",\"room-history\",\"presence\"]}");
        assertThat(response.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("cache-control", "no-store")
                .containsKeys("content-security-policy", "x-content-type-options");
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
        return new PageConfig(FILES, new VertoConfig(Duration.ofSeconds(120), 0, presence, false, List.of(stunServers), List.of()), () -> false);
    }

    private static PageRequest request(String path, Map<String, String> headers, boolean secure) {
        return new PageRequest("GET", path, "", headers, secure);
    }

    private static String text(PageResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
