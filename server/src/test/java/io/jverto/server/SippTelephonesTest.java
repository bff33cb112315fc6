package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole server, and telephones that are another SIP stack.
class SippTelephonesTest {
    private static final String PASSWORD = "chosen-password";
    private static final long MEGABYTES = 1 << 20;

    @TempDir
    Path temp;

    private ServerFolder folder;
    private RunningServer server;
    private int port;

    @BeforeEach
    void startsTheServerWithTheProfileForTelephones() throws IOException {
        Sipp.assumeInstalled();
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

    /// A telephone at an address of its own, which plays scenarios one after the other.
    private record Telephone(Path folder, int server, String ip, int port) {
        Sipp play(String scenario, String... arguments) throws IOException {
            String[] all = Stream.concat(Stream.of("-p", Integer.toString(port)), Stream.concat(Arrays.stream(arguments), Stream.of("127.0.0.1:" + server)))
                    .toArray(String[]::new);
            return new Sipp(folder, scenario, ip, 9, all);
        }

        /// Plays to the end, and everything has to go as it is written.
        void plays(String scenario, String... arguments) throws IOException, InterruptedException {
            try (Sipp sipp = play(scenario, arguments)) {
                assertThat(sipp.exit()).as(sipp::log).isZero();
            }
        }

        void register(String user, int expires) throws IOException, InterruptedException {
            plays("register", "-auth_uri", "pbx.test", "-s", user, "-au", user, "-ap", PASSWORD, "-key", "expires", Integer.toString(expires));
        }
    }

    private Telephone phone(String ip) throws IOException {
        return new Telephone(temp, port, ip, UdpPorts.free(ip));
    }

    @Test
    void aTelephoneRegistersAndLeaves() throws Exception {
        Telephone phone = phone("127.0.0.2");

        phone.register("1000", 300);
        assertThat(server.command("sofia_contact 1000@pbx.test")).isEqualTo("sofia/internal/sip:1000@127.0.0.2:" + phone.port());
        assertThat(server.command("show registrations")).contains("1000,pbx.test,", "1 total.");
        assertThat(server.command("sofia status profile internal reg")).contains("Agent:      \tSIPp", "Registered(UDP)", "Total items returned: 1");

        phone.register("1000", 0);
        assertThat(server.command("sofia_contact 1000@pbx.test")).isEqualTo("error/user_not_registered");
    }

    @Test
    void s6AWrongPasswordAndAnUnknownUserAreRefusedAlike() throws Exception {
        for (String user : List.of("1000", "4711")) {
            phone("127.0.0.3").plays("refused", "-auth_uri", "pbx.test", "-s", user, "-au", user, "-ap", "wrong", "-key", "expires", "60");
        }
        assertThat(server.command("show registrations")).contains("0 total.");
    }

    @Test
    void aTelephoneAndABrowserWriteToEachOther() throws Exception {
        Telephone phone = phone("127.0.0.2");
        try (WsClient browser = new WsClient(folder.wsPort)) {
            browser.login("1001", PASSWORD);
            phone.plays("message", "-auth_uri", "1001@pbx.test", "-s", "1000", "-au", "1000", "-ap", PASSWORD);
            assertThat(browser.awaits("hello from the telephone")).contains("\"from\":\"1000@pbx.test\"");

            phone.register("1000", 300);
            try (Sipp receiving = phone.play("receive").listening(phone.port())) {
                browser.ask("verto.info", "{\"msg\":{\"from\":\"x\",\"to\":\"1000@pbx.test\",\"body\":\"hello from the browser\"}}", "SENT");
                assertThat(receiving.exit()).as(receiving::log).isZero();
            }
        }
    }

    @Test
    void aMessageForSomebodyWhoIsNotThereReachesTheNextTelephoneThatHeBrings() throws Exception {
        Telephone phone = phone("127.0.0.2");
        try (WsClient browser = new WsClient(folder.wsPort)) {
            browser.login("1001", PASSWORD);
            browser.ask("verto.info", "{\"msg\":{\"from\":\"x\",\"to\":\"1000@pbx.test\",\"body\":\"hello from the browser\"}}", "SENT");
        }
        phone.register("1000", 300);

        phone.plays("receive"); // it is sent again until somebody is there
    }

    @Test
    void aTelephoneIsToldOfItsMailbox() throws Exception {
        phone("127.0.0.2").plays("subscribe", "-auth_uri", "1000@pbx.test", "-s", "1000", "-au", "1000", "-ap", PASSWORD);
    }

    @Test
    void aUsersTelephoneAndBrowserRingTogetherAndOneOfThemAnswers() throws Exception {
        Telephone phone = phone("127.0.0.2");
        phone.register("1000", 300);
        try (WsClient browser = new WsClient(folder.wsPort)) {
            browser.login("1000", PASSWORD);
            try (Sipp callee = phone.play("phone").listening(phone.port())) {
                server.command("bgapi originate user/1000@pbx.test &park");

                assertThat(browser.awaits("verto.invite")).contains("callID");
                assertThat(browser.awaits("verto.bye")).contains("LOSE_RACE");
                assertThat(server.command("show channels")).contains("sofia/internal/", "1 total.");
                server.command("hupall");
                assertThat(callee.exit()).as(callee::log).isZero();
            }
        }
    }

    @Test
    void s27AFloodOfEveryMethodFillsNothingAndAGoodTelephoneRegistersMeanwhile() throws Exception {
        Telephone good = phone("127.0.0.2");
        good.register("1000", 60);
        long before = heap();
        for (String method : List.of("REGISTER", "OPTIONS", "MESSAGE", "SUBSCRIBE", "INVITE")) {
            try (Sipp flood = phone("127.0.0.66").play(flood(method), "-r", "4000", "-m", "12000")) {
                good.register("1000", 60);
                assertThat(flood.exit()).as(flood::log).isZero();
            }
        }
        good.register("1000", 60);

        assertThat(heap() - before).isLessThan(40 * MEGABYTES);
        assertThat(server.command("show registrations")).contains("1 total.");
    }

    /// SIPp takes no keyword for a method.
    private String flood(String method) throws IOException {
        Path scenario = temp.resolve("flood-" + method + ".xml");
        Files.writeString(scenario, Files.readString(Path.of("src/test/resources/sipp/flood.xml")).replace("METHOD", method));
        return scenario.toString().replaceFirst("\\.xml$", "");
    }

    /// @return bytes in use, garbage not counted
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
