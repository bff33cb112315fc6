package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real server, and telephones that are the stack jain-sip.
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class JainSipTest {
    private static final String PASSWORD = "chosen-password";
    private static final String DIALPLAN = """
            <extension name="answers"><condition field="destination_number" expression="^7441$">
              <action application="answer"/><action application="park"/></condition></extension>
            <extension name="only rings"><condition field="destination_number" expression="^7442$">
              <action application="ring_ready"/><action application="sleep" data="60000"/></condition></extension>
            <extension name="busy"><condition field="destination_number" expression="^7443$">
              <action application="hangup" data="USER_BUSY"/></condition></extension>
            """;

    @TempDir
    static Path temp;

    private RunningServer server;
    private int port;
    /// Of each test another.
    private String user;
    private int count;
    private final List<JainPhone> phones = new ArrayList<>();
    private JainPhone phone;

    @BeforeAll
    void startsTheServer() throws Exception {
        ServerFolder folder = new ServerFolder(temp);
        folder.set("sip_profiles", "internal");
        folder.set("sip_ip", "127.0.0.1");
        folder.set("internal_sip_port", 0);
        folder.extensions(DIALPLAN);
        server = RunningServer.start(folder.options(PASSWORD));
        port = Sipp.portOf(server);
    }

    /// A stack takes a second to stop.
    @AfterAll
    void stopsAll() throws InterruptedException {
        for (Thread one : phones.stream().map(each -> Thread.ofVirtual().start(each::close)).toList()) {
            one.join();
        }
        server.stop();
    }

    @BeforeEach
    void opensATelephone() throws Exception {
        user = Integer.toString(1000 + count++);
        phone = phone(PASSWORD);
    }

    @AfterEach
    void endsItsCall() {
        server.command("hupall");
    }

    private JainPhone phone(String password) throws Exception {
        JainPhone opened = new JainPhone(user, password, port);
        phones.add(opened);
        return opened;
    }

    private void registers() throws Exception {
        phone.register(300);
        phone.awaits("200 REGISTER");
    }

    @Test
    void itRegistersByDigestAndLeaves() throws Exception {
        phone.register(300);
        assertThat(phone.next()).isEqualTo("401 REGISTER");
        assertThat(phone.next()).isEqualTo("200 REGISTER");
        assertThat(server.command("sofia_contact " + user + "@pbx.test")).startsWith("sofia/internal/sip:" + user + "@127.0.0.1:");

        phone.register(0);
        phone.awaits("200 REGISTER");

        assertThat(server.command("sofia_contact " + user + "@pbx.test")).isEqualTo("error/user_not_registered");
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        JainPhone eve = phone("guess");

        eve.register(300);

        eve.awaits("403 REGISTER");
    }

    @Test
    void optionsAreAnswered() throws Exception {
        phone.options();

        phone.awaits("200 OPTIONS");
        assertThat(phone.message()).contains("Allow: INVITE").contains("Accept: application/sdp");
    }

    @Test
    void itCallsHoldsComesBackAndHangsUp() throws Exception {
        phone.call("7441");
        phone.awaits("407 INVITE");
        phone.awaits("200 INVITE");
        assertThat(phone.message()).contains("m=audio", "a=sendrecv");

        phone.offer("sendonly");
        phone.awaits("200 INVITE");
        assertThat(phone.message()).contains("a=recvonly");
        phone.offer("sendrecv");
        phone.awaits("200 INVITE");
        assertThat(phone.message()).contains("a=sendrecv");
        phone.hangUp();

        phone.awaits("200 BYE");
        Asking.untilNoCall(server);
    }

    @Test
    void theServerHangsUpOnIt() throws Exception {
        phone.call("7441");
        phone.awaits("200 INVITE");

        server.command("hupall");

        phone.awaits("BYE");
    }

    @Test
    void itGivesUpWhatItCalled() throws Exception {
        phone.call("7442");
        phone.awaits("180 INVITE");

        phone.cancel();

        phone.awaits("200 CANCEL", "487 INVITE");
        Asking.untilNoCall(server);
    }

    @Test
    void aRefusalHasItsStatus() throws Exception {
        phone.call("7443");

        phone.awaits("486 INVITE");
    }

    @Test
    void itIsCalledHeldByTheServerAndHungUpOn() throws Exception {
        registers();
        server.command("bgapi originate {origination_uuid=called}user/" + user + "@pbx.test &park");
        phone.awaits("INVITE");
        phone.respond(180, "");
        phone.respond(200, "sendrecv");
        phone.awaits("ACK");

        Asking.until(server, "show channels", channels -> channels.contains(",ACTIVE,"));
        server.command("uuid_hold called");
        phone.awaits("INVITE");
        assertThat(phone.message()).contains("a=sendonly");
        phone.respond(200, "recvonly");
        phone.awaits("ACK");
        server.command("uuid_kill called");

        phone.awaits("BYE");
    }

    @Test
    void itIsBusy() throws Exception {
        registers();
        Thread busy = Thread.ofVirtual().start(() -> {
            try {
                phone.awaits("INVITE");
                phone.respond(486, "");
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
        });

        assertThat(server.command("originate user/" + user + "@pbx.test &park")).startsWith("-ERR USER_BUSY");
        busy.join();
    }

    @Test
    void whoCalledItGivesUp() throws Exception {
        registers();
        server.command("bgapi originate {origination_uuid=early}user/" + user + "@pbx.test &park");
        phone.awaits("INVITE");
        phone.respond(180, "");

        server.command("uuid_kill early");

        phone.awaits("CANCEL");
        Asking.untilNoCall(server);
    }
}
