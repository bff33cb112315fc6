package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real server and a provider whose registrar and proxy is Kamailio: the gateway registers there, and calls of both directions go through it, to and from
/// a telephone that SIPp plays.
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class KamailioTest {
    private static final String PHONE = "127.0.0.4";
    /// What goes through the proxy carries its Via.
    private static final String THROUGH = "Via: SIP/2.0/UDP " + Kamailio.ADDRESS;
    private static final String DIALPLAN = """
            <extension name="echo"><condition field="destination_number" expression="^7441$">
              <action application="ring_ready"/><action application="answer"/><action application="echo"/></condition></extension>
            """;

    @TempDir
    static Path temp;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private int phonesPort;
    private Kamailio kamailio;
    private RunningServer server;

    @BeforeAll
    void startsBoth() throws IOException {
        Sipp.assumeInstalled();
        Kamailio.assumeInstalled();
        phonesPort = UdpPorts.free(PHONE);
        kamailio = new Kamailio(temp, PHONE + ":" + phonesPort);
        ServerFolder folder = new ServerFolder(temp);
        folder.sipProfile("""
                <gateway name="provider"><param name="proxy" value="%1$s"/><param name="realm" value="%2$s"/><param name="username" value="%3$s"/>
                  <param name="password" value="%4$s"/><param name="extension" value="7441"/><param name="context" value="default"/></gateway>
                <gateway name="forgetful"><param name="proxy" value="%1$s"/><param name="realm" value="%2$s"/><param name="username" value="%3$s"/>
                  <param name="password" value="guess"/></gateway>
                """.formatted(Kamailio.ADDRESS + ":" + kamailio.port, Kamailio.REALM, Kamailio.USER, Kamailio.PASSWORD));
        folder.extensions(DIALPLAN);
        server = RunningServer.start(folder.options("pw"));
        Asking.until(server, "sofia status gateway provider", status -> status.contains("REGED"));
    }

    @AfterEach
    void endsTheCalls() throws Exception {
        Asking.endCalls(server, opened);
    }

    @AfterAll
    void stopsBoth() throws Exception {
        if (server != null) {
            server.stop();
        }
        if (kamailio != null) {
            kamailio.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    private Sipp phone(SippScenario scenario, RtpPhone sound) throws IOException {
        return closing(new Sipp(temp, scenario.in(temp), PHONE, sound.port(), "-p", Integer.toString(phonesPort), Kamailio.ADDRESS + ":" + kamailio.port)).listening(phonesPort);
    }

    /// A telephone that rings and answers.
    private static SippScenario bob() {
        return SippScenario.callee("bob").asked("INVITE", THROUGH, "Record-Route: <sip:" + Kamailio.ADDRESS).says(180).answers();
    }

    @Test
    void aGatewayRegistersWithDigestAndAnotherWhosePasswordIsWrongDoesNot() {
        assertThat(Asking.until(server, "sofia status gateway provider", status -> status.contains("REGED"))).containsPattern("Status\\s+UP");
        Asking.until(server, "sofia status gateway forgetful", status -> status.contains("FAIL_WAIT"));
    }

    @Test
    void aCallOutHasSoundBothWaysIsHeldAndEndsThroughTheProxy() throws Exception {
        RtpPhone sound = closing(new RtpPhone());
        Sipp phone = phone(bob().asked("INVITE", THROUGH, "a=sendonly").says(200, "", SippScenario.sdp("recvonly")).asked("ACK", THROUGH)
                .asked("INVITE", THROUGH, "a=sendrecv").says(200, "", SippScenario.sdp()).asked("ACK", THROUGH).asked("BYE", THROUGH).says(200), sound);
        server.command("bgapi originate {origination_uuid=out}sofia/gateway/provider/bob &echo");
        sound.speakTo(phone.awaitMediaPort(), 700);
        assertThat(sound.hears(700)).isTrue();

        server.command("uuid_hold out");
        phone.awaitMessage("a=recvonly");
        server.command("uuid_hold off out");
        phone.awaitMessage("CSeq: 4 ACK");
        assertThat(sound.hears(700)).isTrue();
        server.command("uuid_kill out");

        assertThat(phone.exit()).as(phone::log).isZero();
    }

    @Test
    void theTelephonesHoldAndByeComeThroughTheProxyToo() throws Exception {
        Sipp phone = phone(bob().sends("INVITE", "", SippScenario.sdp("sendonly")).mayGet(100).getsWith(200, "a=recvonly").sends("ACK").hangsUp(), closing(new RtpPhone()));
        server.command("bgapi originate {origination_uuid=held}sofia/gateway/provider/bob &echo");

        assertThat(phone.exit()).as(phone::log).isZero();
    }

    @Test
    void aCallInComesToTheExtensionAndHasSoundAndAHold() throws Exception {
        RtpPhone sound = closing(new RtpPhone());
        SippScenario script = SippScenario.caller("carol", Kamailio.USER).sends("INVITE", "", SippScenario.sdp()).answered()
                .sends("INVITE", "", SippScenario.sdp("sendonly")).mayGet(100).getsWith(200, "a=recvonly").confirms()
                .sends("INVITE", "", SippScenario.sdp()).mayGet(100).getsWith(200, "a=sendrecv").confirms().isHungUpOn();
        Sipp caller = phone(script, sound);
        caller.awaitMessage("CSeq: 3 ACK");
        sound.speakTo(caller.awaitMediaPort(), 1_900);

        assertThat(sound.hears(1_900)).isTrue();
        assertThat(Asking.until(server, "show channels as json", channels -> channels.contains("carol"))).contains("7441");
        server.command("hupall");

        assertThat(caller.exit()).as(caller::log).isZero();
    }

    @Test
    void whoGivesUpIsCancelledThroughTheProxy() throws Exception {
        Sipp phone = phone(SippScenario.callee("bob").asked("INVITE", THROUGH).says(180).isCancelled(), closing(new RtpPhone()));
        server.command("bgapi originate {origination_uuid=early}sofia/gateway/provider/bob &echo");
        phone.awaitMessage("SIP/2.0 180");

        server.command("uuid_kill early");

        assertThat(phone.exit()).as(phone::log).isZero();
    }

    @Test
    void aRefusalOfTheProxyBecomesItsCause() {
        assertThat(server.command("originate sofia/gateway/provider/404 &echo")).startsWith("-ERR UNALLOCATED_NUMBER");
        assertThat(server.command("originate sofia/gateway/provider/486 &echo")).startsWith("-ERR USER_BUSY");
    }

    @Test
    void aRedirectOfTheProxyIsFollowed() throws Exception {
        Sipp phone = phone(bob().isHungUpOn(), closing(new RtpPhone()));

        assertThat(server.command("originate {origination_uuid=moved}sofia/gateway/provider/302 &echo")).startsWith("+OK");
        server.command("uuid_kill moved");

        assertThat(phone.exit()).as(phone::log).isZero();
    }
}
