package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.wire.jsonrpc.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// STUN and TURN servers for calls of browsers.
class IceServersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SECRET = "0123456789abcdef";

    @Test
    void s20APasswordForTurnNamesItsEndAndItsUserAndCannotBeMadeWithoutTheSecret() {
        IceServers servers = new IceServers(List.of("stun:a"), List.of("turn:b?transport=udp"), SECRET, Duration.ofHours(1), false);

        // printf '1767229200:1000@test' | openssl dgst -sha1 -hmac 0123456789abcdef -binary | base64
        assertThat(JsonText.write(new JsonObjectBuilder().put("x", servers.of("1000@test", NOW)).build())).isEqualTo(
                "{\"x\":[{\"urls\":[\"stun:a\"]},{\"urls\":[\"turn:b?transport=udp\"],\"username\":\"1767229200:1000@test\",\"credential\":\"SLtCD7G0r0TQUxgBr0+xKYxljno=\"}]}");
        assertThat(servers.expires(NOW)).isEqualTo(1_767_229_200);
        assertThat(servers.toString()).doesNotContain(SECRET);
        assertThat(servers.ofGuests(NOW)).isEqualTo(new IceServers(List.of("stun:a"), List.of(), "", Duration.ofHours(1), false).of("", NOW));
    }

    @Test
    void whoAsksForThemAtLoginGetsThem() {
        IceServers servers = new IceServers(List.of(), List.of("turn:b"), SECRET, Duration.ofHours(1), false);
        try (Desk desk = new Desk(servers, Config.directory(), Config.param("userauth", "true"))) {
            assertThat(login(desk, ",\"extensions\":[\"ice-servers\"]"))
                    .contains("\"extensions\":[\"ice-servers\"]", "\"iceServers\":[{\"urls\":[\"turn:b\"],\"username\":\"", ":1001@test\"", "\"iceServersExpire\":");
            assertThat(login(desk, "")).doesNotContain("iceServers", "extensions");
        }
    }

    @Test
    void whereThereAreNoneNothingIsGranted() {
        try (Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"))) {
            assertThat(login(desk, ",\"extensions\":[\"ice-servers\",\"trickle\"]")).contains("\"extensions\":[\"trickle\"]").doesNotContain("iceServers");
        }
    }

    @Test
    void aTurnServerWithoutASecretIsAnErrorThatSaysHowToMakeOne() {
        List<ConfigProblem> problems = new ArrayList<>();
        ConfigNode settings = Config.node("settings", List.of(Config.param("turn-servers", "turn:b:3478"), Config.param("turn-secret", "short")));
        VertoConfig.read(Config.node("configuration", List.of(settings)), problems::add);

        assertThat(problems).anySatisfy(problem -> assertThat(problem.toString()).contains("turn-servers need a turn-secret of at least 16", "openssl rand -hex 32"));
    }

    private static String login(Desk desk, String more) {
        return desk.connect().ask("login", "{\"login\":\"1001@test\",\"passwd\":\"1234\"" + more + "}");
    }
}
