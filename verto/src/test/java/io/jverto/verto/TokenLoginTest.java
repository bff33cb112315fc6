package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.Desk.Client;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.AccessTokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Logins by a token in place of the password (verto-extensions.md); attacks S6 on it.
class TokenLoginTest {
    private static final UserId ADA = new UserId("ada", "test");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final String ANY_NUMBER = "";

    private Directory directory = directory("first");
    private final Desk desk = new Desk(() -> directory, Config.param("userauth", "true"));

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aTokenLetsItsUserInUntilItEnds() {
        Client client = desk.connect();

        String reply = login(client, "ada@test", token(ANY_NUMBER));

        long ends = desk.time.wallTime().plus(TEN_MINUTES).getEpochSecond();
        assertThat(reply).contains("\"message\":\"logged in\",\"auth-expires\":" + ends);
        stay(client, TEN_MINUTES.minusSeconds(2));
        assertThat(client.closed).isFalse();
        desk.time.advance(Duration.ofSeconds(4));
        assertThat(client.closed).isTrue();
        assertThat(desk.server.counters().get(VertoCount.TOKENS_TAKEN)).isEqualTo(1);
    }

    @Test
    void aSecondTokenOnTheSameConnectionPutsTheEndOff() {
        Client client = desk.connect();
        login(client, "ada@test", token(ANY_NUMBER));
        stay(client, TEN_MINUTES.minusSeconds(30));
        client.received.clear();

        assertThat(login(client, "ada@test", token(ANY_NUMBER))).contains("logged in");

        stay(client, Duration.ofSeconds(60));
        assertThat(client.closed).isFalse();
    }

    @Test
    void aTokenThatHasEndedIsToldSoAndIsNoGuess() {
        String token = token(ANY_NUMBER);
        desk.time.advance(TEN_MINUTES);

        for (int i = 0; i < 10; i++) {
            assertThat(login(desk.connect(), "ada@test", token)).contains("\"error\":{\"code\":-32001,\"message\":\"Token Expired\"}");
        }

        assertThat(login(desk.connect(), "ada@test", "first")).contains("logged in");
        assertThat(desk.server.counters().get(VertoCount.TOKENS_EXPIRED)).isEqualTo(10);
    }

    @Test
    void s6ATokenIsGoodForItsOwnUserAloneAndForNoneWhenChanged() {
        String token = token(ANY_NUMBER);
        String[] parts = token.split("\\.");
        List<String> forged = List.of(
                "jvt1." + parts[1] + "." + "A".repeat(43),
                "jvt1." + parts[1].substring(0, parts[1].length() - 4) + "AAAA." + parts[2],
                new AccessTokens("another key, as long as it must be".getBytes(java.nio.charset.StandardCharsets.US_ASCII), desk.time)
                        .issue(directory.find(ADA).orElseThrow(), TEN_MINUTES, ANY_NUMBER).orElseThrow());

        for (String wrong : forged) {
            assertThat(login(desk.connect(), "ada@test", wrong)).as(wrong).contains("Authentication Failure");
        }
        assertThat(login(desk.connect(), "bob@test", token)).contains("Authentication Failure");
        assertThat(login(desk.connect(), "nobody@test", token)).contains("Authentication Failure");
        assertThat(login(desk.connect(), "ada@other", token)).contains("Authentication Failure");
    }

    @Test
    void s6GuessedTokensMakeTheUserWaitLikeGuessedPasswords() {
        String wrong = "jvt1.YWRhCnRlc3QKMQo." + "B".repeat(43);
        for (int i = 0; i < 6; i++) {
            assertThat(login(desk.connect(), "ada@test", wrong)).contains("Authentication Failure");
        }

        assertThat(login(desk.connect(), "ada@test", token(ANY_NUMBER))).contains("Authentication Failure");
        assertThat(desk.server.counters().get(VertoCount.LOGINS_THROTTLED)).isEqualTo(1);
        desk.time.advance(Duration.ofSeconds(2));
        assertThat(login(desk.connect(), "ada@test", token(ANY_NUMBER))).contains("logged in");
    }

    @Test
    void anotherPasswordEndsTheTokensOfBeforeAndSoDoesTheEndOfTheUser() {
        String token = token(ANY_NUMBER);

        directory = directory("second");
        assertThat(login(desk.connect(), "ada@test", token)).contains("Authentication Failure");
        assertThat(login(desk.connect(), "ada@test", token(ANY_NUMBER))).contains("logged in");

        String last = token(ANY_NUMBER);
        directory = Directory.EMPTY;
        assertThat(login(desk.connect(), "ada@test", last)).contains("Authentication Failure");
    }

    @Test
    void aTokenForOneNumberCallsThatAndDoesNothingElse() {
        Client guest = desk.connect();
        login(guest, "ada@test", token("3000"));
        guest.received.clear();

        assertThat(guest.ask("verto.invite", call("3001"))).contains("Permission Denied");
        assertThat(guest.ask("verto.info", "{\"msg\":{\"to\":\"bob@test\",\"body\":\"hello\"}}")).contains("Permission Denied");
        assertThat(guest.ask("verto.info", "{\"msg\":{\"to\":\"conf+3001@test\",\"body\":\"hello\",\"inDialog\":true}}")).contains("Permission Denied");
        assertThat(guest.ask("verto.modify", "{\"action\":\"transfer\",\"destination\":\"0\",\"dialogParams\":{\"callID\":\"c\"}}")).contains("Permission Denied");
        assertThat(guest.ask("verto.subscribe", "{\"eventChannel\":[\"presence\",\"voicemail.ada@test\",\"demo\"]}")).contains("unauthorizedChannels").doesNotContain("\"subscribedChannels\":[\"");
        assertThat(guest.ask("verto.contacts", "{}")).contains("Permission Denied");
        assertThat(guest.ask("fsapi", "{\"cmd\":\"status\"}")).contains("\"error\"");
        assertThat(guest.ask("verto.invite", call("3000"))).contains("CALL CREATED");
        assertThat(desk.server.commands().stream().filter(command -> command.name().equals("verto_contact")).findFirst().orElseThrow().run("ada@test"))
                .as("is not rung").isEqualTo("error/user_not_registered");
    }

    /// The client's library is there, and answers what it is asked.
    private void stay(Client client, Duration howLong) {
        for (Duration left = howLong; left.isPositive(); left = left.minusSeconds(10)) {
            client.pong();
            desk.time.advance(left.compareTo(Duration.ofSeconds(10)) < 0 ? left : Duration.ofSeconds(10));
        }
    }

    private String token(String number) {
        return desk.tokens.issue(directory.find(ADA).orElseThrow(), TEN_MINUTES, number).orElseThrow();
    }

    private static String call(String number) {
        return "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"call-" + number + "\",\"destination_number\":\"" + number + "\"}}";
    }

    private static String login(Client client, String user, String password) {
        return client.ask("login", "{\"login\":\"" + user + "\",\"passwd\":\"" + password + "\"}");
    }

    private static Directory directory(String password) {
        List<ConfigNode> users = List.of("ada", "bob").stream()
                .map(name -> Config.node("user", List.of(Config.node("params", List.of(
                        Config.param("password", password), Config.param("jsonrpc-allowed-methods", "verto,fsapi"),
                        Config.param("jsonrpc-allowed-fsapi", "status"), Config.param("jsonrpc-allowed-event-channels", "demo,presence")))), "id", name))
                .toList();
        return Directory.read(Config.node("section", List.of(Config.node("domain", List.of(Config.node("users", users)), "name", "test"))), problem -> {
            throw new AssertionError(problem.toString());
        });
    }
}
