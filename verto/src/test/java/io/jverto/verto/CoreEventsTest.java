package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.testkit.client.VertoTestClient;
import io.jverto.verto.count.VertoCount;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `FSevent` over real sockets: who may hear it, and what is said of connections and logins (verto-wire.md sections 8.7 and 11.5).
class CoreEventsTest {
    @Test
    void connectionsAndLoginsAreTold() {
        try (LiveServer live = on();
                VertoTestClient watcher = client(live, "1019")) {
            subscribe(watcher, "FSevent");

            try (VertoTestClient client = connect(live)) {
                client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"sessid\":\"S\"}}");
                client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"login\",\"params\":{\"login\":\"1001@test\",\"passwd\":\"no\"}}");
                client.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"login\",\"params\":{\"login\":\"1001@test\",\"passwd\":\"1234\",\"sessid\":\"S\"}}");
                JsonObject connect = event(watcher);
                assertThat(connect.string("eventChannel")).hasValue("FSevent.custom::verto::client_connect");
                assertThat(data(connect, "verto_profile_name")).isEqualTo("default");
                assertThat(data(connect, "verto_client_address")).matches("127\\.0\\.0\\.1:[0-9]+");

                JsonObject refused = event(watcher);
                assertThat(refused.string("eventChannel")).hasValue("FSevent.custom::verto::login");
                assertThat(data(refused, "verto_login") + data(refused, "verto_success") + data(refused, "verto_result_txt"))
                        .isEqualTo("1001@test0Authentication Failure");
                JsonObject accepted = event(watcher);
                assertThat(data(accepted, "verto_sessid") + data(accepted, "verto_success") + data(accepted, "verto_result_txt"))
                        .isEqualTo("S1Logged in");
                client.vanish();
            }

            JsonObject gone = event(watcher);
            assertThat(gone.string("eventChannel")).hasValue("FSevent.custom::verto::client_disconnect");
            assertThat(data(gone, "verto_login")).isEqualTo("1001@test");
        }
    }

    @Test
    void itNeedsBothTheSettingAndAPlaceInTheList() {
        try (LiveServer live = on();
                VertoTestClient client = client(live, "1001")) {
            assertThat(subscribe(client, "FSevent")).contains("unauthorizedChannels");
            permit(live, "1001");
            assertThat(subscribe(client, "FSevent.channel_create")).contains("subscribedChannels");
        }
        try (LiveServer live = new LiveServer();
                VertoTestClient client = client(live, "1001")) {
            permit(live, "1001");
            assertThat(subscribe(client, "FSevent")).contains("unauthorizedChannels");
        }
    }

    @Test
    void aClientsCommandToItsCallIsToldAndItsLengthBounded() {
        try (LiveServer live = on();
                VertoTestClient watcher = client(live, "1019");
                VertoTestClient client = client(live, "1001")) {
            subscribe(watcher, "FSevent.command");
            client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"verto.invite\",\"params\":{\"sdp\":\"v=0\",\"dialogParams\":"
                    + "{\"callID\":\"C\",\"destination_number\":\"9196\"}}}");
            client.awaitMethod("verto.answer");

            command(client, "\"" + "x".repeat(9_000) + "\"");
            command(client, "{\"a\":1}");

            JsonObject told = event(watcher);
            assertThat(told.string("eventChannel")).hasValue("FSevent.command");
            assertThat(data(told, "Unique-ID") + " " + data(told, "source") + " " + data(told, "content-type") + " " + data(told, "_body"))
                    .isEqualTo("C verto text/json {\"a\":1}");
            assertThat(live.server.counters().get(VertoCount.COMMANDS_UNUSED)).isEqualTo(1);
        }
    }

    private static void command(VertoTestClient client, String command) {
        client.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"verto.info\",\"params\":{\"command\":" + command
                + ",\"dialogParams\":{\"callID\":\"C\"}}}");
    }

    private static LiveServer on() {
        return new LiveServer(List.of(Config.param("enable-fs-events", "true")));
    }

    private static void permit(LiveServer live, String user) {
        ApiCommand verto = live.server.commands().stream().filter(command -> command.name().equals("verto")).findFirst().orElseThrow();
        assertThat(verto.run("perm S-" + user + " event_channels FSevent")).isEqualTo("+OK");
    }

    private static VertoTestClient connect(LiveServer live) {
        return VertoTestClient.connect(URI.create("ws://localhost:" + live.plain().getPort()));
    }

    private static VertoTestClient client(LiveServer live, String user) {
        VertoTestClient client = connect(live);
        client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"" + user + "\",\"passwd\":\"1234\",\"sessid\":\"S-"
                + user + "\"}}");
        client.awaitMethod("verto.clientReady");
        return client;
    }

    private static String subscribe(VertoTestClient client, String channel) {
        client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"verto.subscribe\",\"params\":{\"eventChannel\":\"" + channel + "\"}}");
        return client.next();
    }

    private static JsonObject event(VertoTestClient client) {
        return client.awaitMethod("verto.event").object("params").orElseThrow();
    }

    private static String data(JsonObject event, String key) {
        return Optional.of(event).flatMap(params -> params.object("data")).flatMap(data -> data.string(key)).orElse("");
    }
}
