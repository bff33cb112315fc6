package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.directory.Directory;
import io.jverto.verto.Desk.Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the profile and the directory change about a login.
class LoginTest {
    @Test
    void aProfileWithoutAuthenticationLetsEverybodyInAndUseEverything() {
        try (Desk desk = new Desk(Directory.EMPTY)) {
            Client client = desk.connect();

            assertThat(client.ask("echo", "{\"a\":1,\"sessid\":\"S\"}")).contains("\"result\":{\"a\":1,\"sessid\":\"S\"}");
            assertThat(client.received.remove()).contains("verto.clientReady");
        }
    }

    @Test
    void s5SomebodyWithoutNameDoesNotTakeAUsersSession() {
        try (Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"), Config.param("root-password", "toor"))) {
            Client user = desk.connect();
            assertThat(user.login("1001@test")).contains("logged in");

            Client root = desk.connect();
            String reply = root.ask("login", "{\"login\":\"root\",\"passwd\":\"toor\",\"sessid\":\"S-1001@test\"}");

            assertThat(reply).contains("Session in use");
            assertThat(root.closed).isTrue();
            assertThat(user.closed).isFalse();
        }
    }

    @Test
    void rootMayUseEveryMethod() {
        try (Desk desk = new Desk(Config.directory(), Config.param("root-password", "toor"))) {
            Client client = desk.connect();

            assertThat(client.ask("login", "{\"login\":\"root\",\"passwd\":\"no\"}")).contains("Authentication Failure");
            assertThat(client.ask("login", "{\"login\":\"1001@test\",\"passwd\":\"1234\"}")).contains("Authentication Required");
            assertThat(client.ask("login", "{\"login\":\"root\",\"passwd\":\"toor\"}")).contains("logged in");
            client.received.clear();
            assertThat(client.ask("echo", "{}")).contains("result");
        }
    }

    @Test
    void blindRegistrationTakesStrangersButNotWrongPasswords() {
        try (Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"), Config.param("blind-reg", "true"))) {
            assertThat(desk.connect().ask("login", "{\"login\":\"guest@test\",\"passwd\":\"x\"}")).contains("logged in");
            assertThat(desk.connect().ask("login", "{\"login\":\"1001@test\",\"passwd\":\"x\"}")).contains("Authentication Failure");
        }
    }

    @Test
    void theDomainComesFromTheLoginUnlessItIsForced() {
        try (Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"))) {
            assertThat(desk.connect().login("1001@test")).contains("logged in");
            assertThat(desk.connect().login("1001@elsewhere")).contains("Authentication Failure");
            assertThat(desk.connect().login("1001")).contains("Missing or improper credentials");
        }
        try (Desk desk = new Desk(Config.directory(), Config.param("userauth", "@test"))) {
            assertThat(desk.connect().login("1001")).contains("logged in");
        }
    }

    @Test
    void flagsOfTheDirectoryAreTold() {
        try (Desk desk = new Desk(directory("moderator", "true", "stereo_audio", "yes"), Config.param("userauth", "true"))) {
            assertThat(desk.connect().login("ada@test"))
                    .contains("{\"message\":\"logged in\",\"moderator\":true,\"stereoAudio\":true,\"sessid\":\"S-ada@test\"}");
        }
    }

    @Test
    void anExpiredLoginIsClosedWithoutAWord() {
        // Virtual time begins at 1767225600.
        try (Desk desk = new Desk(directory("login-expires", "1767225660"), Config.param("userauth", "true"))) {
            Client client = desk.connect();
            assertThat(client.login("ada@test")).contains("\"auth-expires\":1767225660");
            assertThat(client.ask("verto.ping", "{}")).contains("\"auth-expires\":1767225660,\"message\":\"PONG\"");

            desk.time.advance(Duration.ofSeconds(58));
            assertThat(client.closed).isFalse();
            desk.time.advance(Duration.ofSeconds(4));

            assertThat(client.closed).isTrue();
        }
    }

    @Test
    void anExpiryThatHasPassedMeansFiveMinutes() {
        try (Desk desk = new Desk(directory("login-expires", "12"), Config.param("userauth", "true"))) {
            assertThat(desk.connect().login("ada@test")).contains("\"auth-expires\":1767225900");
        }
    }

    @Test
    void anotherLoginInTimePutsTheExpiryOff() {
        try (Desk desk = new Desk(directory("login-expires", "12"), Config.param("userauth", "true"))) {
            Client client = desk.connect();
            client.login("ada@test");
            desk.time.advance(Duration.ofSeconds(100));
            client.received.clear();
            assertThat(client.login("ada@test")).contains("\"auth-expires\":1767226000");

            for (int i = 0; i < 5; i++) {
                desk.time.advance(Duration.ofSeconds(50));
                client.pong();
            }

            assertThat(client.closed).isFalse();
        }
    }

    @Test
    void callsOfAnExpiredLoginWaitForTheNextOne() {
        try (Desk desk = new Desk(directory("login-expires", "1767225660"), Config.param("userauth", "true"))) {
            Client client = desk.connect();
            client.login("ada@test");
            client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\",\"destination_number\":\"9196\"}}");
            desk.time.advance(Duration.ofSeconds(62));
            assertThat(client.closed).isTrue();

            Client next = desk.connect();
            next.ask("login", "{\"login\":\"ada@test\",\"passwd\":\"1234\",\"sessid\":\"S-ada@test\"}");

            assertThat(next.received.remove()).contains("verto.attach", "\"callID\":\"C\"");
            assertThat(next.received.remove()).contains("verto.clientReady", "[\"C\"]");
        }
    }

    @Test
    void aLoginAsSomebodyElseLeavesTheFirstOnesCallsBehind() {
        try (Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"))) {
            Client client = desk.connect();
            client.login("1001@test");
            client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\",\"destination_number\":\"9196\"}}");

            assertThat(client.ask("login", "{\"login\":\"1002@test\",\"passwd\":\"1234\"}")).contains("verto.answer");

            assertThat(client.received.remove()).contains("logged in", "S-1001@test");
            assertThat(client.received).isEmpty();
            assertThat(desk.calls.ends).isEmpty();
            assertThat(desk.calls.live()).isEqualTo(1);
        }
    }

    private static Directory directory(String... variables) {
        List<ConfigNode> list = new java.util.ArrayList<>();
        for (int i = 0; i < variables.length; i += 2) {
            list.add(Config.variable(variables[i], variables[i + 1]));
        }
        ConfigNode user = Config.node(
                "user",
                List.of(
                        Config.node("params", List.of(Config.param("jsonrpc-password", "1234"), Config.param("jsonrpc-allowed-methods", "verto"))),
                        Config.node("variables", list)),
                "id",
                "ada");
        ConfigNode domain = Config.node("domain", List.of(Config.node("users", List.of(user))), "name", "test");
        return Directory.read(Config.node("section", List.of(domain), "name", "directory"), problem -> {
            throw new AssertionError(problem.toString());
        });
    }
}
