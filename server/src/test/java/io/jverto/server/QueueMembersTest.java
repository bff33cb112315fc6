package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fifo.conf` in a server that runs.
class QueueMembersTest {
    @TempDir
    Path temp;

    @Test
    void membersOfTheConfigurationComeAndGoWithReloadsAndThoseOfTheCommandStay() throws IOException {
        ServerFolder folder = new ServerFolder(temp);
        write("<fifo name=\"desk\"><member timeout=\"20\">user/1000</member><member>user/1001</member></fifo>");
        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertThat(server.command("fifo count")).isEqualTo("desk:0:0:2:0:0\n");
            assertThat(server.command("fifo_member add desk user/1002")).isEqualTo("+OK\n");
            write("<fifo name=\"desk\"><member>user/1001</member></fifo><fifo name=\"shop\"><member>user/1000</member></fifo>");
            assertThat(server.command("reloadxml")).isEqualTo("+OK [Success]\n");

            assertThat(server.command("fifo count")).isEqualTo("desk:0:0:2:0:0\nshop:0:0:1:0:0\n");
            assertThat(server.command("fifo list desk")).contains("user/1001", "user/1002").doesNotContain("user/1000");
        } finally {
            server.stop();
        }
    }

    private void write(String fifos) throws IOException {
        Files.writeString(temp.resolve("conf/autoload_configs/fifo.conf.xml"),
                "<configuration name=\"fifo.conf\"><fifos>" + fifos + "</fifos></configuration>");
    }
}
