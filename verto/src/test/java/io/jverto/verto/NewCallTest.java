package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.verto.Desk.Client;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A client's call as the switch gets it.
class NewCallTest {
    private static final String DIALOG = "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"C\",\"destination_number\":\"3000\"%s}}";

    @Test
    void namesComeFromTheClientElseFromTheDirectory() {
        IncomingCall plain = call("", "user_context", "inside");
        IncomingCall named = call(",\"caller_id_name\":\"Ada\",\"caller_id_number\":\"7\",\"remote_caller_id_number\":\"3000\"");

        assertThat(plain.caller().callerName()).isEqualTo("Directory Ada");
        assertThat(plain.caller().callerNumber()).isEqualTo("2101");
        assertThat(named.caller().callerName()).isEqualTo("Ada");
        assertThat(named.caller().ani()).isEqualTo("7");
        assertThat(named.caller().calleeNumber()).isEqualTo("3000");
        assertThat(named.caller().channelName()).isEqualTo("verto.rtc/3000");
        assertThat(named.caller().networkAddress()).isEqualTo("192.0.2.10");
        assertThat(named.caller().username()).isEqualTo("ada@test");
        assertThat(named.codecs()).isEqualTo("opus,pcmu");
    }

    @Test
    void theContextIsTheUsersThenTheParamsThenTheProfiles() {
        assertThat(call("", "user_context", "inside").caller().context()).isEqualTo("inside");
        assertThat(call("").caller().context()).isEqualTo("from-param");
    }

    @Test
    void theDialplanIsTheUsersThenTheProfiles() {
        List<ConfigNode> profile = List.of(Config.param("dialplan", "XML:dialplan/night.xml"));

        assertThat(call(desk(List.of(), List.of(Config.param("verto-dialplan", "inline")), profile), "").caller().dialplan()).isEqualTo("inline");
        assertThat(call(desk(List.of(), List.of(), profile), "").caller().dialplan()).isEqualTo("XML:dialplan/night.xml");
        assertThat(call("").caller().dialplan()).isEqualTo("XML");
    }

    @Test
    void variablesOfTheDirectoryWinAndIdentityWinsOverAll() {
        IncomingCall call = call(
                ",\"userVariables\":{\"email\":\"a@b\",\"a b{x}\":\"no\"},\"audio\":false,\"screenShare\":true",
                "tenant", "east", "verto_user", "forged");

        assertThat(call.variables())
                .containsEntry("tenant", "east")
                .containsEntry("device", "kiosk")
                .containsEntry("verto_user", "ada@test")
                .containsEntry("presence_id", "ada@test")
                .containsEntry("domain_name", "test")
                .containsEntry("jsock_uuid_str", "S")
                .containsEntry("verto_client_address", "192.0.2.10:50123")
                .containsEntry("verto_dvar_email", "a@b")
                .containsEntry("verto_echoCancellation", "false")
                .containsEntry("video_screen_share", "true")
                .doesNotContainKeys("verto_dvar_a b{x}", "api_hangup_hook");
    }

    @Test
    void aUserIsFoundByNameAndBySession() {
        try (Desk desk = desk()) {
            ApiCommand contact = command(desk, "verto_contact");
            assertThat(contact.run("ada@test")).isEqualTo("error/user_not_registered");

            login(desk.connect());

            assertThat(contact.run("ada@test")).isEqualTo("verto.rtc/u:S");
            assertThat(contact.run("ADA")).isEqualTo("verto.rtc/u:S");
            assertThat(contact.run("")).isEqualTo("error/user_not_registered");
            assertThat(command(desk, "verto").run("status")).contains("0 profiles , 1 client");
            assertThat(command(desk, "verto").run("dance")).isEqualTo("Unknown Command [dance]\n");
        }
    }

    private static IncomingCall call(String more, String... variables) {
        return call(desk(variables), more);
    }

    private static IncomingCall call(Desk desk, String more) {
        try (desk) {
            Client client = desk.connect();
            login(client);
            assertThat(client.ask("verto.invite", DIALOG.formatted(more))).contains("CALL CREATED");
            return desk.calls.admitted.getFirst();
        }
    }

    private static void login(Client client) {
        assertThat(client.ask(
                        "login",
                        "{\"login\":\"ada@test\",\"passwd\":\"1234\",\"sessid\":\"S\",\"userVariables\":"
                                + "{\"tenant\":\"forged\",\"device\":\"kiosk\",\"api_hangup_hook\":\"x\"}}"))
                .contains("logged in");
        client.received.clear();
    }

    private static ApiCommand command(Desk desk, String name) {
        return desk.server.commands().stream().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
    }

    private static Desk desk(String... variables) {
        List<ConfigNode> list = new java.util.ArrayList<>();
        for (int i = 0; i < variables.length; i += 2) {
            list.add(Config.variable(variables[i], variables[i + 1]));
        }
        return desk(list, List.of(), List.of());
    }

    /// @param variables of the user
    /// @param params of the user, beside those that every test has
    /// @param settings of the profile, beside those that every test has
    private static Desk desk(List<ConfigNode> variables, List<ConfigNode> params, List<ConfigNode> settings) {
        List<ConfigNode> all = new java.util.ArrayList<>(params);
        all.addAll(List.of(
                Config.param("password", "1234"),
                Config.param("jsonrpc-allowed-methods", "verto"),
                Config.param("verto-context", "from-param"),
                Config.param("caller-id-name", "Directory Ada"),
                Config.param("caller-id-number", "2101")));
        ConfigNode user = Config.node("user", List.of(Config.node("params", all), Config.node("variables", variables)), "id", "ada");
        ConfigNode domain = Config.node("domain", List.of(Config.node("users", List.of(user))), "name", "test");
        Directory directory = Directory.read(Config.node("section", List.of(domain), "name", "directory"), _ -> { });
        return new Desk(directory, Stream.concat(
                settings.stream(), Stream.of(Config.param("userauth", "true"), Config.param("outbound-codec-string", "opus,pcmu"))).toArray(ConfigNode[]::new));
    }
}
