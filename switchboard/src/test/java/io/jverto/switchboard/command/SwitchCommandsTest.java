package io.jverto.switchboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.wire.jsonrpc.JsonText;
import org.junit.jupiter.api.Test;

class SwitchCommandsTest {
    private final TestSwitch pbx = new TestSwitch().actions("answer", "echo");

    @Test
    void showsAndKillsChannels() {
        TestClient caller = pbx.call("a", "9,1\t96");

        assertThat(run("show channels")).startsWith("uuid,direction,created,").contains("\na,inbound,").contains("\"9,1 96\"").endsWith("\n1 total.\n");
        assertThat(run("show channels count")).isEqualTo("\n1 total.\n");
        assertThat(run("show channels like 1000 as json")).startsWith("{\"row_count\":1,\"rows\":[{\"uuid\":\"a\"").contains("\"dest\":\"9,1\\u000996\"");
        assertThat(run("show channels like nobody count")).isEqualTo("\n0 total.\n");
        assertThat(run("uuid_exists a")).isEqualTo("true");
        assertThat(run("uuid_kill a USER_BUSY")).isEqualTo("+OK\n");
        pbx.time.settle();

        assertThat(caller.heard).last().isEqualTo("0 bye USER_BUSY");
        assertThat(run("uuid_kill a")).isEqualTo("-ERR No such channel!\n");
        assertThat(run("uuid_exists a")).isEqualTo("false");
        assertThat(run("show channels")).isEqualTo("\n0 total.\n");
    }

    @Test
    void tellsItsStatus() {
        pbx.advance(61_001);
        pbx.call("a", "1");

        assertThat(run("status")).startsWith("UP 0 years, 0 days, 0 hours, 1 minutes, 1 seconds, 1 milliseconds")
                .contains("1 session(s) since startup\n1 session(s) - peak 1, last 5min 1 \n"
                        + "1 session(s) per Sec out of max 0, peak 1, last 5min 1 \n1000 session(s) max\nmin idle cpu 0.00/")
                .containsPattern("/\\d+\\.\\d\\d\nCurrent Stack Size/Max \\d+K/\\d+K\n$");
        assertThat(run("hupall")).isEqualTo("+OK hangup all channels with cause MANAGER_REQUEST\n");
        pbx.time.settle();
        assertThat(pbx.board.channels().count()).isZero();
    }

    @Test
    void tellsItsStatusAsJson() {
        pbx.advance(61_001);
        pbx.call("a", "1");

        JsonObject status = pbx.commands.findJson("Status").orElseThrow().run(JsonObject.EMPTY, JsonObject.EMPTY);

        assertThat(JsonText.write(status))
                .startsWith("{\"systemStatus\":\"ready\",\"uptime\":{\"years\":0,\"days\":0,\"hours\":0,\"minutes\":1,\"seconds\":1,"
                        + "\"milliseconds\":1,\"microseconds\":0},\"version\":\"jverto ")
                .endsWith("\"sessions\":{\"count\":{\"total\":1,\"active\":1,\"peak\":1,\"limit\":1000}}}");
    }

    @Test
    void unknownAndMisusedCommandsSaySo() {
        assertThat(run("frobnicate x")).isEqualTo("-ERR frobnicate Command not found!\n");
        assertThat(run("")).startsWith("-ERR");
        assertThat(run("show")).startsWith("-USAGE");
        assertThat(run("uuid_kill")).startsWith("-USAGE");
    }

    @Test
    void s11OnlyHarmlessCommandsMayBeExpanded() {
        assertThat(pbx.commands.expandable("uuid_kill")).isEmpty();
        assertThat(pbx.commands.expandable("hupall")).isEmpty();
        assertThat(pbx.commands.expandable("originate")).isEmpty();
        assertThat(pbx.commands.expandable("bgapi")).isEmpty();
        assertThat(pbx.commands.expandable("uuid_setvar")).isEmpty();
        assertThat(pbx.commands.expandable("ECHO")).isPresent();
    }

    private String run(String line) {
        return pbx.commands.run(line);
    }
}
