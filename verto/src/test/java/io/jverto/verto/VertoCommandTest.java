package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.verto.connect.PageHandler;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.verto.profile.VertoProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VertoCommandTest {
    private final VirtualTime time = new VirtualTime();
    private final VertoConfig config = VertoConfig.read(
            Config.profile(Config.param("bind-local", "127.0.0.1:8081"), Config.param("userauth", "true")), problem -> {
                throw new AssertionError(problem.toString());
            });
    private final VertoProfile profile = config.profiles().getFirst();
    private final VertoServer server = new VertoServer(
            config,
            new VertoServer.Environment(
                    new FakeSwitch(time), new EventChannels(), new Commands(), Config::directory, time, new Random(1), PageHandler.NONE));
    private final ApiCommand verto =
            server.commands().stream().filter(command -> command.name().equals("verto")).findFirst().orElseThrow();

    @Test
    void statusHasALineForEachListenerAndClient() {
        login();

        assertThat(verto.run("status")).isEqualTo(
                " ".repeat(21) + "Name\t   Type\t  " + " ".repeat(36) + "Data\tState\n"
                        + "=".repeat(98) + "\n"
                        + " ".repeat(18) + "default\tprofile\t  " + " ".repeat(23) + "ws:127.0.0.1:8081\tRUNNING\n"
                        + " ".repeat(7) + "default::1001@test\t client\t  " + " ".repeat(24) + "192.0.2.10:50123\tCONN_REG (WSS)\n"
                        + "=".repeat(98) + "\n"
                        + "1 profile , 1 client\n");
    }

    @Test
    void statusHasALineForAVhost(@TempDir Path folder) {
        VertoConfig served = VertoConfig.read(
                Config.profile(Config.param("bind-local", "127.0.0.1:8081"), Config.node("vhosts", List.of(Config.node(
                        "vhost",
                        List.of(Config.param("root", folder.toString()), Config.param("auth-realm", "r"), Config.param("auth-user", "web"), Config.param("auth-pass", "p")),
                        "domain", "pbx.test")))),
                problem -> {
                    throw new AssertionError(problem.toString());
                });
        VertoServer other = new VertoServer(
                served,
                new VertoServer.Environment(
                        new FakeSwitch(time), new EventChannels(), new Commands(), Config::directory, time, new Random(1), PageHandler.NONE));
        String status = other.commands().stream().filter(command -> command.name().equals("verto")).findFirst().orElseThrow().run("status");

        assertThat(status).contains("default::pbx.test\t  vhost\t").contains(folder + "\tAUTH (web)\n");
    }

    @Test
    void theSameAsXmlAndJson() {
        login();

        assertThat(verto.run("xmlstatus").replace("\n", ""))
                .isEqualTo("<profiles><profile><name>default</name><type>profile</type><data>ws:127.0.0.1:8081</data>"
                        + "<state>RUNNING</state></profile><client><profile>default</profile><name>1001@test</name>"
                        + "<type>client</type><data>192.0.2.10:50123</data><state>CONN_REG (WSS)</state></client></profiles>");
        assertThat(verto.run("jsonstatus").replaceAll("\\s", ""))
                .isEqualTo("{\"profiles\":[{\"name\":\"default\",\"id\":\"ws:127.0.0.1:8081\",\"type\":\"BASIC\","
                        + "\"state\":\"RUNNING\",\"users\":[]}]}");
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertThat(verto.run("")).startsWith("verto status");
        assertThat(verto.run("reload")).isEqualTo("Unknown Command [reload]\n");
        assertThat(verto.run("perm nobody methods echo")).isEqualTo("-ERR");
        assertThat(verto.run("perm")).isEqualTo("-ERR");
        login();
        assertThat(verto.run("perm S everything echo")).isEqualTo("-ERR");
        assertThat(verto.run("perm S methods echo")).isEqualTo("+OK");
    }

    @Test
    void howMuchIsLoggedCanBeChanged() {
        assertThat(verto.run("debug")).isEqualTo("Debug Level: 0\n");
        assertThat(verto.run("debug 3")).isEqualTo("Debug Level: 3\n");
        assertThat(verto.run("debug much")).isEqualTo("Debug Level: 3\n");
        assertThat(verto.run("debug 11")).isEqualTo("Debug Level: 10\n");
        assertThat(verto.run("debug-level")).isEqualTo("Debug Level: DEBUG\n");
        assertThat(verto.run("debug-level Warning")).isEqualTo("Debug Level: WARN\n");
        assertThat(verto.run("debug-level loud")).isEqualTo("Debug Level: WARN\n");
    }

    private void login() {
        TestClient client = TestClient.connect(server, profile, _ -> { }, () -> { });
        client.send("{\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"1001@test\",\"passwd\":\"1234\",\"sessid\":\"S\"},\"id\":1}");
        time.settle();
    }
}
