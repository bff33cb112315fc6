package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.net.NetworkLists;
import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.server.EslClient.Frame;
import io.jverto.server.eventsocket.EventSocket;
import io.jverto.server.config.ListenPlace;
import io.jverto.server.eventsocket.EventSocketConfig;
import io.jverto.server.log.LogLevel;
import io.jverto.server.log.LogStream;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.shared.PassingData;
import io.jverto.switchboard.port.CallControl.Admission;
import io.jverto.switchboard.port.Cause;
import io.jverto.verto.connect.PageHandler;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Programs at the event socket of a whole server that runs, whose calls have no packets.
class EventSocketTest {
    private static final String PASSWORD = "open sesame";

    @TempDir
    Path temp;

    private final TimeSource time = new SystemTime();
    private final LogStream logs = LogStream.open();
    private final List<EslClient> clients = new ArrayList<>();
    private Signalling parts;
    private EventSocket socket;

    @BeforeEach
    void open() throws IOException {
        Options options = new Options(Path.of("..", "conf"), temp, temp, null, true);
        Configuration configuration = Configuration.load(options, DataFolder.open(temp, new SecureRandom(), Instant.EPOCH), LocalNames.find());
        parts = Signalling.join(new Signalling.World(LiveConfiguration.fixed(configuration), new SilentMedia(time),
                new Signalling.Stores(new PassingMessages(), new PassingData()), time, new SecureRandom(), PageHandler.NONE));
        ConfigNode node = new ConfigNode("configuration", Map.of(), List.of(new ConfigNode("settings", Map.of(), List.of(
                param("listen-port", "0"), param("password", PASSWORD)), "", new ConfigNode.Origin("test", 1))), "", new ConfigNode.Origin("test", 1));
        EventSocketConfig config = EventSocketConfig.read(Optional.of(node), NetworkLists.NONE, problem -> { }).orElseThrow();
        assertThat(config.place().networks()).hasSize(1);
        config = new EventSocketConfig(new ListenPlace(config.address(), List.of()), config.password(), false, Set.of());
        socket = EventSocket.open(config, PASSWORD, new EventSocket.Switch(parts.commands(), parts.switchboard(), parts.core(), logs, time, new SecureRandom()));
    }

    private static ConfigNode param(String name, String value) {
        return new ConfigNode("param", Map.of("name", name, "value", value), List.of(), "", new ConfigNode.Origin("test", 1));
    }

    @AfterEach
    void close() throws IOException {
        for (EslClient client : clients) {
            client.close();
        }
        parts.switchboard().hangupAll(Cause.SYSTEM_SHUTDOWN);
        socket.close();
        logs.close();
    }

    private EslClient stranger() throws IOException {
        EslClient client = new EslClient(socket.address());
        clients.add(client);
        return client;
    }

    private EslClient client() throws IOException {
        EslClient client = EslClient.loggedIn(socket.address(), PASSWORD);
        clients.add(client);
        return client;
    }

    private void call(String id, String destination) {
        Admission admission = parts.switchboard().admit(Deaf.call(id, destination));
        ((Admission.Admitted) admission).channel().start();
    }

    @Test
    void whoSaysThePasswordMayRunCommands() throws IOException {
        EslClient client = client();

        assertThat(client.api("echo a b")).isEqualTo("a b");
        assertThat(client.api("nonsense")).startsWith("-ERR nonsense Command not found");
        assertThat(client.api("user_data 9@nowhere var x")).isEqualTo("-ERR no reply\n");
        assertThat(client.ask("api").body()).startsWith("-USAGE");
        assertThat(client.ask("nonsense").reply()).isEqualTo("-ERR command not found");
        assertThat(client.ask("EXIT").reply()).isEqualTo("+OK bye");
        assertThat(client.next().type()).isEqualTo("text/disconnect-notice");
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void s6WhoDoesNotGetsNothingAndNoSecondTry() throws IOException {
        for (String line : List.of("auth wrong", "auth", "api status", "GET / HTTP/1.1", "userauth 1000@x:y", "sendmsg x")) {
            EslClient client = stranger();
            client.next();
            Frame reply = client.ask(line);
            assertThat(reply.reply()).as(line).startsWith("-ERR");
            assertThat(client.rest()).as(line).contains("text/disconnect-notice").doesNotContain("+OK");
        }
        EslClient fat = stranger();
        fat.send("auth " + "x".repeat(100_000));
        assertThat(endOf(fat)).doesNotContain("+OK");
    }

    @Test
    void s6WhoFailsOftenMustWaitEvenWithTheRightPassword() throws IOException {
        for (int i = 0; i < 6; i++) {
            EslClient client = stranger();
            client.next();
            assertThat(client.ask("auth no").reply()).isEqualTo("-ERR invalid");
        }
        EslClient client = stranger();
        client.next();

        assertThat(client.ask("auth " + PASSWORD).reply()).isEqualTo("-ERR invalid");
    }

    @Test
    void aCallsEventsComeAfterTheReplyThatPromisesThem() throws IOException {
        EslClient client = client();
        assertThat(client.ask("event plain CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY").reply()).isEqualTo("+OK event listener enabled plain");

        call("c-1", "9196");
        Map<String, String> create = client.next().event();
        Map<String, String> answer = client.next().event();
        assertThat(create).containsEntry("Event-Name", "CHANNEL_CREATE").containsEntry("Unique-ID", "c-1")
                .containsEntry("Caller-Caller-ID-Name", "Ann\nEvil: yes").containsKey("Core-UUID").doesNotContainKey("Evil");
        assertThat(answer).containsEntry("Event-Name", "CHANNEL_ANSWER");

        assertThat(client.ask("sendmsg c-1\ncall-command: hangup\nhangup-cause: USER_BUSY").reply()).isEqualTo("+OK");
        assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE").event()).containsEntry("Hangup-Cause", "USER_BUSY");
        client.awaitEvent("CHANNEL_DESTROY");
        assertThat(client.ask("sendmsg c-1\ncall-command: hangup").reply()).isEqualTo("-ERR invalid session id [c-1]");
    }

    @Test
    void anApplicationRunsOnACallUnderTheIdThatTheClientGave() throws IOException {
        EslClient client = client();
        client.ask("event plain CHANNEL_EXECUTE_COMPLETE");
        call("c-1", "9196");
        assertThat(client.awaitEvent("CHANNEL_EXECUTE_COMPLETE").event()).containsEntry("Application", "answer");

        assertThat(client.ask("sendmsg c-1\ncall-command: execute\nexecute-app-name: set\nloops: 2\nEvent-UUID: e-1\ncontent-type: text/plain\n"
                + "Content-Length: 9\n\ncolour=re").reply()).isEqualTo("+OK");

        for (int i = 0; i < 2; i++) {
            assertThat(client.awaitEvent("CHANNEL_EXECUTE_COMPLETE").event())
                    .containsEntry("Application", "set")
                    .containsEntry("Application-UUID", "e-1")
                    .containsEntry("variable_colour", "re");
        }
        assertThat(client.ask("sendmsg c-1\ncall-command: execute\nexecute-app-name: fly").reply()).isEqualTo("-ERR there is no application 'fly'");
        assertThat(client.ask("sendmsg c-1\ncall-command: nomedia").reply()).startsWith("-ERR call-command nomedia is not supported");
        assertThat(client.ask("sendmsg c-1").reply()).startsWith("-ERR sendmsg needs a call-command");
        assertThat(client.ask("sendmsg c-1\nwithout colon").reply()).isEqualTo("-ERR a header has no colon");
    }

    @Test
    void aJobTellsItsIdBeforeItsResult() throws IOException {
        EslClient client = client();
        client.ask("event plain BACKGROUND_JOB");

        Frame reply = client.ask("bgapi echo 100% of it\nJob-UUID: my-job");
        assertThat(reply.reply()).isEqualTo("+OK Job-UUID: my-job");
        assertThat(reply.headers()).containsEntry("Job-UUID", "my-job");
        Frame job = client.awaitEvent("BACKGROUND_JOB");
        assertThat(job.event()).containsEntry("Job-UUID", "my-job").containsEntry("Job-Command", "echo").containsEntry("Content-Length", "10");
        assertThat(job.eventBody()).isEqualTo("100% of it");

        assertThat(client.ask("bgapi echo x\nJob-UUID: a b").reply()).startsWith("-ERR");
        assertThat(client.ask("bgapi").reply()).startsWith("-ERR");
        assertThat(client.ask("bgapi status").headers().get("Job-UUID")).matches("[0-9a-f-]{36}");
    }

    @Test
    void whatOneClientSendsOthersHearInTheFormatTheyAskedFor() throws IOException {
        EslClient sender = client();
        EslClient plain = client();
        EslClient json = client();
        plain.ask("event plain CUSTOM my::news");
        json.ask("event json ALL");

        assertThat(sender.ask("sendevent CUSTOM\nEvent-Subclass: my::other\na: b").reply()).startsWith("+OK");
        assertThat(sender.ask("sendevent CUSTOM\nEvent-Subclass: my::news\nEvent-Name: CHANNEL_ANSWER\nx: ü\nContent-Length: 3\n\nfoo").reply()).startsWith("+OK");

        Frame news = plain.next();
        assertThat(news.event()).containsEntry("Event-Name", "CUSTOM").containsEntry("Event-Subclass", "my::news").containsEntry("x", "ü");
        assertThat(news.eventBody()).isEqualTo("foo");
        json.await(frame -> frame.body().contains("my::other"));
        Frame parsed = json.await(frame -> frame.type().equals("text/event-json"));
        assertThat(JsonText.parse(parsed.body()).orElseThrow().asObject().orElseThrow().string("_body")).hasValue("foo");
        assertThat(sender.ask("sendevent CHANNEL_ANSWER").reply()).startsWith("-ERR");
        assertThat(sender.ask("sendevent CUSTOM").reply()).startsWith("-ERR");
    }

    @Test
    void filtersNixesAndNoEventsNarrowWhatIsHeard() throws IOException {
        EslClient client = client();
        client.ask("event plain ALL");
        client.ask("nixevent CHANNEL_STATE CHANNEL_CALLSTATE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE");
        assertThat(client.ask("filter Unique-ID c-2").reply()).isEqualTo("+OK filter added. [Unique-ID]=[c-2]");
        call("c-1", "9196");
        call("c-2", "9196");
        assertThat(client.next().event()).containsEntry("Event-Name", "CHANNEL_CREATE").containsEntry("Unique-ID", "c-2");
        assertThat(client.next().event()).containsEntry("Event-Name", "CHANNEL_ANSWER").containsEntry("Unique-ID", "c-2");

        assertThat(client.ask("filter delete Unique-ID c-2").reply()).startsWith("+OK filter deleted.");
        client.ask("filter Event-Name !CHANNEL_CREATE");
        call("c-3", "9196");
        Map<String, String> event = client.next().event();
        while (event.get("Unique-ID").equals("c-1")) { // which may be answered only now
            event = client.next().event();
        }
        assertThat(event).containsEntry("Event-Name", "CHANNEL_ANSWER").containsEntry("Unique-ID", "c-3");

        assertThat(client.ask("filter x /re/").reply()).startsWith("-ERR regular expressions");
        assertThat(client.ask("noevents").reply()).isEqualTo("+OK no longer listening for events");
        assertThat(client.ask("noevents").reply()).isEqualTo("-ERR not listening for events");
        assertThat(client.ask("event xml ALL").reply()).startsWith("-ERR xml is not supported");
        assertThat(client.ask("event plain").reply()).isEqualTo("-ERR no keywords supplied");
        assertThat(client.ask("event plain NONSENSE").reply()).isEqualTo("-ERR there is no event NONSENSE");
        assertThat(client.ask("divert_events on").reply()).startsWith("-ERR not controlling a call");
    }

    @Test
    void theEventsOfOneCallCanBeAskedFor() throws IOException {
        EslClient client = client();
        assertThat(client.ask("myevents plain c-1").reply()).isEqualTo("+OK Events Enabled");
        call("c-2", "9196");
        call("c-1", "9196");

        assertThat(client.next().event()).containsEntry("Event-Name", "CHANNEL_CREATE").containsEntry("Unique-ID", "c-1");
        assertThat(client.ask("myevents").reply()).startsWith("-ERR");
    }

    @Test
    void theLogCanBeWatchedLive() throws IOException {
        EslClient client = client();
        LogLevel before = LogStream.level();
        LogStream.level(LogLevel.INFO);
        assertThat(client.ask("log warning").reply()).isEqualTo("+OK log level warning [4]");

        try {
            LoggerFactory.getLogger("io.jverto.Test").info("not this");
            LoggerFactory.getLogger("io.jverto.Test").warn("this\nand \u001b[31m that");
        } finally {
            LogStream.level(before);
        }
        Frame line = client.next();
        assertThat(line.headers()).containsEntry("Content-Type", "log/data").containsEntry("Log-Level", "4").containsEntry("Log-File", "Test");
        assertThat(line.body()).endsWith("[WARNING] Test this\\nand \\u001b[31m that\n");

        assertThat(client.ask("log nine").reply()).startsWith("-ERR");
        assertThat(client.ask("nolog").reply()).isEqualTo("+OK no longer logging");
        LoggerFactory.getLogger("io.jverto.Test").error("nobody reads this");
        assertThat(client.api("echo x")).isEqualTo("x");
    }

    @Test
    void howMuchIsLoggedCanBeChanged() throws IOException {
        EslClient client = client();
        LogLevel before = LogStream.level();
        try {
            assertThat(client.api("fsctl loglevel warning")).isEqualTo("+OK log level: WARNING [4]\n");
            assertThat(LoggerFactory.getLogger("io.jverto.Test").isInfoEnabled()).isFalse();
            assertThat(client.api("console loglevel")).isEqualTo("+OK log level: WARNING [4]\n");
            assertThat(client.api("console loglevel 6")).isEqualTo("+OK log level: INFO [6]\n");
            assertThat(LoggerFactory.getLogger("io.jverto.Test").isInfoEnabled()).isTrue();
        } finally {
            LogStream.level(before);
        }
        assertThat(client.api("console loglevel 8")).startsWith("-ERR");
        assertThat(client.api("fsctl frobnicate")).startsWith("-USAGE");
    }

    @Test
    void theConsoleLearnsWhatAWordCouldBecome() throws IOException {
        EslClient client = client();
        client.ask("event plain CHANNEL_ANSWER");
        call("c-17", "9196");
        client.awaitEvent("CHANNEL_ANSWER");

        assertThat(client.api("complete uuid_k")).isEqualTo("uuid_kill\n");
        assertThat(client.api("complete uuid_kill c-1")).isEqualTo("c-17\n");
        assertThat(client.api("help").lines()).contains("originate", "status", "help", "complete");
        assertThat(client.api("help strft")).isEqualTo("strftime\nstrftime_tz\n");
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobody() throws IOException {
        EslClient lazy = client();
        lazy.ask("event plain CUSTOM my::flood");
        EslClient other = client();
        String large = "x".repeat(10_000);

        for (int i = 0; i < 5_000; i++) {
            parts.core().custom("my::flood", Map.of("n", String.valueOf(i), "large", large));
        }
        assertThat(other.api("echo alive")).isEqualTo("alive");

        // What it reads at last is in order, and not all of it.
        lazy.send("noevents\n\n");
        int events = 0;
        int before = -1;
        for (Frame frame = lazy.next(); !frame.type().equals("command/reply"); frame = lazy.next()) {
            int now = Integer.parseInt(frame.event().get("n"));
            assertThat(now).isGreaterThan(before);
            before = now;
            events++;
        }
        assertThat(events).isBetween(1, 4_000);
    }

    @Test
    void moreThanSoManyClientsAreSentAway() throws IOException {
        for (int i = 0; i < 64; i++) {
            client();
        }
        EslClient more = stranger();

        assertThat(more.next()).satisfies(frame -> assertThat(frame.type()).isEqualTo("text/rude-rejection"));
    }

    @Test
    void whenTheServerStopsClientsGetWhatWaitsForThemAndAGoodbye() throws IOException {
        EslClient client = client();
        client.ask("event plain CUSTOM");
        for (int i = 0; i < 100; i++) {
            parts.core().custom("my::news", Map.of("n", String.valueOf(i)));
        }

        socket.close();

        String all = client.rest();
        assertThat(all).contains("n: 99").contains("text/disconnect-notice");
    }

    /// Random bytes, before the password and after it: the connection ends or goes on, and the next client is served.
    @Test
    void nobodyIsDisturbedByNonsense() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            EslClient client = round % 2 == 0 ? stranger() : client();
            byte[] bytes = new byte[random.nextInt(4_000)];
            random.nextBytes(bytes);
            String noise = new String(bytes, StandardCharsets.ISO_8859_1).replace('\u0000', '\n');
            client.send((round % 3 == 0 ? "event plain " : "sendmsg ") + noise + "\nContent-Length: " + (round % 5 - 1) + "\n\n" + noise + "\n\nexit\n\n");
            assertThat(endOf(client)).doesNotContain("bug");
            client.close();
        }

        assertThat(client().api("echo alive")).isEqualTo("alive");
    }

    /// The server may close while we still write.
    private static String endOf(EslClient client) {
        try {
            return client.rest();
        } catch (IOException reset) {
            return "";
        }
    }
}
