package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.server.EslClient.Frame;
import io.jverto.server.eventsocket.EventSocket;
import io.jverto.server.eventsocket.Programs;
import io.jverto.server.log.LogStream;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.port.CallControl.Admission;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.shared.PassingData;
import io.jverto.verto.connect.PageHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs to which the dialplan of a whole server gives calls. The calls have no packets.
class ProgramsTest {
    @TempDir
    Path temp;

    private final TimeSource time = new SystemTime();
    private final LogStream logs = LogStream.open();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServerSocket listener;
    private Signalling parts;
    private Programs programs;

    @BeforeEach
    void open() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(20_000);
        ServerFolder folder = new ServerFolder(temp);
        int nobody;
        try (ServerSocket unused = new ServerSocket(0)) {
            nobody = unused.getLocalPort();
        }
        String here = "127.0.0.1:" + listener.getLocalPort();
        Path dialplan = temp.resolve("conf/dialplan/default.xml");
        Files.writeString(dialplan, Files.readString(dialplan).replace("<context name=\"default\">", "<context name=\"default\">"
                + extension(7100, here) + extension(7101, here + " async full") + extension(7102, "127.0.0.1:" + nobody + "|no-such-host.invalid:1")
                + extension(7103, "127.0.0.1:" + nobody + "|" + here)));
        Configuration configuration = Configuration.load(
                folder.options(null), DataFolder.open(temp.resolve("data"), new SecureRandom(), Instant.EPOCH), LocalNames.find());
        parts = Signalling.join(new Signalling.World(LiveConfiguration.fixed(configuration), new SilentMedia(time),
                new Signalling.Stores(new PassingMessages(), new PassingData()), time, new SecureRandom(), PageHandler.NONE));
        programs = new Programs(Set.of(), new EventSocket.Switch(parts.commands(), parts.switchboard(), parts.core(), logs, time, new SecureRandom()));
        parts.switchboard().programs(programs);
    }

    private static String extension(int number, String program) {
        return "<extension name=\"p" + number + "\"><condition field=\"destination_number\" expression=\"^" + number + "$\">"
                + "<action application=\"answer\"/><action application=\"socket\" data=\"" + program + "\"/>"
                + "<action application=\"set\" data=\"went=on\"/><action application=\"echo\"/></condition></extension>";
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        parts.switchboard().hangupAll(Cause.SYSTEM_SHUTDOWN);
        programs.close();
        listener.close();
        logs.close();
    }

    private CallRef call(String id, String number) {
        Admission admission = parts.switchboard().admit(Deaf.call(id, number));
        ((Admission.Admitted) admission).channel().start();
        return parts.switchboard().find(new ChannelId(id)).orElseThrow();
    }

    /// The program that the server connects to.
    private EslClient accept() throws IOException {
        EslClient program = new EslClient(listener.accept());
        opened.add(program);
        return program;
    }

    private EslClient steers(String id, String number) throws IOException {
        call(id, number);
        EslClient program = accept();
        assertThat(program.ask("connect").reply()).isEqualTo("+OK");
        return program;
    }

    private static String execute(String application, String argument, String more) {
        return "sendmsg\ncall-command: execute\nexecute-app-name: " + application + "\nexecute-app-arg: " + argument + more;
    }

    private static Map<String, String> completed(EslClient program, String application) throws IOException {
        Map<String, String> event = program.awaitEvent("CHANNEL_EXECUTE_COMPLETE").event();
        return event.get("Application").equals(application) ? event : completed(program, application);
    }

    @Test
    void connectTellsAllOfTheCall() throws IOException {
        call("c-1", "7100");
        EslClient program = accept();

        Frame reply = program.ask("connect");

        assertThat(reply.headers()).containsEntry("Content-Type", "command/reply").containsEntry("Socket-Mode", "static")
                .containsEntry("Control", "single-channel").containsEntry("Unique-ID", "c-1").containsEntry("Channel-Destination-Number", "7100")
                .containsEntry("Caller-Caller-ID-Name", "Ann%0AEvil:%20yes").containsEntry("variable_socket_host", "127.0.0.1")
                .doesNotContainKey("Evil");
        assertThat(program.ask("getvar socket_host").reply()).isEqualTo("127.0.0.1");
        assertThat(program.ask("getvar nonsense").reply()).isEmpty();
    }

    @Test
    void aProgramMayDoNothingButSteerItsCall() throws IOException {
        CallRef other = call("c-0", "9196");
        EslClient program = steers("c-1", "7100");

        for (String line : List.of("api status", "bgapi status", "log", "sendevent CUSTOM\nEvent-Subclass: a::b",
                "sendmsg c-0\ncall-command: hangup", "sendmsg c-0\ncall-command: execute\nexecute-app-name: set\nexecute-app-arg: a=b")) {
            assertThat(program.ask(line).reply()).as(line).startsWith("-ERR this connection steers one call");
        }
        assertThat(program.ask("divert_events on").reply()).startsWith("-ERR divert_events is not supported");
        assertThat(program.ask("nonsense").reply()).isEqualTo("-ERR command not found");
        assertThat(program.ask("event plain ALL").reply()).isEqualTo("+OK event listener enabled plain");
        other.hangup(Cause.USER_BUSY, false);
        program.send(execute("set", "colour=red", "") + "\n\n"); // its event comes before the reply, which waits for its end
        assertThat(program.awaitEvent("CHANNEL_EXECUTE").event()).containsEntry("Unique-ID", "c-1");
        program.send("noevents\n\n");
        program.await(frame -> frame.reply().startsWith("+OK no longer"));
    }

    @Test
    void oneThatWaitsIsAnsweredWhenTheApplicationIsDoneAndWhenItLeavesTheDialplanGoesOn() throws IOException {
        EslClient program = steers("c-1", "7100");
        assertThat(program.ask("myevents").reply()).isEqualTo("+OK Events Enabled");

        assertThat(program.ask(execute("set", "colour=${destination_number}", "\nEvent-UUID: e-1")).reply()).isEqualTo("+OK");
        assertThat(program.ask("getvar colour").reply()).isEqualTo("7100");
        assertThat(program.ask(execute("fly", "", "")).reply()).isEqualTo("-ERR there is no application 'fly'");
        assertThat(program.ask("exit").reply()).isEqualTo("+OK bye");
        Frame goodbye = program.await(frame -> frame.type().equals("text/disconnect-notice"));
        assertThat(goodbye.headers()).containsEntry("Controlled-Session-UUID", "c-1").containsEntry("Content-Disposition", "disconnect");
        program.rest();

        assertThat(went("c-1")).isEqualTo("on");
    }

    /// The dialplan's next action has run.
    private String went(String id) {
        for (int i = 0; i < 2_000 && parts.switchboard().get(new ChannelId(id), "went").orElse("").isEmpty(); i++) {
            time.mailbox(1).await(time.nanoTime() + 10_000_000);
        }
        return parts.switchboard().get(new ChannelId(id), "went").orElse("");
    }

    @Test
    void anAsynchronousOneIsAnsweredAtOnceAndHearsWhatComesOfIt() throws IOException {
        EslClient program = steers("c-1", "7101");
        program.ask("myevents");

        assertThat(program.ask(execute("sleep", "100", "\nEvent-UUID: e-1\nevent-lock: true")).reply()).isEqualTo("+OK");
        program.send(execute("set", "colour=red", "\nevent-lock: true") + "\n\n");

        assertThat(completed(program, "sleep")).containsEntry("Application-UUID", "e-1").doesNotContainKey("variable_colour");
        assertThat(completed(program, "set")).containsEntry("variable_colour", "red");
        assertThat(program.api("echo x")).isEqualTo("x");
        assertThat(program.ask("resume").reply()).isEqualTo("+OK");
        assertThat(program.ask("getvar socket_resume").reply()).isEqualTo("true");
        program.close();
        assertThat(went("c-1")).isEqualTo("on");
    }

    @Test
    void whenTheCallEndsTheProgramHearsItAndIsDisconnected() throws IOException {
        EslClient program = steers("c-1", "7101");
        program.ask("myevents json");

        assertThat(program.ask("sendmsg\ncall-command: hangup\nhangup-cause: USER_BUSY").reply()).isEqualTo("+OK");

        assertThat(program.rest()).contains("CHANNEL_HANGUP_COMPLETE", "USER_BUSY", "Content-Disposition: disconnect");
    }

    @Test
    void oneThatLingersHearsTheVeryEnd() throws IOException {
        EslClient program = steers("c-1", "7101");
        program.ask("myevents");
        assertThat(program.ask("linger 5").reply()).isEqualTo("+OK will linger 5 seconds");
        assertThat(program.ask("nolinger").reply()).isEqualTo("+OK will not linger");
        assertThat(program.ask("linger x").reply()).startsWith("-ERR");
        assertThat(program.ask("linger").reply()).isEqualTo("+OK will linger");

        program.ask("sendmsg c-1\ncall-command: hangup");
        Frame notice = program.await(frame -> frame.type().equals("text/disconnect-notice"));
        assertThat(notice.headers()).containsEntry("Content-Disposition", "linger").containsEntry("Linger-Time", "600");
        program.awaitEvent("CHANNEL_DESTROY");

        assertThat(program.ask(execute("set", "a=b", "")).reply()).isEqualTo("-ERR invalid session id [c-1]");
        assertThat(program.ask("exit").reply()).isEqualTo("+OK bye");
        program.rest();
    }

    @Test
    void whereNobodyListensTheDialplanGoesOnOrTheNextAddressIsTried() throws IOException {
        call("c-1", "7102");
        assertThat(went("c-1")).isEqualTo("on");

        assertThat(steers("c-2", "7103").ask("getvar went").reply()).isEmpty();
    }

    @Test
    void aProgramThatGoesAwayWithoutAWordIsNone() throws IOException {
        call("c-1", "7100");
        accept().close();

        assertThat(went("c-1")).isEqualTo("on");
    }

    @Test
    void whenTheCallerHangsUpBeforeTheProgramSaysAnythingNobodyIsLeft() throws IOException {
        CallRef call = call("c-1", "7101");
        EslClient program = accept();

        call.hangup(Cause.ORIGINATOR_CANCEL, true);

        assertThat(program.rest()).isEmpty();
    }

    @Test
    void whenTheServerStopsProgramsAreDisconnected() throws IOException {
        EslClient program = steers("c-1", "7101");

        programs.close();

        program.rest();
        call("c-2", "7100");
        assertThat(went("c-2")).isEqualTo("on");
    }
}
