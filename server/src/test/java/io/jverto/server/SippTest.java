package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Calls of SIPp, whose stack nobody here wrote, with a real server over real sockets. What it says is in `resources/sipp`; the sound is sent and
/// measured by the test at the address that SIPp tells.
@Timeout(120)
class SippTest {
    private static final String DIALPLAN = """
            <extension name="tone"><condition field="destination_number" expression="^7440$">
              <action application="answer"/><action application="set" data="playback_terminators=#"/>
              <action application="playback" data="tone_stream://L=60;%(1000,0,440)"/><action application="hangup"/></condition></extension>
            <extension name="out"><condition field="destination_number" expression="^8(\\d+)$">
              <action application="bridge" data="sofia/gateway/bob/$1"/></condition></extension>
            """;

    /// Another address than the callers', who would be taken for it.
    private static final String PROVIDER = "127.0.0.2";

    @TempDir
    Path temp;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private int port;
    private int calleesPort;
    private RunningServer server;

    @BeforeEach
    void startsAServerWithAProfile() throws IOException {
        Sipp.assumeInstalled();
        ServerFolder folder = new ServerFolder(temp);
        calleesPort = UdpPorts.free(PROVIDER);
        Files.writeString(temp.resolve("conf/autoload_configs/sofia.conf.xml"), """
                <configuration name="sofia.conf"><profiles><profile name="phones">
                  <gateways><gateway name="bob"><param name="proxy" value="127.0.0.2:%d"/><param name="register" value="false"/></gateway></gateways>
                  <settings><param name="sip-ip" value="127.0.0.1"/><param name="sip-port" value="0"/><param name="context" value="public"/>
                    <param name="rtp-ip" value="127.0.0.1"/><param name="outbound-codec-prefs" value="pcmu"/></settings>
                </profile></profiles></configuration>
                """.formatted(calleesPort));
        Path dialplan = temp.resolve("conf/dialplan/default.xml");
        Files.writeString(dialplan, Files.readString(dialplan).replace("<context name=\"default\">", "<context name=\"default\">\n" + DIALPLAN));
        server = RunningServer.start(folder.options("pw"));
        port = Sipp.portOf(server);
    }

    @AfterEach
    void stopsAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        if (server != null) {
            server.stop();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    /// A caller, user 1000.
    private Sipp caller(String scenario, String number, String password, RtpPhone phone) throws IOException {
        return closing(new Sipp(temp, scenario, "127.0.0.1", phone.port(), "-s", number, "-au", "1000", "-ap", password, "-auth_uri", number + "@127.0.0.1:" + port,
                "127.0.0.1:" + port));
    }

    private Sipp callee(String scenario, RtpPhone phone) throws IOException {
        return closing(new Sipp(temp, scenario, PROVIDER, phone.port(), "-p", Integer.toString(calleesPort))).listening(calleesPort);
    }

    @Test
    void aCallerProvesWhoHeIsHearsAToneAndEndsItByADigit() throws Exception {
        RtpPhone phone = closing(new RtpPhone());
        Sipp caller = caller("caller", "7440", "pw", phone);
        phone.speakTo(caller.awaitMediaPort(), 0);

        assertThat(phone.hears(440)).isTrue();
        phone.press('#');

        assertThat(caller.exit()).as(caller::log).isZero();
    }

    @Test
    void soundGoesBothWaysThroughAGatewayAndADigitComesAsInfo() throws Exception {
        RtpPhone ada = closing(new RtpPhone());
        RtpPhone bob = closing(new RtpPhone());
        Sipp callee = callee("callee", bob);
        Sipp caller = caller("caller", "8123", "pw", ada);
        ada.speakTo(caller.awaitMediaPort(), 700);
        bob.speakTo(callee.awaitMediaPort(), 1_900);

        assertThat(bob.hears(700)).isTrue();
        assertThat(ada.hears(1_900)).isTrue();
        ada.press('5');

        assertThat(callee.exit()).as(callee::log).isZero();
        assertThat(caller.exit()).as(caller::log).isZero();
    }

    @Test
    void aCallerPutsTheServerOnHoldAndComesBack() throws Exception {
        Sipp caller = caller("caller-hold", "7440", "pw", closing(new RtpPhone()));

        assertThat(caller.exit()).as(caller::log).isZero();
    }

    @Test
    void aCallerWhoGivesUpIsCancelledAtTheGatewayToo() throws Exception {
        Sipp callee = callee("callee-cancel", closing(new RtpPhone()));
        Sipp caller = caller("caller-cancel", "8123", "pw", closing(new RtpPhone()));

        assertThat(caller.exit()).as(() -> caller.log() + callee.log()).isZero();
        assertThat(callee.exit()).as(callee::log).isZero();
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        Sipp caller = caller("caller-wrong", "7440", "guess", closing(new RtpPhone()));

        assertThat(caller.exit()).as(caller::log).isZero();
    }
}
