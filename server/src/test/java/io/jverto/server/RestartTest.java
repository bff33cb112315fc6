package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.jverto.server.restart.CallKeeper;
import io.jverto.server.store.DatabaseLocation;
import io.jverto.testkit.log.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole server, stopped by a signal and started again in the middle of calls.
class RestartTest {
    private static final String SDP = ("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n"
            + "a=rtpmap:111 opus/48000/2\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-256 " + "AB:".repeat(31)
            + "AB\r\na=setup:actpass\r\na=rtcp-mux\r\na=sendrecv\r\n").replace("\r\n", "\\r\\n");

    @TempDir
    Path temp;

    private ServerFolder folder;
    private RunningServer server;
    private boolean runs;

    @BeforeEach
    void copiesTheTreeThatComesAlong() throws IOException {
        folder = new ServerFolder(temp);
        start();
    }

    @AfterEach
    void stop() {
        if (runs) {
            end(server::stop);
        }
    }

    private void start() {
        server = RunningServer.start(folder.options("pw"));
        runs = true;
    }

    private void end(Runnable how) {
        runs = false;
        how.run();
    }

    private void restart() {
        end(server::drainAndStop);
        start();
    }

    private Path file() {
        return temp.resolve("data/run/calls");
    }

    private WsClient client(String user) {
        return client(user, "session-" + user);
    }

    private WsClient client(String user, String session) {
        WsClient client = new WsClient(folder.wsPort);
        client.ask("login", "{\"login\":\"" + user + "@pbx.test\",\"passwd\":\"pw\",\"sessid\":\"" + session + "\"}", "logged in");
        return client;
    }

    /// The user 1000 hears himself, and then loses his connection.
    private void leavesAnEcho() {
        try (WsClient ada = client("1000")) {
            calls(ada, "one", "9196");
            ada.awaits("verto.answer");
        }
    }

    private static void calls(WsClient client, String id, String number) {
        client.ask("verto.invite", "{\"sdp\":\"" + SDP + "\",\"dialogParams\":{\"callID\":\"" + id + "\",\"destination_number\":\"" + number + "\"}}", "CALL CREATED");
    }

    private static void takesUp(WsClient client, String id) {
        client.ask("verto.attach", "{\"sdp\":\"" + SDP.replace("actpass", "active") + "\",\"dialogParams\":{\"callID\":\"" + id + "\"}}", "result");
    }

    private static String callId(String message) {
        return message.replaceFirst("(?s).*\"callID\":\"([^\"]+)\".*", "$1");
    }

    private List<String> records() throws Exception {
        List<String> records = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(new DatabaseLocation.Embedded(temp.resolve("data/db")).url());
                ResultSet row = connection.createStatement().executeQuery("SELECT uuid, hangup_cause FROM call_record")) {
            while (row.next()) {
                records.add(row.getString(1) + " " + row.getString(2));
            }
        }
        return records;
    }

    @Test
    void givesAClientItsCallBackAndLeavesOneRecord() throws Exception {
        leavesAnEcho();

        restart();
        try (WsClient ada = client("1000")) {
            assertThat(ada.awaits("verto.attach")).contains("\"callID\":\"one\"", "\"display_direction\":\"inbound\"", "a=setup:actpass");
            assertThat(ada.awaits("verto.clientReady")).contains("\"reattached_sessions\":[\"one\"]");
            takesUp(ada, "one");
            ada.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"one\"}}", "CALL ENDED");
        }
        stop();

        assertThat(records()).containsExactly("one NORMAL_CLEARING");
        assertThat(file()).doesNotExist();
    }

    @Test
    void letsTwoTalkOnAndTellsTheOtherOneWhenOneHangsUp() {
        String leg;
        try (WsClient ada = client("1000"); WsClient bob = client("1001")) {
            calls(ada, "one", "1001");
            leg = callId(bob.awaits("verto.invite"));
            bob.ask("verto.answer", "{\"sdp\":\"" + SDP.replace("actpass", "active").replace("111", "102") + "\",\"dialogParams\":{\"callID\":\"" + leg + "\"}}", "result");
            ada.awaits("verto.answer");
            ada.awaits("verto.display");
            restart();
        }

        try (WsClient bob = client("1001"); WsClient ada = client("1000")) {
            assertThat(bob.awaits("verto.attach")).contains("\"callID\":\"" + leg + "\"", "\"display_direction\":\"outbound\"");
            bob.ask("verto.attach", "{\"sdp\":\"" + SDP.replace("actpass", "active").replace("111", "102") + "\",\"dialogParams\":{\"callID\":\"" + leg + "\"}}", "result");
            ada.awaits("verto.attach");
            takesUp(ada, "one");
            assertThat(server.command("show bridged_calls count")).contains("1 total");
            bob.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"" + leg + "\"}}", "CALL ENDED");
            assertThat(ada.awaits("verto.bye")).contains("\"callID\":\"one\"");
        }
    }

    @Test
    void findsMembersInTheirRoomAgainAsTheyWere() throws Exception {
        try (WsClient ada = client("1000"); WsClient bob = client("1001")) {
            calls(ada, "one", "3000");
            ada.awaits("conference-liveArray-join");
            calls(bob, "two", "3000");
            bob.awaits("conference-liveArray-join");
            assertThat(server.command("conference 3000 mute 2")).contains("OK");
            assertThat(server.command("conference 3000 pin 4711")).contains("OK");
            assertThat(server.command("sched_hangup +3600 two")).contains("OK");
            restart();
        }

        assertThat(server.command("conference 3000 list").lines()).hasSize(2);
        assertThat(server.command("show tasks")).contains("hang up,two");
        try (WsClient ada = client("1000")) {
            ada.awaits("verto.clientReady");
            takesUp(ada, "one");
            assertThat(ada.awaits("conference-liveArray-join")).contains("\"conferenceMemberID\":\"1\"");
            assertThat(server.command("conference 3000 list").lines()).anySatisfy(line -> assertThat(line).startsWith("2;").doesNotContain("speak"));
        }
        restart();
        assertThat(Files.readString(file())).as("not yet over").contains("\"pin\":\"4711\"", "sched_hangup");
    }

    @Test
    void nobodyElseGetsTheCall() {
        leavesAnEcho();
        restart();

        try (WsClient eve = client("1001", "session-1000")) {
            assertThat(eve.awaits("verto.clientReady")).contains("\"reattached_sessions\":[]");
            eve.ask("verto.attach", "{\"sdp\":\"" + SDP + "\",\"dialogParams\":{\"callID\":\"one\"}}", "CALL DOES NOT EXIST");
            eve.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"one\"}}", "error");
        }
        assertThat(server.command("show channels count")).contains("1 total");
    }

    @Test
    void theFileIsForItsOwnerAndUsedOnce() throws Exception {
        leavesAnEcho();
        end(server::drainAndStop);
        String first = Files.readString(file());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        assertThat(first).contains("session-1000").doesNotContain("pw\"");

        start();
        try (WsClient ada = client("1000")) {
            ada.awaits("verto.attach");
            takesUp(ada, "one");
            ada.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"one\"}}", "CALL ENDED");
        }
        restart();

        assertThat(server.command("show channels count")).contains("0 total");
    }

    @Test
    @Timeout(60)
    void aCallThatGoesOnAnywayIsNotWaitedFor() throws Exception {
        stop();
        folder.set("shutdown_drain_sec", 3_600);
        start();
        leavesAnEcho();

        restart();

        assertThat(server.command("show channels count")).contains("1 total");
    }

    @Test
    void whoComesTooLateHasARecordThatEndsWhenItsTimeWasOver() throws Exception {
        leavesAnEcho();
        end(server::drainAndStop);
        Files.writeString(file(), Files.readString(file()).replaceAll(",?\"lost\":\"[^\"]*\"", ""));
        Files.setLastModifiedTime(file(), FileTime.from(Files.getLastModifiedTime(file()).toInstant().minusSeconds(3_600)));

        start();
        try (WsClient ada = client("1000")) {
            assertThat(ada.awaits("verto.clientReady")).contains("\"reattached_sessions\":[]");
        }
        assertThat(server.command("show channels count")).contains("0 total");
        stop();

        assertThat(records()).containsExactly("one RECOVERY_ON_TIMER_EXPIRE");
    }

    @Test
    void aServerThatIsStoppedByACommandEndsItsCalls() throws Exception {
        try (WsClient ada = client("1000")) {
            calls(ada, "one", "9196");
            ada.awaits("verto.answer");
            server.command("fsctl shutdown now");
            server.awaitShutdown();
            end(server::drainAndStop);
            assertThat(ada.awaits("verto.bye")).contains("\"causeCode\":");
        }
        assertThat(file()).doesNotExist();
        start();

        assertThat(server.command("show channels count")).contains("0 total");
    }

    @Test
    void whatOurOwnFilesDoNotHaveIsPassedOverAndSaid() throws Exception {
        leavesAnEcho();
        end(server::drainAndStop);
        List<String> lines = Files.readAllLines(file());
        lines.add(lines.getLast());
        lines.add(lines.getLast().replaceFirst("\"one\"", "\"other\""));
        Files.write(file(), lines);
        LogLines said = LogLines.of(CallKeeper.class, Level.WARN);

        try (said) {
            start();
        }

        assertThat(said.texts()).singleElement().asString().contains("2 entries of the file of calls are passed over", "under two ids", ": one, one");
        assertThat(server.command("show channels count")).contains("1 total");
    }

    @Test
    void aFileThatCannotBeReadIsPutAsideAndTheServerStarts() throws Exception {
        stop();
        Files.writeString(file(), "{\"form\":\"jverto-calls\",\"version\":99}\n{}\n");

        start();

        assertThat(temp.resolve("data/run/calls.unreadable")).hasContent("{\"form\":\"jverto-calls\",\"version\":99}\n{}\n");
        assertThat(server.command("show channels count")).contains("0 total");
    }

    @Test
    void whatIsNotedWhileItRunsIsEnoughForAServerThatWasKilled() throws Exception {
        try (WsClient ada = client("1000")) {
            calls(ada, "one", "9196");
            ada.awaits("verto.answer");
            Asking.until(server, "show channels count", _ -> Files.exists(file()));
            String noted = Files.readString(file());
            stop();
            Files.writeString(file(), noted);
        }

        start();
        try (WsClient ada = client("1000")) {
            assertThat(ada.awaits("verto.clientReady")).contains("\"reattached_sessions\":[\"one\"]");
        }
    }
}
