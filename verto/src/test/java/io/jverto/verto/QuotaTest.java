package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.Cause;
import io.jverto.verto.Desk.Client;
import io.jverto.verto.count.VertoCount;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Attacks S8 and S39: what one logged-in client can make the server hold, and send to others.
class QuotaTest {
    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"));
    private final Client client = desk.connect();

    @BeforeEach
    void login() {
        assertThat(client.login("1019@test")).contains("logged in");
    }

    @AfterEach
    void close() {
        assertThat(desk.server.counters().get(VertoCount.BUGS)).isZero();
        desk.close();
    }

    @Test
    void s39ASessionHasAHundredCallsAndGetsPlaceBackWhenOneEnds() {
        for (int i = 0; i < 100; i++) {
            assertThat(invite("c" + i)).contains("CALL CREATED");
        }
        assertThat(invite("one more")).contains("\"causeCode\":42,\"cause\":\"SWITCH_CONGESTION\"");
        assertThat(desk.calls.live()).isEqualTo(100);

        assertThat(client.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"c7\"}}")).contains("CALL ENDED");
        assertThat(invite("one more")).contains("CALL CREATED");
        assertThat(invite("and another")).contains("SWITCH_CONGESTION");
    }

    @Test
    void s39TheSameCallManyTimesIsOneCall() {
        assertThat(invite("c")).contains("CALL CREATED");
        for (int i = 0; i < 1_000; i++) {
            assertThat(invite("c")).contains("DESTINATION_OUT_OF_ORDER");
        }

        assertThat(desk.calls.admitted).hasSize(1);
        assertThat(client.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"c\"}}")).contains("CALL ENDED");
        assertThat(desk.calls.ends).containsExactly("c " + Cause.NORMAL_CLEARING);
    }

    @Test
    void s39AMillionSubscriptionsAreFiveHundred() {
        int subscribed = 0;
        for (int round = 0; round < 20; round++) {
            int first = round * 5_000;
            String channels = IntStream.range(first, first + 5_000).mapToObj(i -> "\"demo." + i + "\"").collect(Collectors.joining(","));
            String reply = client.ask("verto.subscribe", "{\"eventChannel\":[" + channels + "]}");
            int listed = reply.indexOf("\"subscribedChannels\"");
            int refused = reply.indexOf("\"unauthorizedChannels\"");
            subscribed += listed < 0 ? 0 : reply.substring(listed, refused < listed ? reply.length() : refused).split("\"demo\\.").length - 1;
        }

        assertThat(subscribed).isEqualTo(512);
        assertThat(client.ask("verto.ping", "{}")).contains("PONG");
    }

    @Test
    void s39AStormOfMediaUpdatesIsRefusedAndTheCallGoesOn() {
        client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"c\",\"destination_number\":\"9196\"}}");
        client.received.clear();
        String update = "{\"action\":\"updateMedia\",\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"c\"}}";
        int updated = 0;
        for (int i = 0; i < 500; i++) {
            updated += client.ask("verto.modify", update).contains("\"sdp\":") ? 1 : 0;
        }

        assertThat(updated).isEqualTo(20);
        assertThat(desk.server.counters().get(VertoCount.UPDATES_TOO_FAST)).isEqualTo(480);
        assertThat(client.ask("verto.modify", update)).contains("Too many media updates.");
        assertThat(desk.calls.ends).isEmpty();

        desk.time.advance(Duration.ofSeconds(1));
        assertThat(client.ask("verto.modify", update)).contains("\"sdp\":");
    }

    /// Presence of them would go to everybody who hears it.
    @Test
    void s8CallsThatComeAndGoTooFastAreRefused() {
        int placed = 0;
        for (int i = 0; i < 1_100; i++) {
            placed += invite("c" + i).contains("CALL CREATED") ? 1 : 0;
            client.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"c" + i + "\"}}");
        }

        assertThat(placed).isEqualTo(1_000);
        assertThat(invite("late")).contains("\"detail\":\"Too many calls\"", "SWITCH_CONGESTION");
        desk.time.advance(Duration.ofSeconds(1));
        assertThat(invite("later")).contains("CALL CREATED");
    }

    @Test
    void s8HoldsThatComeTooFastAreRefusedAndTheCallStaysAsItIs() {
        client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"c\",\"destination_number\":\"9196\"}}");
        client.received.clear();
        String toggle = "{\"action\":\"toggleHold\",\"dialogParams\":{\"callID\":\"c\"}}";
        int toggled = 0;
        for (int i = 0; i < 100; i++) {
            toggled += client.ask("verto.modify", toggle).contains("\"result\"") ? 1 : 0;
        }

        assertThat(toggled).isEqualTo(50);
        assertThat(client.ask("verto.modify", toggle)).contains("Too many holds.", "\"holdState\":\"active\"");
        desk.time.advance(Duration.ofSeconds(1));
        assertThat(client.ask("verto.modify", toggle)).contains("\"holdState\":\"held\"");
    }

    @Test
    void s8AnEchoIsNotMuchLongerThanWhatItAnswers() {
        String batch = IntStream.range(0, 100)
                .mapToObj(i -> "{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"echo\",\"params\":{\"echoParams\":true,\"x\":\"" + "y".repeat(5_000) + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));

        client.say(batch);

        assertThat(client.received).hasSize(1);
        assertThat(client.received.remove().length()).isLessThan(3 * batch.length());
    }

    private String invite(String callId) {
        return client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"" + callId + "\",\"destination_number\":\"9100\"}}");
    }
}
