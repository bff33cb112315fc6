package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.verto.Desk.Client;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Attacks S11 and S12 where a client's words become a call of the switch: whatever stands in them, the call has the variables that
/// it has anyway, and the words arrive as they are. What the switch then does with them is in its `InjectionTest`.
class ClientWordsTest {
    private static final List<String> PIECES = List.of("${", "$${", "}", "{", "[", "]", "<", ">", ",", "|", "^^:", ":_:", "'", "\\", "\\,", "=", "a=b",
            "hangup_after_bridge=true", "${system(touch x)}", "$1", "\n", "\r\n", "\u0000", "\u001b[2J", "\u2028", "\u202e", "@", "/", "user/1001", "&", "+",
            "flags{moderator}", "%0a", ";", "\"", "é", " ", "x");
    private static final Set<String> ALWAYS = Set.of("jsock_uuid_str", "event_channel_cookie", "verto_client_address", "verto_profile_name",
            "chat_proto", "verto_user", "presence_id", "verto_host", "user_name", "domain_name", "toll_allow");
    private static final Set<String> SOMETIMES = Set.of("verto_remote_caller_id_name", "verto_remote_caller_id_number");

    private final Random random = new Random(12);
    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"));

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void s12NoVariableIsMadeByWhatAClientWritesIntoItsCall() {
        Client client = desk.connect();
        client.login("1001@test");
        for (int turn = 0; turn < 1_000; turn++) {
            desk.calls.admitted.clear();
            String name = hostile();
            JsonObject dialog = new JsonObjectBuilder()
                    .put("callID", "c" + turn + hostile())
                    .put("destination_number", "9182" + hostile())
                    .put("caller_id_name", "n" + hostile())
                    .put("caller_id_number", hostile())
                    .put("remote_caller_id_name", hostile())
                    .put("remote_caller_id_number", hostile())
                    .put("callee_id_name", hostile())
                    .put("ani", hostile())
                    .put("aniii", hostile())
                    .put("rdnis", hostile())
                    .put("screenShare", false)
                    .put("userVariables", new JsonObjectBuilder().put(name, hostile()).put("plain", "${plain}").build())
                    .build();

            assertThat(client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":" + JsonText.write(dialog) + "}")).contains("CALL CREATED");
            client.received.clear();

            IncomingCall call = desk.calls.admitted.getFirst();
            Set<String> made = new TreeSet<>(call.variables().keySet());
            made.removeAll(ALWAYS);
            made.removeAll(SOMETIMES);
            assertThat(made.remove("verto_dvar_plain")).isTrue();
            assertThat(made).as(name).allMatch(found -> found.equals("verto_dvar_" + name) && name.matches("[A-Za-z0-9_.-]+"));
            assertThat(call.variables()).containsEntry("verto_dvar_plain", "${plain}").containsEntry("verto_user", "1001@test");
            assertThat(call.caller().destination()).isEqualTo(clean(dialog.string("destination_number").orElseThrow()));
            assertThat(call.caller().callerName()).isEqualTo(clean(dialog.string("caller_id_name").orElseThrow()));
            assertThat(call.caller().context()).isEqualTo("default");
            desk.calls.find(call.id()).ifPresent(channel -> channel.hangup(Cause.NORMAL_CLEARING, true));
            desk.time.settle();
        }
    }

    @Test
    void s12NoVariableIsMadeByTheWordsOfALogin() {
        for (int turn = 0; turn < 200; turn++) {
            desk.calls.admitted.clear();
            String name = hostile();
            String value = hostile();
            JsonObject login = new JsonObjectBuilder()
                    .put("login", "1001@test")
                    .put("passwd", "1234")
                    .put("sessid", "s" + hostile())
                    .put("userVariables", new JsonObjectBuilder().put(name, value).put("device", value).build())
                    .put("loginParams", new JsonObjectBuilder().put(name, value).build())
                    .build();
            Client client = desk.connect();
            assertThat(client.ask("login", JsonText.write(login))).contains("logged in");
            client.received.clear();
            client.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C" + turn + "\",\"destination_number\":\"9182\"}}");

            IncomingCall call = desk.calls.admitted.getFirst();
            Set<String> made = new TreeSet<>(call.variables().keySet());
            made.removeAll(ALWAYS);
            assertThat(made.remove("device")).isEqualTo(!value.isEmpty());
            assertThat(made).as(name).allMatch(found -> found.equals(name) && name.matches("[A-Za-z][A-Za-z0-9_.-]*"));
            client.vanish();
        }
    }

    /// A message says who wrote it, whatever its writer puts into it.
    @Test
    void s12AMessageIsFromWhoIsLoggedIn() {
        Client reader = desk.connect();
        reader.login("1002@test");
        Client writer = desk.connect();
        writer.login("1001@test");
        for (int turn = 0; turn < 100; turn++) {
            String body = "x" + hostile();
            JsonObject message = new JsonObjectBuilder()
                    .put("to", "1002@test")
                    .put("body", body)
                    .put("from", "1000@test")
                    .put("from_user", "1000")
                    .put("from_host", "elsewhere")
                    .put("from_full", hostile())
                    .put("method", "verto.punt")
                    .build();

            assertThat(writer.ask("verto.info", "{\"msg\":" + JsonText.write(message) + "}")).contains("SENT");

            JsonObject frame = JsonText.parse(reader.received.remove()).orElseThrow().asObject().orElseThrow();
            JsonObject got = frame.object("params").orElseThrow().object("msg").orElseThrow();
            assertThat(frame.string("method")).contains("verto.info");
            assertThat(got.string("from")).contains("1001@test");
            assertThat(got.string("from_user")).contains("1001");
            assertThat(got.string("from_host")).contains("test");
            // Line ends and tabs mean something in a text.
            assertThat(got.string("body")).contains(body.replaceAll("[\\x00-\\x1f\\x7f-\\x9f&&[^\n\r\t]]", ""));
        }
    }

    private String hostile() {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String clean(String text) {
        return text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "");
    }
}
