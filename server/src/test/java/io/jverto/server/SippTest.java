package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Calls of SIPp, whose stack nobody here wrote, with a real server over real sockets. The sound is sent and measured by the test at the address that SIPp
/// tells.
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class SippTest {
    private static final String DIALPLAN = """
            <extension name="tone"><condition field="destination_number" expression="^7440$">
              <action application="answer"/><action application="set" data="playback_terminators=#"/>
              <action application="playback" data="tone_stream://L=60;%(1000,0,440)"/><action application="hangup"/></condition></extension>
            <extension name="early tone"><condition field="destination_number" expression="^7441$">
              <action application="pre_answer"/><action application="playback" data="tone_stream://L=60;%(1000,0,440)"/></condition></extension>
            <extension name="only rings"><condition field="destination_number" expression="^7442$">
              <action application="ring_ready"/><action application="sleep" data="60000"/></condition></extension>
            <extension name="says nothing"><condition field="destination_number" expression="^7443$">
              <action application="sleep" data="60000"/></condition></extension>
            <extension name="hears digits"><condition field="destination_number" expression="^7445$">
              <action application="answer"/><action application="start_dtmf"/><action application="read" data="1 1 tone_stream://L=60;%(1000,0,440) typed 20000 #"/>
              <action application="playback" data="tone_stream://L=60;%(1000,0,${typed}00)"/></condition></extension>
            <extension name="says digits"><condition field="destination_number" expression="^7446$">
              <action application="answer"/><action application="start_dtmf_generate"/><action application="sleep" data="300"/>
              <action application="send_dtmf" data="5@2000"/><action application="playback" data="silence_stream://20000"/></condition></extension>
            <extension name="out"><condition field="destination_number" expression="^8(\\d+)$">
              <action application="bridge" data="sofia/gateway/bob/$1"/></condition></extension>
            """;

    /// Another address than the callers', who would be taken for it.
    private static final String PROVIDER = "127.0.0.2";
    private static final String PASSWORD = "pw";

    @TempDir
    static Path temp;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private int port;
    private int calleesPort;
    private RunningServer server;

    @BeforeAll
    void startsAServerWithAProfile() throws IOException {
        Sipp.assumeInstalled();
        ServerFolder folder = new ServerFolder(temp);
        calleesPort = UdpPorts.free(PROVIDER);
        folder.sipProfile("<gateway name=\"bob\"><param name=\"proxy\" value=\"%s:%d\"/><param name=\"register\" value=\"false\"/></gateway>"
                .formatted(PROVIDER, calleesPort));
        folder.extensions(DIALPLAN);
        server = RunningServer.start(folder.options(PASSWORD));
        port = Sipp.portOf(server);
    }

    @AfterEach
    void endsTheCalls() throws Exception {
        Asking.endCalls(server, opened);
    }

    @AfterAll
    void stopsTheServer() {
        if (server != null) {
            server.stop();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    private static SippScenario ada(String number) {
        return SippScenario.caller("1000", number);
    }

    /// The provider's telephone, which rings.
    private static SippScenario bob() {
        return SippScenario.callee("bob").asked("INVITE").says(180);
    }

    /// A caller, user 1000.
    private Sipp caller(SippScenario scenario, RtpPhone phone, String password, int to) throws IOException {
        return closing(new Sipp(temp, scenario.in(temp), "127.0.0.1", phone.port(), "-au", "1000", "-ap", password, "-auth_uri",
                scenario.number() + "@127.0.0.1:" + to, "127.0.0.1:" + to));
    }

    private Sipp caller(SippScenario scenario, RtpPhone phone) throws IOException {
        return caller(scenario, phone, PASSWORD, port);
    }

    private Sipp caller(SippScenario scenario) throws IOException {
        return caller(scenario, closing(new RtpPhone()));
    }

    private Sipp callee(SippScenario scenario, RtpPhone phone) throws IOException {
        return closing(new Sipp(temp, scenario.in(temp), PROVIDER, phone.port(), "-p", Integer.toString(calleesPort))).listening(calleesPort);
    }

    private Sipp callee(SippScenario scenario) throws IOException {
        return callee(scenario, closing(new RtpPhone()));
    }

    /// Each has gone as it is written.
    private static void wentWell(Sipp... all) throws InterruptedException {
        for (Sipp one : all) {
            assertThat(one.exit()).as(one::log).isZero();
        }
    }

    @Test
    void aCallerProvesWhoHeIsHearsAToneAndEndsItByADigit() throws Exception {
        RtpPhone phone = closing(new RtpPhone());
        Sipp caller = caller(ada("7440").invites("").answered().isHungUpOn(), phone);
        phone.speakTo(caller.awaitMediaPort(), 0);

        assertThat(phone.hears(440)).isTrue();
        phone.press('#');

        wentWell(caller);
    }

    @Test
    void soundGoesBothWaysThroughAGatewayAndADigitComesAsInfo() throws Exception {
        RtpPhone ada = closing(new RtpPhone());
        RtpPhone bob = closing(new RtpPhone());
        // Without events in its description.
        String plain = withoutEvents();
        Sipp callee = callee(bob().says(183, "", plain).says(200, "", plain).confirmed().asked("INFO", "Signal=5").says(200).hangsUp(), bob);
        Sipp caller = caller(ada("8123").invites("").answered().isHungUpOn(), ada);
        ada.speakTo(caller.awaitMediaPort(), 700);
        bob.speakTo(callee.awaitMediaPort(), 1_900);

        assertThat(bob.hears(700)).isTrue();
        assertThat(ada.hears(1_900)).isTrue();
        ada.press('5');

        wentWell(callee, caller);
    }

    private static String withoutEvents() {
        return SippScenario.sdp().replace(" 101", "").replaceAll("a=rtpmap:.*\\n", "");
    }

    @Test
    void aDigitThatIsOnlySoundIsHeard() throws Exception {
        RtpPhone phone = closing(new RtpPhone());
        Sipp caller = caller(ada("7445").invites("", withoutEvents()).answered().isHungUpOn(), phone);
        phone.speakTo(caller.awaitMediaPort(), 0);

        assertThat(phone.hears(440)).isTrue(); // it listens
        phone.says(770, 1_336);

        assertThat(phone.hears(500)).isTrue();
        server.command("hupall");
        wentWell(caller);
    }

    @Test
    void aDigitIsSaidAsSoundToATelephoneThatHasNoEvents() throws Exception {
        RtpPhone phone = closing(new RtpPhone());
        Sipp caller = caller(ada("7446").invites("", withoutEvents()).answered().isHungUpOn(), phone);
        phone.speakTo(caller.awaitMediaPort(), 0);

        assertThat(phone.hears(770, 1_336)).isTrue();
        server.command("hupall");
        wentWell(caller);
    }

    @Test
    void earlyMediaIsHeardBeforeTheAnswerAndEndsWithoutOne() throws Exception {
        RtpPhone ada = closing(new RtpPhone());
        RtpPhone bob = closing(new RtpPhone());
        Sipp callee = callee(SippScenario.callee("bob").asked("INVITE").says(183, "", SippScenario.sdp()).isCancelled(), bob);
        Sipp caller = caller(ada("8123").invites("").early(183, "m=audio").refused(487), ada);
        bob.speakTo(callee.awaitMediaPort(), 1_900);
        ada.speakTo(caller.awaitMediaPort(), 700);

        assertThat(ada.hears(1_900)).isTrue();
        server.command("hupall ORIGINATOR_CANCEL");

        wentWell(callee, caller);
    }

    @Test
    void theServersOwnEarlyMediaIsHeardAndCancelled() throws Exception {
        RtpPhone phone = closing(new RtpPhone());
        Sipp caller = caller(ada("7441").invites("").early(183, "m=audio").waits(1_500).cancels(), phone);
        phone.speakTo(caller.awaitMediaPort(), 0);

        assertThat(phone.hears(440)).isTrue();

        wentWell(caller);
    }

    @Test
    void aCallerPutsTheServerOnHoldAndComesBack() throws Exception {
        RtpPhone phone = closing(new RtpPhone());
        Sipp caller = caller(ada("7440").invites("").answered().sends("INVITE", "", SippScenario.sdp("sendonly")).mayGet(100).getsWith(200, "a=recvonly").confirms()
                .sends("INVITE", "", SippScenario.sdp()).mayGet(100).getsWith(200, "a=sendrecv").confirms().isHungUpOn(), phone);
        caller.awaitMessage("CSeq: 4 ACK");
        phone.speakTo(caller.awaitMediaPort(), 0);

        assertThat(phone.hears(440)).isTrue();
        phone.press('#');

        wentWell(caller);
    }

    @Test
    void whoIsHeldByTheOtherHearsHimAgainAfterwards() throws Exception {
        RtpPhone ada = closing(new RtpPhone());
        RtpPhone bob = closing(new RtpPhone());
        Sipp callee = callee(bob().answers().isHungUpOn(), bob);
        Sipp caller = caller(ada("8123").invites("").answered().sends("INVITE", "", SippScenario.sdp("sendonly")).mayGet(100).gets(200).confirms()
                .sends("INVITE", "", SippScenario.sdp()).mayGet(100).gets(200).confirms().isHungUpOn(), ada);
        caller.awaitMessage("CSeq: 4 ACK");
        ada.speakTo(caller.awaitMediaPort(), 700);
        bob.speakTo(callee.awaitMediaPort(), 1_900);

        assertThat(bob.hears(700)).isTrue();
        assertThat(ada.hears(1_900)).isTrue();
        server.command("hupall");

        wentWell(callee, caller);
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        wentWell(caller(ada("7440").invites("").refused(403), closing(new RtpPhone()), "guess", port));
    }

    @Test
    void aCallerGivesUpAtOnceWhileNothingIsSaidAndWhileItRings() throws Exception {
        wentWell(
                caller(ada("7442").invites("").gets(100).cancels()),
                caller(ada("7443").invites("").gets(100).waits(300).cancels()),
                caller(ada("7442").invites("").early(180, "Ringing").cancels()));
    }

    @Test
    void aCancelAfterTheAnswerAndOneOfNothingChangeNothing() throws Exception {
        wentWell(
                caller(ada("7440").invites("").answered().sends("CANCEL").gets(200).hangsUp()),
                caller(ada("7440").sends("CANCEL").gets(481)));
    }

    @Test
    void aCallerWhoGivesUpIsCancelledAtTheGatewayToo() throws Exception {
        Sipp callee = callee(bob().isCancelled());

        wentWell(caller(ada("8123").invites("").early(180, "Ringing").cancels()), callee);
    }

    @Test
    void whoGivesUpBeforeAnythingIsSaidCancelsWhenItRings() throws Exception {
        Sipp callee = callee(SippScenario.callee("bob").asked("INVITE").waits(300).says(180).isCancelled());
        server.command("bgapi originate {origination_uuid=early}sofia/gateway/bob/123 &echo");
        callee.awaitMessage("INVITE sip:123@");

        server.command("uuid_kill early");

        wentWell(callee);
    }

    @Test
    void anAnswerThatCrossesTheCancelIsHungUpOn() throws Exception {
        Sipp callee = callee(bob().isCancelledTooLate().isHungUpOn());
        server.command("bgapi originate {origination_uuid=crossed}sofia/gateway/bob/123 &echo");
        callee.awaitMessage("SIP/2.0 180");

        server.command("uuid_kill crossed");

        wentWell(callee);
    }

    @Test
    void whatIsLostOnceIsSaidAgain() throws Exception {
        RtpPhone phone = closing(new RtpPhone());
        Wire wire = closing(new Wire(port, (_, before) -> Optional.of(Duration.ZERO).filter(_ -> before > 0)));
        Sipp caller = caller(ada("7440").invites("").answered().waits(1).hangsUp(), phone, PASSWORD, wire.port());

        wentWell(caller);
        Asking.untilNoCall(server);
    }

    @Test
    void aFarewellThatOvertakesTheConfirmationCountsAndWhatComesTwiceDoesNot() throws Exception {
        Wire wire = closing(new Wire(port, (message, _) -> Optional.of(message.startsWith("ACK 2") ? Duration.ofMillis(300) : Duration.ZERO)));

        wentWell(caller(ada("7440").invites("").answered().hangsUp(), closing(new RtpPhone()), PASSWORD, wire.port()));
        Asking.untilNoCall(server);
    }

    @Test
    void aSessionTimerThatIsTooShortIsRaisedAndARefreshIsConfirmed() throws Exception {
        String timer = "Supported: timer\nSession-Expires: %s\n";
        wentWell(caller(ada("7440").invites(timer.formatted("60")).mayGet(100).getsWith(422, "Min-SE: 90").sends("ACK")
                .sends("INVITE", timer.formatted("90;refresher=uac") + "Min-SE: 90\n[authentication]\n", SippScenario.sdp()).answered()
                .sends("UPDATE", timer.formatted("90;refresher=uac"), "").getsWith(200, "Session-Expires: 90;refresher=uac").hangsUp()));
    }

    @Test
    void aTelephoneSendsItsPartnerOn() throws Exception {
        RtpPhone bob = closing(new RtpPhone());
        Sipp callee = callee(bob().answers().isHungUpOn(), bob);
        Sipp caller = caller(ada("8123").invites("").answered().sends("REFER", "Refer-To: <sip:7440@pbx.test>\n", "").gets(202).isNotifiedAndHungUpOn());
        bob.speakTo(callee.awaitMediaPort(), 0);

        assertThat(bob.hears(440)).isTrue();
        server.command("hupall");

        wentWell(caller, callee);
        assertThat(caller.log()).contains("message/sipfrag");
    }
}
