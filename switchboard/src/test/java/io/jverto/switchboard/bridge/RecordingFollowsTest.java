package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.TransferWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `recording_follow_transfer`: a recording of a session goes on when the channel that it began with leaves by a transfer.
class RecordingFollowsTest extends ThreeParties {
    private static final String FOLLOWS = "<action application=\"set\" data=\"recording_follow_transfer=true\"/>";
    private static final String STAYS = "";
    private static final TransferWatch UNWATCHED = new TransferWatch() {
        @Override
        public void rings() {}

        @Override
        public void arrived() {}

        @Override
        public void failed(Cause cause) {}
    };

    @TempDir
    Path folder;

    private List<String> events;

    @BeforeEach
    void listens() {
        pbx.folders(folder, folder, "");
        events = pbx.watch("Unique-ID", "Record-File-Path");
    }

    /// Ada is recorded and talks with Bob.
    private TestClient talk(String variable) {
        pbx.dialplan(ECHO + USERS + """
                <extension><condition field="destination_number" expression="^r(10..)$">%s
                  <action application="set" data="RECORD_STEREO=true"/><action application="answer"/>
                  <action application="record_session" data="talk.wav"/><action application="set" data="hangup_after_bridge=true"/>
                  <action application="bridge" data="user/$1@example.org"/></condition></extension>
                <extension><condition field="destination_number" expression="^twice$"><action application="bridge" data="user/1002@example.org"/>
                  <action application="bridge" data="user/1001@example.org"/></condition></extension>
                <extension><condition field="destination_number" expression="^ask$">
                  <action application="att_xfer" data="user/1002@example.org"/></condition></extension>
                <extension><condition field="destination_number" expression="^\\*(.+)$">
                  <action application="intercept" data="$1"/></condition></extension>
                """.formatted(variable));
        return calls("a", bob, "r1001", "Bob");
    }

    private TransferResult transfer(TestClient who, String destination) {
        TransferResult result = pbx.board.transfer(who.channel.id(), destination);
        pbx.time.settle();
        return result;
    }

    private void order(String command) {
        pbx.time.start("operator", () -> pbx.commands.run(command));
        pbx.time.settle();
    }

    /// @return begins and ends of recordings, with the channel
    private List<String> told() {
        return events.stream().filter(line -> line.startsWith("RECORD_")).map(line -> line.replaceAll(" /.*/", " ")).toList();
    }

    private List<String> moves(String channel) {
        return sound(channel).stream().filter(line -> line.startsWith("move recording") || line.contains(" comes as ")).toList();
    }

    private void isWithBobToTheEnd() {
        assertThat(moves("a")).containsExactly("move recording 1");
        assertThat(moves(leg(bob))).containsExactly("recording 1 of a comes as 1 swapped");
        assertThat(told()).containsExactly("RECORD_START a talk.wav", "RECORD_START " + leg(bob) + " talk.wav");
        hangsUp(bob.rung());
        assertThat(told()).last().isEqualTo("RECORD_STOP " + leg(bob) + " talk.wav");
        assertThat(told()).hasSize(3);
        assertThat(files()).as("files in the records of a and Bob").containsKeys("a", leg(bob));
    }

    /// @return what call records say was recorded last, by channel
    private Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        for (CallRecord record : pbx.records) {
            String file = record.variables().getOrDefault("record_file_path", "");
            if (!file.isEmpty()) {
                assertThat(file).isEqualTo(folder.resolve("talk.wav").toString());
                files.put(record.id().value(), file);
            }
        }
        return files;
    }

    @Test
    void whoTransfersHisPartnerLeavesHimTheRecording() {
        TestClient ada = talk(FOLLOWS);

        assertThat(transfer(ada, "9196")).isEqualTo(TransferResult.DONE);

        assertThat(last(ada)).contains("bye");
        assertThat(sound(leg(bob))).contains("route Echo");
        isWithBobToTheEnd();
    }

    @Test
    void withoutTheVariableItEndsWithItsChannel() {
        TestClient ada = talk(STAYS);

        transfer(ada, "9196");

        assertThat(told()).containsExactly("RECORD_START a talk.wav", "RECORD_STOP a talk.wav");
        assertThat(moves("a")).isEmpty();
    }

    @Test
    void aTransferWhoseOutcomeIsAwaitedMovesItAtOnce() {
        TestClient ada = talk(FOLLOWS);

        pbx.board.transfer(ada.channel.id(), "9196", Map.of(), UNWATCHED);
        pbx.time.settle();

        isWithBobToTheEnd();
    }

    @Test
    void whoIsSentOnKeepsHisRecordingFromTalkToTalk() {
        TestClient ada = talk(FOLLOWS);

        transfer(bob.rung(), "twice");
        answers(cy, "Cy");
        hangsUp(cy.rung());
        answers(bob, "Bob");
        order("uuid_transfer a 9196");

        assertThat(moves("a")).isEmpty();
        assertThat(told()).containsExactly("RECORD_START a talk.wav");
        assertThat(last(bob.rung())).contains("bye");
        hangsUp(ada);
        assertThat(told()).containsExactly("RECORD_START a talk.wav", "RECORD_STOP a talk.wav");
    }

    @Test
    void anOperatorWhoSendsTheOtherSideOnLeavesItTheRecording() {
        talk(FOLLOWS);

        order("uuid_transfer a -bleg 9196");

        isWithBobToTheEnd();
    }

    @Test
    void anAttendedTransferLeavesItToWhomTheCallTalkedWith() {
        TestClient ada = talk(FOLLOWS);
        TestClient asks = calls("b", cy, "1002", "Cy");

        pbx.time.start("client", () -> pbx.board.replace(asks.channel.id(), ada.channel.id()));
        pbx.time.settle();

        assertThat(sound(leg(bob)).stream().anyMatch(("bridge " + leg(cy))::equals) || sound(leg(cy)).contains("bridge " + leg(bob))).isTrue();
        assertThat(last(ada)).contains("bye");
        isWithBobToTheEnd();
        assertThat(last(cy.rung())).contains("bye");
    }

    @Test
    void aConsultationThatIsRecordedGoesOnWithWhoWasAsked() {
        TestClient ada = talk(FOLLOWS);
        TestClient asks = pbx.call("b", "1002");
        order("uuid_setvar b recording_follow_transfer true");
        answers(cy, "Cy");
        order("uuid_record b start " + folder.resolve("asked.wav"));

        pbx.time.start("client", () -> pbx.board.replace(asks.channel.id(), ada.channel.id()));
        pbx.time.settle();

        assertThat(moves(leg(cy))).containsExactly("recording 1 of b comes as 1 swapped");
        assertThat(moves(leg(bob))).containsExactly("recording 1 of a comes as 1 swapped");
        hangsUp(bob.rung());
        assertThat(told()).filteredOn(line -> line.startsWith("RECORD_STOP"))
                .containsExactlyInAnyOrder("RECORD_STOP " + leg(bob) + " talk.wav", "RECORD_STOP " + leg(cy) + " asked.wav");
    }

    @Test
    void oneWhoAsksAThirdAndLeavesLeavesItToHisPartner() {
        TestClient ada = talk(FOLLOWS);
        pbx.board.execute(ada.channel.id(), new Execution.Order("execute_extension", "ask", "", 1));
        pbx.time.settle();
        answers(cy, "Cy");
        assertThat(moves("a")).isEmpty();

        hangsUp(ada);

        isWithBobToTheEnd();
        assertThat(last(cy.rung())).contains("bye");
    }

    @Test
    void whoeverTakesThePlaceOfARecordedCallIsRecorded() {
        TestClient ada = talk(FOLLOWS);
        TestClient dee = pbx.call("d", "*" + leg(bob));

        assertThat(last(ada)).isEqualTo("0 bye PICKED_OFF");
        assertThat(moves("d")).containsExactly("recording 1 of a comes as 1");
        hangsUp(dee);
        assertThat(told()).containsExactly("RECORD_START a talk.wav", "RECORD_START d talk.wav", "RECORD_STOP d talk.wav");
    }

    @Test
    void oneThatIsMaskedStaysMaskedAndOneThatHasMovedMovesOn() {
        TestClient ada = talk(FOLLOWS);
        order("uuid_record a mask " + folder.resolve("talk.wav"));
        transfer(ada, "1002");
        assertThat(sound(leg(bob))).contains("recording 1 MASKED");
        answers(cy, "Cy");

        transfer(bob.rung(), "9196");

        assertThat(moves(leg(cy))).containsExactly("recording 1 of " + leg(bob) + " comes as 1 swapped");
        order("uuid_record " + leg(cy) + " stop " + folder.resolve("talk.wav"));
        assertThat(told()).last().isEqualTo("RECORD_STOP " + leg(cy) + " talk.wav");
        assertThat(sound(leg(cy))).contains("stop recording 1");
        hangsUp(cy.rung());
        assertThat(told()).filteredOn(line -> line.startsWith("RECORD_STOP")).hasSize(1);
    }

    /// Whatever is done in which order, there is one file, with one end, and one channel at a time that is recorded.
    @Test
    void aRecordingHasOnePlaceAndOneEndWhateverTheOrder() {
        int moved = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            events.clear();
            pbx.records.clear();
            TestClient ada = talk(FOLLOWS);
            List<String> done = new ArrayList<>();
            for (int step = 0; step < 5; step++) {
                done.add(something(random, ada));
                if (random.nextBoolean()) { // else the next comes in the same moment
                    pbx.time.settle();
                }
                random.ints(random.nextInt(2)).forEach(_ -> answersIfItRings(random));
            }
            pbx.advance(70_000);
            pbx.board.hangupAll(Cause.NORMAL_CLEARING);
            pbx.time.settle();

            assertThat(told()).as("seed %d: %s", seed, done).filteredOn(line -> line.startsWith("RECORD_STOP")).hasSize(1);
            List<String> starts = told().stream().filter(line -> line.startsWith("RECORD_START")).toList();
            String moves = pbx.media.byChannel.keySet().stream().flatMap(channel -> moves(channel).stream()).filter(line -> line.startsWith("move")).toList().toString();
            assertThat(starts).as("seed %d: %s, %s", seed, done, moves).doesNotHaveDuplicates().first().isEqualTo("RECORD_START a talk.wav");
            assertThat(told().getLast()).as("seed %d: %s", seed, done).isEqualTo(starts.getLast().replace("START", "STOP"));
            moved += starts.size() - 1;
            pbx.media.byChannel.clear();
        }
        assertThat(moved).as("moves of all seeds").isPositive();
    }

    private void answersIfItRings(Random random) {
        if (!cy.clients.isEmpty() && random.nextBoolean()) {
            answers(cy, "Cy");
        }
    }

    private String something(Random random, TestClient ada) {
        List<TestClient> all = new ArrayList<>(List.of(ada, bob.rung()));
        if (!cy.clients.isEmpty()) {
            all.add(cy.rung());
        }
        ChannelId who = all.get(random.nextInt(all.size())).channel.id();
        String where = List.of("9196", "1002", "77").get(random.nextInt(3));
        switch (random.nextInt(5)) {
            case 0 -> pbx.board.transfer(who, where);
            case 1 -> pbx.board.transfer(who, where, Map.of(), UNWATCHED);
            case 2 -> pbx.time.start("operator", () -> pbx.commands.run("uuid_transfer " + who.value() + " " + where));
            case 3 -> pbx.time.start("operator", () -> pbx.commands.run("uuid_transfer " + who.value() + " -bleg " + where));
            default -> pbx.board.execute(who, new Execution.Order("execute_extension", "ask", "", 1));
        }
        return who.value() + " to " + where;
    }
}
