package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server, and telephones that are another SIP stack.
class SippTest {
    private static final String PASSWORD = "chosen-password";
    private static final long MEGABYTES = 1 << 20;

    @TempDir
    Path temp;

    private ServerFolder folder;
    private RunningServer server;
    private int port;

    @BeforeEach
    void startsTheServerWithTheProfileForTelephones() throws IOException {
        folder = new ServerFolder(temp);
        folder.set("sip_profiles", "internal");
        folder.set("sip_ip", "127.0.0.1");
        folder.set("internal_sip_port", 0);
        server = RunningServer.start(folder.options(PASSWORD));
        port = Sipp.portOf(server);
    }

    @AfterEach
    void stopsIt() {
        server.stop();
    }

    private Sipp phone(String ip) throws IOException {
        return new Sipp(temp, port, ip);
    }

    private static int register(Sipp phone, String user, int expires) throws IOException, InterruptedException {
        return phone.run("register", "-m", "1", "-auth_uri", "pbx.test", "-s", user, "-au", user, "-ap", PASSWORD, "-key", "expires", String.valueOf(expires));
    }

    @Test
    void aTelephoneRegistersAndLeaves() throws Exception {
        Sipp phone = phone("127.0.0.2");

        assertThat(register(phone, "1000", 300)).as(() -> said(phone, "register")).isZero();
        assertThat(server.command("sofia_contact 1000@pbx.test")).isEqualTo("sofia/internal/sip:1000@127.0.0.2:" + phone.port);
        assertThat(server.command("show registrations")).contains("1000,pbx.test,", "1 total.");
        assertThat(server.command("sofia status profile internal reg")).contains("Agent:      \tSIPp", "Registered(UDP)", "Total items returned: 1");

        assertThat(register(phone, "1000", 0)).as(() -> said(phone, "register")).isZero();
        assertThat(server.command("sofia_contact 1000@pbx.test")).isEqualTo("error/user_not_registered");
    }

    @Test
    void s6AWrongPasswordAndAnUnknownUserAreRefusedAlike() throws Exception {
        for (String user : List.of("1000", "4711")) {
            Sipp phone = phone("127.0.0.3");
            assertThat(phone.run("refused", "-m", "1", "-auth_uri", "pbx.test", "-s", user, "-au", user, "-ap", "wrong", "-key", "expires", "60")).as(() -> said(phone, "refused"))
                    .isZero();
        }
        assertThat(server.command("show registrations")).contains("0 total.");
    }

    @Test
    void aTelephoneAndABrowserWriteToEachOther() throws Exception {
        Sipp phone = phone("127.0.0.2");
        try (WsClient browser = new WsClient(folder.wsPort)) {
            browser.login("1001", PASSWORD);
            assertThat(phone.run("message", "-m", "1", "-auth_uri", "1001@pbx.test", "-s", "1000", "-au", "1000", "-ap", PASSWORD)).as(() -> said(phone, "message")).isZero();
            assertThat(browser.awaits("hello from the telephone")).contains("\"from\":\"1000@pbx.test\"");

            register(phone, "1000", 300);
            Process receiving = phone.start("receive", "-m", "1");
            browser.ask("verto.info", "{\"msg\":{\"from\":\"x\",\"to\":\"1000@pbx.test\",\"body\":\"hello from the browser\"}}", "SENT");
            assertThat(receiving.waitFor(30, TimeUnit.SECONDS)).as(() -> said(phone, "receive")).isTrue();
            assertThat(receiving.exitValue()).as(() -> said(phone, "receive")).isZero();
        }
    }

    @Test
    void aMessageForSomebodyWhoIsNotThereReachesTheNextTelephoneThatHeBrings() throws Exception {
        Sipp phone = phone("127.0.0.2");
        try (WsClient browser = new WsClient(folder.wsPort)) {
            browser.login("1001", PASSWORD);
            browser.ask("verto.info", "{\"msg\":{\"from\":\"x\",\"to\":\"1000@pbx.test\",\"body\":\"hello from the browser\"}}", "SENT");
        }
        register(phone, "1000", 300);

        assertThat(phone.run("receive", "-m", "1")).as(() -> said(phone, "receive")).isZero();
    }

    @Test
    void aTelephoneIsToldOfItsMailbox() throws Exception {
        Sipp phone = phone("127.0.0.2");

        assertThat(phone.run("subscribe", "-m", "1", "-auth_uri", "1000@pbx.test", "-s", "1000", "-au", "1000", "-ap", PASSWORD)).as(() -> said(phone, "subscribe")).isZero();
    }

    @Test
    void aUsersTelephoneAndBrowserRingTogetherAndTheOtherStopsWhenOneAnswers() throws Exception {
        Sipp phone = phone("127.0.0.2");
        register(phone, "1000", 300);
        try (WsClient browser = new WsClient(folder.wsPort)) {
            browser.login("1000", PASSWORD);
            Process ringing = phone.start("phone", "-m", "1", "-mi", "127.0.0.1", "-key", "phone_port", "9");
            server.command("bgapi originate user/1000@pbx.test &park");

            assertThat(browser.awaits("verto.invite")).contains("callID");
            assertThat(browser.awaits("verto.bye")).contains("LOSE_RACE");
            assertThat(server.command("show channels")).contains("sofia/internal/", "1 total.");
            server.command("hupall");
            assertThat(ringing.waitFor(30, TimeUnit.SECONDS)).as(() -> said(phone, "phone")).isTrue();
            assertThat(ringing.exitValue()).as(() -> said(phone, "phone")).isZero();
        }
    }

    @Test
    void s27AFloodOfEveryMethodFillsNothingAndAGoodTelephoneRegistersMeanwhile() throws Exception {
        Sipp good = phone("127.0.0.2");
        register(good, "1000", 60);
        long before = heap();
        for (String method : List.of("REGISTER", "OPTIONS", "MESSAGE", "SUBSCRIBE", "INVITE")) {
            Sipp bad = phone("127.0.0.66");
            Process flood = bad.start("flood", "-r", "4000", "-m", "12000", "-key", "method", method);
            assertThat(register(good, "1000", 60)).as(() -> method + said(good, "register")).isZero();
            assertThat(flood.waitFor(40, TimeUnit.SECONDS)).as(() -> said(bad, "flood")).isTrue();
        }
        assertThat(register(good, "1000", 60)).isZero();

        assertThat(heap() - before).isLessThan(40 * MEGABYTES);
        assertThat(server.command("show registrations")).contains("1 total.");
    }

    /// @return bytes in use, garbage not counted
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String said(Sipp phone, String scenario) {
        try {
            return phone.written(scenario);
        } catch (IOException gone) {
            return gone.toString();
        }
    }
}
