package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.verto.Desk.Client;
import io.jverto.verto.count.VertoCount;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Attacks S8 to S11 of security.md on event channels and commands.
class EventSecurityTest {
    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"), Config.param("blind-reg", "true"));

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void s8BroadcastsThatComeTooFastAreRefused() {
        Client client = user("1001");
        String words = ".".repeat(100_000);

        String params = "{\"eventChannel\":\"demo\",\"localBroadcast\":true,\"data\":\"" + words + "\"}";
        for (int i = 0; i < 20; i++) {
            assertThat(client.ask("verto.broadcast", params)).contains("\"result\":{\"sessid\"");
        }
        assertThat(client.ask("verto.broadcast", params)).contains("\"result\":{\"message\":\"Too many broadcasts.\",\"code\":-32002,");
        assertThat(desk.server.counters().get(VertoCount.BROADCASTS_TOO_FAST)).isEqualTo(1);

        desk.time.advance(Duration.ofSeconds(1));
        assertThat(client.ask("verto.broadcast", params)).contains("\"result\":{\"sessid\"");
    }

    @Test
    void s9AClientThatDoesNotReadItsEventsIsClosedAndTheOthersHearThemAll() {
        Client slow = user("1001");
        Client other = user("1002");
        for (Client client : List.of(slow, other)) {
            client.ask("verto.subscribe", "{\"eventChannel\":\"presence\"}");
        }

        slow.stopReading();
        for (int i = 0; i < 100; i++) {
            desk.events.publish(event("presence.a", i));
        }
        desk.time.settle();

        assertThat(slow.closed).isTrue();
        assertThat(slow.received).isEmpty();
        assertThat(desk.server.counters().get(VertoCount.SLOW_CONSUMERS)).isEqualTo(1);
        assertThat(other.received).hasSize(100).last().asString().contains("\"data\":99,", "\"eventSerno\":99,");
    }

    @Test
    void s9EventsThatPileUpBehindARequestAreBounded() {
        Client client = user("1001");
        client.ask("verto.subscribe", "{\"eventChannel\":\"demo\"}");
        // The handler speaks while the broadcast is still being processed.
        desk.events.handler("demo", (from, channel, params) -> {
            for (int i = 0; i < 1_001; i++) {
                desk.events.publish(event("demo", i));
            }
        });

        client.say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"verto.broadcast\",\"params\":{\"eventChannel\":\"demo\"}}");

        assertThat(client.closed).isTrue();
    }

    @Test
    void s10OfMailboxesEverybodyHearsHisOwnAlone() {
        Client client = user("1001");

        assertThat(client.ask("verto.subscribe", "{\"eventChannel\":\"voicemail.1001@test\"}")).contains("\"subscribedChannels\"");
        for (String other : List.of("voicemail.1002@test", "voicemail", "voicemail.1001@test.a", "voicemail.", "VOICEMAIL.1001@test")) {
            assertThat(client.ask("verto.subscribe", "{\"eventChannel\":\"" + other + "\"}")).as(other).contains("\"unauthorizedChannels\"");
        }
        assertThat(client.ask("verto.broadcast", "{\"eventChannel\":\"voicemail.1001@test\",\"localBroadcast\":true,\"data\":1}")).contains("Permission Denied.");
        desk.events.publish(event("voicemail.1002@test", 1));
        desk.events.publish(event("voicemail.1001@test", 2));
        desk.time.settle();
        assertThat(client.received).singleElement().asString().contains("\"data\":2,");
    }

    /// Whatever the list and the permissions of the session: a channel is heard and spoken on exactly when one of them has it.
    @Test
    void s10NoChannelIsHeardOrSpokenOnBesideListAndPermissions() {
        Client client = user("1001");
        Client speaker = user("1019");
        ApiCommand verto = desk.server.commands().stream()
                .filter(command -> command.name().equals("verto"))
                .findFirst()
                .orElseThrow();
        List<String> names = List.of("demo", "demo.a", "DEMO.a", "demo.a.b", "demoX.a", "conference-chat.3500@test", ".", "demo.", "S-1019@test");
        Random random = new Random(7);
        for (int turn = 0; turn < 300; turn++) {
            String listed = names.get(random.nextInt(names.size()));
            String granted = names.get(random.nextInt(names.size()));
            String asked = names.get(random.nextInt(names.size()));
            assertThat(verto.run("noperm S-1001@test event_channels __ANY__")).isEqualTo("+OK");
            assertThat(verto.run("perm S-1001@test event_channels " + listed)).isEqualTo("+OK");
            desk.events.grant("S-1001@test", granted);

            boolean allowed = asked.equals(granted) || isListed(listed, asked);
            String where = "list " + listed + ", granted " + granted + ", asked " + asked;
            assertThat(client.ask("verto.subscribe", "{\"eventChannel\":\"" + asked + "\"}"))
                    .as(where)
                    .contains(allowed ? "\"subscribedChannels\":[\"" + asked + "\"]" : "\"error\":{\"unauthorizedChannels\"");
            assertThat(client.ask("verto.broadcast", "{\"eventChannel\":\"" + asked + "\"}").contains("Permission Denied."))
                    .as(where)
                    .isEqualTo(!allowed);
            client.received.clear();
            speaker.ask("verto.broadcast", "{\"eventChannel\":\"" + asked + "\",\"localBroadcast\":true,\"data\":1}");
            assertThat(client.received).as(where).hasSize(allowed ? 1 : 0);
            client.received.clear();
            client.ask("verto.unsubscribe", "{\"eventChannel\":\"" + asked + "\"}");
            desk.events.revoke("S-1001@test", granted);
        }
    }

    @Test
    void s10AGuestHearsWhatIsNotPublicOnlyWithAPermission() {
        Client guest = user("guest7");
        guest.ask("verto.subscribe", "{\"eventChannel\":\"conference-chat.3500@test\"}");
        JsonObject hidden = new JsonObjectBuilder()
                .put("eventChannel", "conference-chat.3500@test")
                .put("contentVisibility", "members")
                .build();

        desk.events.publish(hidden);
        assertThat(guest.received).isEmpty();

        desk.events.grant("S-guest7@test", "conference-chat.3500@test");
        desk.events.publish(hidden);
        assertThat(guest.received).hasSize(1);
    }

    @Test
    void s10NoClientSpeaksAsTheServerToOtherClients() {
        Client victim = user("1001");
        victim.ask("verto.subscribe", "{\"eventChannel\":\"presence\"}");
        Client rogue = user("1019");
        desk.events.handler("conference-liveArray", (from, channel, params) -> { });

        for (String channel : List.of("presence", "presence.1001@test", "FSevent.custom", "conference-liveArray.3500@test")) {
            assertThat(rogue.ask("verto.broadcast", "{\"eventChannel\":\"" + channel + "\",\"localBroadcast\":true,\"data\":1}"))
                    .contains("Permission Denied.");
        }
        assertThat(victim.received).isEmpty();
    }

    private Client user(String name) {
        Client client = desk.connect();
        assertThat(client.login(name + "@test")).contains("logged in");
        return client;
    }

    private static boolean isListed(String list, String channel) {
        String lower = channel.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        String listed = list.toLowerCase(Locale.ROOT);
        return listed.equals(lower) || (dot > 0 && listed.equals(lower.substring(0, dot)));
    }

    private static JsonObject event(String channel, int data) {
        return new JsonObjectBuilder().put("data", data).put("eventChannel", channel).build();
    }
}
