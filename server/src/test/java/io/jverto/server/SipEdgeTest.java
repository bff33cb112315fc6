package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.server.startup.CannotStart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SipEdgeTest {
    @TempDir
    Path temp;

    private ServerFolder folder;

    @BeforeEach
    void copiesTheTreeThatComesAlong() throws IOException {
        folder = new ServerFolder(temp);
        folder.set("sip_ip", "127.0.0.1");
    }

    @Test
    void sipIsOffInTheTreeThatComesAlong() {
        RunningServer server = RunningServer.start(folder.options(null));
        try {
            assertThat(server.command("sofia status")).contains("0 profiles 0 aliases");
        } finally {
            server.stop();
        }
    }

    @Test
    void bothProfilesThatComeAlongAreUsedWithoutAnyProblem() throws IOException {
        folder.set("sip_profiles", "internal,external");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        int result = new CommandLine(new Check(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .execute("--conf", temp.resolve("conf").toString(), "--data", temp.resolve("data").toString());

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("0 errors, 0 warnings, 0 not supported");
        assertThat(result).isZero();
    }

    @Test
    void profilesRunAndCanBeStoppedAndStarted() throws IOException {
        folder.set("sip_profiles", "internal,external");
        folder.set("internal_sip_port", 0);
        folder.set("external_sip_port", 0);
        RunningServer server = RunningServer.start(folder.options(null));
        try {
            assertThat(server.command("sofia status")).containsPattern("internal\\s+profile\\s+sip:jverto@[0-9.:]+\\s+RUNNING \\(0\\)").contains("2 profiles");
            assertThat(server.command("sofia xmlstatus")).contains("<name>external</name>");
            assertThat(server.command("sofia status profile internal")).containsPattern("AUTH-CALLS +\ttrue").containsPattern("REGISTRATIONS +\t0");
            assertThat(server.command("sofia status gateway nobody")).isEqualTo("Invalid Gateway!\n");
            assertThat(server.command("sofia_contact 1000@pbx.test")).isEqualTo("error/user_not_registered");
            assertThat(server.command("show registrations")).contains("0 total.");
            assertThat(server.command("sofia profile external stop")).startsWith("+OK");
            assertThat(server.command("sofia status")).contains("1 profile ");
            assertThat(server.command("sofia profile external start")).startsWith("+OK");
            assertThat(server.command("sofia profile internal restart reloadxml")).startsWith("+OK");
            assertThat(server.command("sofia profile internal rescan")).startsWith("+OK scan complete: 0 gateways");
            assertThat(server.command("sofia profile nobody rescan")).startsWith("-ERR");
        } finally {
            server.stop();
        }
    }

    @Test
    void tlsHasTheServersOwnCertificateAndWebSocketsArePortsOfTheirOwn() throws IOException {
        folder.set("sip_profiles", "internal");
        folder.set("internal_sip_port", 0);
        Path profile = temp.resolve("conf/sip_profiles/internal.xml");
        Files.writeString(profile, Files.readString(profile)
                .replace("name=\"tls\" value=\"false\"", "name=\"tls\" value=\"true\"").replace("value=\"5061\"", "value=\"0\"")
                .replace("<!-- <param name=\"ws-binding\" value=\"127.0.0.1:5066\"/> -->", "<param name=\"ws-binding\" value=\"127.0.0.1:0\"/>")
                .replace("<!-- <param name=\"wss-binding\" value=\":7443\"/> -->", "<param name=\"wss-binding\" value=\":0\"/>"));
        RunningServer server = RunningServer.start(folder.options(null));
        try {
            assertThat(server.command("sofia status")).contains("RUNNING (0) (TLS)", "RUNNING (0) (WS)", "RUNNING (0) (WSS)", ";transport=tls");
        } finally {
            server.stop();
        }
    }

    @Test
    void aPortInUseStopsTheStartWithOneClearError() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            folder.set("sip_profiles", "internal");
            folder.set("internal_sip_port", taken.getLocalPort());

            assertThatThrownBy(() -> RunningServer.start(folder.options(null))).isInstanceOf(CannotStart.class)
                    .hasMessageContaining("SIP profile internal cannot listen at 127.0.0.1:" + taken.getLocalPort() + " over UDP");
        }
    }
}
