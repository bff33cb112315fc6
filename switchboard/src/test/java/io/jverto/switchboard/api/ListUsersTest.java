package io.jverto.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestSwitch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListUsersTest {
    private static final String HEADER = "userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number\n";
    private static final String ADA = "1000|default|example.org||error/user_not_registered||Ada|1000\n";
    private static final String BOB = "1001|guests|example.org||error/user_not_registered|x||\n";

    private final TestSwitch pbx = new TestSwitch();

    @BeforeEach
    void hasUsers() {
        pbx.directory("""
                <user id="1000"><variables><variable name="user_context" value="default"/><variable name="effective_caller_id_name" value="Ada"/>
                  <variable name="effective_caller_id_number" value="1000"/></variables></user>
                <user id="1001"><variables><variable name="user_context" value="guests"/><variable name="callgroup" value="x"/></variables></user>
                """);
    }

    @Test
    void everybodyIsARow() {
        assertThat(pbx.commands.run("list_users")).isEqualTo(HEADER + ADA + BOB + "\n+OK\n");
    }

    @Test
    void somebodyCanBeAskedFor() {
        assertThat(pbx.commands.run("list_users user 1001")).isEqualTo(HEADER + BOB + "\n+OK\n");
        assertThat(pbx.commands.run("list_users context default domain EXAMPLE.org")).isEqualTo(HEADER + ADA + "\n+OK\n");
        assertThat(pbx.commands.run("list_users group nobody")).isEqualTo(HEADER + "\n+OK\n");
        assertThat(pbx.commands.run("list_users domain elsewhere")).isEqualTo(HEADER + "\n+OK\n");
        assertThat(pbx.commands.run("list_users colour red")).startsWith("-USAGE:");
        assertThat(pbx.commands.run("list_users user")).startsWith("-USAGE:");
    }
}
