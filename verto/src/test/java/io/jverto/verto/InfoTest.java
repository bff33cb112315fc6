package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.Desk.Client;
import io.jverto.verto.count.VertoCount;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What `verto.info` does to a call, and how much of it a client may send.
class InfoTest {
    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"), Config.param("enable-text", "true"));

    @Test
    void settingsReachTheCallAsVariables() {
        Client client = inCall(desk);

        client.ask("verto.info", "{\"dialogParams\":{\"callID\":\"C\",\"userVariables\":{\"email\":\"a@b\",\"on\":true,\"n\":7,\"bad name\":\"x\"},"
                + "\"audio\":{\"echoCancellation\":true},\"screenShare\":true}}");

        assertThat(desk.calls.changes).containsExactly("C {verto_autoGainControl=false, verto_dvar_email=a@b, verto_dvar_on=true, "
                + "verto_echoCancellation=true, verto_noiseSuppression=false}");
    }

    @Test
    void s10AnotherUsersCallIsNotTouched() {
        inCall(desk);
        Client other = desk.connect();
        other.login("1002@test");

        assertThat(other.ask("verto.info", "{\"dialogParams\":{\"callID\":\"C\",\"userVariables\":{\"a\":\"b\"}},\"txt\":{\"chars\":\"x\"}}"))
                .contains("\"result\":{\"sessid\"");

        assertThat(desk.calls.changes).isEmpty();
    }

    @Test
    void s39SettingsThatComeTooFastArePassedOverAndDigitsBesideThemAreNot() {
        Client client = inCall(desk);

        for (int i = 0; i < 250; i++) {
            assertThat(client.ask("verto.info", "{\"dtmf\":\"1\",\"dialogParams\":{\"callID\":\"C\",\"userVariables\":{\"i\":\"" + i + "\"}}}"))
                    .contains("SENT");
        }

        assertThat(desk.calls.changes).hasSize(200);
        assertThat(desk.calls.digits).hasSize(250);
        assertThat(desk.server.counters().get(VertoCount.SETTINGS_TOO_FAST)).isEqualTo(50);
    }

    @Test
    void commandsAreCounted() {
        Client client = inCall(desk);

        assertThat(client.ask("verto.info", "{\"command\":[1],\"dialogParams\":{\"callID\":\"C\"}}")).contains("\"result\":{\"sessid\"");

        assertThat(desk.server.counters().get(VertoCount.COMMANDS_UNUSED)).isEqualTo(1);
    }

    @Test
    void s8TextThatComesTooFastIsRefusedAndComesAgainLater() {
        Client client = inCall(desk);
        String paste = "{\"txt\":{\"chars\":\"" + "x".repeat(5_000) + "\"},\"dialogParams\":{\"callID\":\"C\"}}";

        for (int i = 0; i < 7; i++) {
            assertThat(client.ask("verto.info", paste)).contains("\"result\":{\"sessid\"");
            assertThat(client.received).hasSize(11); // 1024 characters, 100 at a time
            client.received.clear();
        }
        assertThat(client.ask("verto.info", paste)).contains("\"error\":{\"message\":\"Too much text.\",\"code\":-32002}");

        desk.time.advance(Duration.ofSeconds(2));
        assertThat(client.ask("verto.info", paste)).contains("\"result\":{\"sessid\"");
    }

    @Test
    void withoutEnableTextNothingTypedGoesAnywhere() {
        for (String value : new String[] {"false", "no", "0", ""}) {
            try (Desk silent = new Desk(Config.directory(), Config.param("userauth", "true"), Config.param("enable-text", value))) {
                Client client = inCall(silent);

                assertThat(client.ask("verto.info", "{\"txt\":{\"chars\":\"x\"},\"dialogParams\":{\"callID\":\"C\"}}"))
                        .contains("\"result\":{\"sessid\"");

                assertThat(client.received).isEmpty();
                assertThat(silent.server.counters().get(VertoCount.TEXTS_REFUSED)).isEqualTo(1);
            }
        }
    }

    @Test
    void s8MessagesThatComeTooFastOrAreTooLongAreRefused() {
        Client client = inCall(desk);
        String longOne = "{\"msg\":{\"to\":\"1001@test\",\"body\":\"" + "x".repeat(65_537) + "\"}}";
        String message = "{\"msg\":{\"to\":\"1001@test\",\"body\":\"" + "x".repeat(65_536) + "\"}}";

        assertThat(client.ask("verto.info", longOne)).contains("MESSAGE CANNOT BE DELIVERED");
        for (int i = 0; i < 2; i++) {
            assertThat(client.ask("verto.info", message)).contains("SENT");
            assertThat(client.received.remove()).contains("\"to\":\"1001@test\"");
        }
        assertThat(client.ask("verto.info", message)).contains("\"error\":{\"message\":\"Too many messages.\",\"code\":-32002}");
        assertThat(desk.server.counters().get(VertoCount.CHATS_TOO_FAST)).isEqualTo(1);

        desk.time.advance(Duration.ofSeconds(4));
        assertThat(client.ask("verto.info", message)).contains("SENT");
    }

    @Test
    void aNameWithoutDomainIsSoughtInTheSendersOwn() {
        Client sender = desk.connect();
        sender.login("1002@test");
        Client receiver = desk.connect();
        receiver.login("1001@test");
        receiver.received.clear();

        assertThat(sender.ask("verto.info", "{\"msg\":{\"to\":\"1001\",\"body\":\"hello\"}}")).contains("SENT");

        assertThat(receiver.received.remove()).contains("\"from\":\"1002@test\"", "\"body\":\"hello\"");
    }

    @Test
    void s10WhoHasNoUserNameCannotGiveHimselfOne() {
        try (Desk rooted = new Desk(Config.directory(), Config.param("userauth", "true"), Config.param("root-password", "toor"))) {
            Client user = rooted.connect();
            user.login("1001@test");
            Client root = rooted.connect();
            root.ask("login", "{\"login\":\"root\",\"passwd\":\"toor\"}");

            root.say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"verto.info\",\"params\":{\"msg\":{\"to\":\"1001@test\",\"body\":\"hi\","
                    + "\"from\":\"1000@test\",\"from_user\":\"1000\",\"from_host\":\"test\",\"from_full\":\"1000\",\"from_x\":\"y\"}}}");

            assertThat(user.received.remove()).contains("\"msg\":{\"from\":\"root\",\"to\":\"1001@test\",\"body\":\"hi\",\"from_x\":\"y\"}");
        }
    }

    private static Client inCall(Desk desk) {
        Client client = desk.connect();
        client.login("1001@test");
        client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\",\"destination_number\":\"9196\"}}");
        client.received.clear();
        return client;
    }
}
