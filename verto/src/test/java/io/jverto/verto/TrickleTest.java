package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What of `verto.candidate` reaches the switch.
class TrickleTest {
    private static final String CANDIDATE = "{\"candidate\":\"candidate:1 1 udp 7 192.0.2.2 5000 typ host\",\"usernameFragment\":\"hou1\"}";

    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "@test"));

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void candidatesReachTheCallThatTheyNameWithTheirUserFragment() {
        Desk.Client client = desk.connect();
        login(client, "1001", "\"trickle\"");
        client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"c\",\"destination_number\":\"9196\"}}");
        client.received.clear();

        client.ask("verto.candidate", "{\"dialogParams\":{\"callID\":\"c\"},\"candidate\":[" + CANDIDATE + ",{\"candidate\":\"\"}]}");

        assertThat(desk.calls.candidates).containsExactly("c hou1 192.0.2.2");
    }

    @Test
    void aCallOfAnotherUserDoesNotExist() {
        Desk.Client one = desk.connect();
        login(one, "1001", "\"trickle\"");
        one.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"c\",\"destination_number\":\"9196\"}}");
        Desk.Client other = desk.connect();
        login(other, "1002", "\"trickle\"");

        String reply = other.ask("verto.candidate", "{\"dialogParams\":{\"callID\":\"c\"},\"candidate\":" + CANDIDATE + "}");

        assertThat(reply).contains("CALL DOES NOT EXIST");
        assertThat(desk.calls.candidates).isEmpty();
    }

    @Test
    void whoMayNotUseTheFamilyMayNotTrickle() {
        Desk.Client client = desk.connect();
        login(client, "1001", "\"trickle\"");
        desk.server.commands().stream().filter(command -> command.name().equals("verto")).findFirst().orElseThrow()
                .run("noperm S-1001 methods verto");

        String reply = client.ask("verto.candidate", "{\"dialogParams\":{\"callID\":\"c\"},\"candidate\":" + CANDIDATE + "}");

        assertThat(reply).contains("-32601");
    }

    private static void login(Desk.Client client, String user, String extensions) {
        client.ask("login", "{\"login\":\"" + user + "\",\"passwd\":\"1234\",\"sessid\":\"S-" + user + "\",\"extensions\":[" + extensions + "]}");
        client.received.clear();
    }
}
