package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.jverto.switchboard.directory.Directory;
import io.jverto.testkit.log.LogLines;
import io.jverto.verto.Desk.Client;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks S4 to S6 and S37 on the gate: before a login nothing happens and nothing is kept, and afterwards nobody is more than the
/// directory says.
class GateSecurityTest {
    private static final String CALL = "\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\",\"destination_number\":\"9196\"}";

    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"));

    @AfterEach
    void close() {
        assertThat(desk.server.counters().get(VertoCount.BUGS)).isZero();
        desk.close();
    }

    static Stream<String> everyMethod() {
        return Stream.of("login", "echo", "jsapi", "fsapi", "verto.invite", "verto.answer", "verto.attach", "verto.bye", "verto.modify",
                "verto.info", "verto.ping", "verto.subscribe", "verto.unsubscribe", "verto.broadcast", "verto.nosuch", "");
    }

    @ParameterizedTest
    @MethodSource("everyMethod")
    void s4NothingIsDoneAndNothingIsKeptForWhoIsNotLoggedIn(String method) {
        Client owner = user("1002");
        owner.ask("verto.subscribe", "{\"eventChannel\":\"demo\"}");
        Client stranger = desk.connect();
        String everything = CALL + ",\"sessid\":\"S-1001@test\",\"eventChannel\":\"demo\",\"localBroadcast\":true,\"data\":1,\"action\":\"hold\","
                + "\"command\":\"status\",\"cmd\":\"status\",\"dtmf\":\"1\",\"msg\":{\"to\":\"1002@test\",\"body\":\"x\"},"
                + "\"userVariables\":{\"device\":\"stolen\"},\"loginParams\":{\"a\":\"b\"}";
        String wrong = ",\"login\":\"1001@test\",\"passwd\":\"wrong\"";

        assertThat(stranger.ask(method, "{" + everything + "}")).contains("\"error\":{\"code\":-32000,");
        assertThat(stranger.ask(method, "{" + everything + wrong + "}")).contains("\"error\":{\"code\":-32001,");
        stranger.say("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + everything + wrong + "}},"
                + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"" + method + "\",\"params\":{" + everything + "}}]");
        assertThat(stranger.received.remove()).contains("-32001", "-32000").doesNotContain("result");

        assertThat(desk.calls.admitted).isEmpty();
        assertThat(owner.received).isEmpty();
        assertThat(stranger.received).isEmpty();
        // Its session id and its variables are nobody's: the true user finds neither.
        Client user = user("1001");
        assertThat(user.ask("verto.invite", "{" + CALL + "}")).contains("CALL CREATED");
        assertThat(desk.calls.admitted.getFirst().variables()).doesNotContainKey("device");
    }

    @Test
    void s4AFailedLoginChangesNothingOfWhoIsLoggedIn() {
        Client client = user("1001");

        assertThat(client.ask("login", "{\"login\":\"1019@test\",\"passwd\":\"wrong\",\"userVariables\":{\"device\":\"stolen\"},\"sessid\":\"other\"}"))
                .contains("Authentication Failure");
        assertThat(client.ask("echo", "{}")).as("1019 may, 1001 may not").contains("-32601");
        assertThat(client.ask("verto.ping", "{}")).contains("\"sessid\":\"S-1001@test\"");
        assertThat(client.ask("verto.invite", "{" + CALL + "}")).contains("CALL CREATED");

        assertThat(desk.calls.admitted.getFirst().variables()).doesNotContainKey("device").containsEntry("verto_user", "1001@test");
    }

    @Test
    void s4FramesOfTheSpeedTestEndTheConnectionOfWhoIsNotLoggedIn() {
        Client stranger = desk.connect();

        stranger.say("#SPU 1024");

        assertThat(stranger.closed).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyMethod")
    void s5TheSessionIdInARequestOpensNoOtherSession(String method) {
        Client victim = user("1002");
        assertThat(victim.ask("verto.invite", "{" + CALL + "}")).contains("CALL CREATED");
        victim.ask("verto.subscribe", "{\"eventChannel\":\"presence\"}");
        victim.received.clear();
        Client rogue = user("1019");

        rogue.ask(method, "{" + CALL + ",\"sessid\":\"S-1002@test\",\"eventChannel\":\"S-1002@test\",\"localBroadcast\":true,\"action\":\"transfer\","
                + "\"destination\":\"9196\",\"dtmf\":\"1\",\"login\":\"1019@test\",\"passwd\":\"1234\"}");

        assertThat(rogue.received).noneMatch(frame -> frame.contains("1002"));
        assertThat(victim.received).isEmpty();
        assertThat(victim.closed).isFalse();
        assertThat(desk.calls.ends).isEmpty();
        assertThat(desk.calls.digits).isEmpty();
        assertThat(victim.ask("verto.ping", "{}")).contains("PONG");
    }

    @Test
    void s5ManyWhoWantTheSameSessionNeverGetAnothersOne() {
        Random random = new Random(5);
        for (int turn = 0; turn < 100; turn++) {
            String user = "10" + (10 + random.nextInt(3)) + "@test";
            Client client = desk.connect();
            String reply = client.ask("login", "{\"login\":\"" + user + "\",\"passwd\":\"1234\",\"sessid\":\"one\"}");
            if (reply.contains("logged in")) {
                assertThat(client.ask("login", "{\"login\":\"" + user + "\",\"passwd\":\"1234\",\"sessid\":\"two\"}"))
                        .as("clientReady comes first").contains("verto.clientReady");
                assertThat(client.received.remove()).contains("\"sessid\":\"one\"");
                if (random.nextBoolean()) {
                    client.vanish();
                }
            } else {
                assertThat(reply).contains("Session in use");
                assertThat(client.closed).isTrue();
            }
        }
        assertThat(desk.server.counters().get(VertoCount.SESSIONS_REFUSED)).isPositive();
        assertThat(desk.server.counters().get(VertoCount.SESSIONS_TAKEN_OVER)).isPositive();
    }

    @Test
    void s6EveryRefusalLooksTheSameWhetherOrNotThereIsSuchAUser() {
        String wrong = login("1001@test", "wrong");

        assertThat(login("7777@test", "wrong")).isEqualTo(wrong);
        assertThat(login("1001@elsewhere", "1234")).isEqualTo(wrong);
        assertThat(login("1018@test", "wrong")).as("has an a1-hash").isEqualTo(wrong);
        assertThat(login("1018@test", "f8166809cc95148fc00576aea17ad3d1")).as("the hash is no password").isEqualTo(wrong);
        assertThat(login("root", "1234")).contains("-32001");
        for (int i = 0; i < 5; i++) {
            login("1001@test", "wrong");
        }
        assertThat(login("1001@test", "1234")).as("has to wait, and does not learn that it was right").isEqualTo(wrong);
        assertThat(desk.server.counters().get(VertoCount.LOGINS_THROTTLED)).isEqualTo(1);

        desk.time.advance(Duration.ofSeconds(2));
        assertThat(login("1001@test", "1234")).contains("logged in");
    }

    @Test
    void s6EachFailureIsOneLineForFail2ban() {
        LogLines lines = LogLines.of(Gate.class, Level.WARN);
        try (lines) {
            login("10\\r\\n01 address=203.0.113.9\\\"\\u001b[2J\\u2028@test", "wrong");
            for (int i = 0; i < 7; i++) {
                login("1003@test", "wrong");
            }
        }

        assertThat(lines.texts()).hasSize(8);
        assertThat(lines.texts().getFirst())
                .isEqualTo("verto login failed user=\"10??01 address=203.0.113.9??[2J?@test\" address=192.0.2.10 reason=\"wrong user or password\"");
        assertThat(lines.texts().getLast())
                .isEqualTo("verto login failed user=\"1003@test\" address=192.0.2.10 reason=\"too many failures\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"userVariables", "loginParams"})
    void s37NothingThatAClientSaysOfItselfGivesItARight(String where) {
        String wishes = Stream.of("jsonrpc-allowed-methods=__ANY__", "jsonrpc-allowed-fsapi=__ANY__", "jsonrpc-allowed-jsapi=__ANY__",
                        "jsonrpc-allowed-event-channels=__ANY__", "moderator=true", "superuser=true", "stereo_audio=true",
                        "login-expires=12", "user_context=admin", "verto-context=admin")
                .map(wish -> "\"" + wish.replace("=", "\":\"") + "\"")
                .collect(Collectors.joining(","));
        Client client = desk.connect();

        String reply = client.ask("login", "{\"login\":\"1001@test\",\"passwd\":\"1234\",\"sessid\":\"S\"," + wishes + ",\"" + where + "\":{" + wishes + "}}");
        client.received.clear();

        assertThat(reply).endsWith("\"result\":{\"message\":\"logged in\",\"sessid\":\"S\"}}");
        assertThat(client.ask("echo", "{}")).contains("-32601");
        assertThat(client.ask("fsapi", "{\"cmd\":\"status\"}")).contains("-32601");
        assertThat(client.ask("jsapi", "{\"command\":\"status\",\"data\":{}}")).contains("-32601");
        assertThat(client.ask("verto.subscribe", "{\"eventChannel\":\"FSevent\"}")).contains("unauthorizedChannels");
        assertThat(client.ask("verto.invite", "{" + CALL + "}")).contains("CALL CREATED");
        assertThat(desk.calls.admitted.getFirst().caller().context()).isEqualTo("default");
    }

    @Test
    void s37WhoHasNoPasswordDoesNotGetIn() {
        Directory directory = Directory.read(
                Config.node("section", List.of(Config.node("domain", List.of(Config.node("users", List.of(
                        Config.node("user", List.of(), "id", "bare"),
                        Config.node("user", List.of(Config.node("params", List.of(Config.param("password", "")))), "id", "empty"),
                        Config.node("user", List.of(Config.node("params", List.of(Config.param("a1-hash", "")))), "id", "hashless")))),
                        "name", "test")), "name", "directory"),
                _ -> { });
        try (Desk open = new Desk(directory, Config.param("userauth", "true"), Config.param("root-password", ""))) {
            for (String user : List.of("bare@test", "empty@test", "hashless@test", "root")) {
                for (String password : List.of("", " ", "1234", "no such user", "d41d8cd98f00b204e9800998ecf8427e")) {
                    assertThat(open.connect().ask("login", "{\"login\":\"" + user + "\",\"passwd\":\"" + password + "\"}"))
                            .as(user)
                            .contains("\"error\"");
                }
            }
        }
    }

    private String login(String user, String password) {
        return desk.connect().ask("login", "{\"login\":\"" + user + "\",\"passwd\":\"" + password + "\"}");
    }

    private Client user(String name) {
        Client client = desk.connect();
        assertThat(client.login(name + "@test")).contains("logged in");
        return client;
    }
}
