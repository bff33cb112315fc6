package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Recording;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.edge.Relay;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.kept.Belongings;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.kept.KeptWork;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecord.Leg;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls of one switch that go on in the next.
class RestartTest extends ThreeParties {
    private static final String OPUS = "opus,pcmu,pcma";
    private final TestSwitch next = new TestSwitch();
    private final List<TestClient> clients = new ArrayList<>();

    @BeforeEach
    void theNextHasTheSameDialplan() {
        next.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        next.dialplan(ECHO + USERS);
        next.advance(600_000); // its clock is another one
    }

    @AfterEach
    void nothingIsLeftInTheNextEither() {
        next.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        next.time.settle();
        assertThat(next.board.channels().rows()).isEmpty();
        assertThat(next.media.open).hasValue(0);
    }

    /// @return what was kept
    private List<KeptChannel> restarted() {
        List<KeptChannel> kept = KeptChannel.whole(pbx.board.keepable());
        List<ChannelId> ids = kept.stream().map(KeptChannel::id).toList();
        assertThat(pbx.board.suspend(ids)).containsExactlyInAnyOrderElementsOf(ids);
        pbx.time.settle();
        List<CallRef> calls = new ArrayList<>();
        for (KeptChannel one : kept) {
            Relay relay = new Relay();
            CallRef call = next.board.restore(one, relay, OPUS, TestSwitch.RULES).orElseThrow();
            TestClient client = next.client(call, relay);
            clients.add(client);
            calls.add(call);
        }
        calls.forEach(CallRef::start);
        next.time.settle();
        return kept;
    }

    private CallRef call(String id) {
        return next.board.find(new ChannelId(id)).orElseThrow();
    }

    /// Its client does what clients do when they have found their session again.
    private void comesBack(String id) {
        assertThat(call(id).reoffer()).isPresent();
        assertThat(call(id).reattach(id.equals("a") ? TestSdp.OPUS : TestSdp.ANSWER_OPUS)).isEqualTo(AnswerResult.ANSWERED);
        call(id).reattached();
        next.time.settle();
    }

    private List<String> nextSound(String id) {
        return next.media.of(id).log;
    }

    /// @return what it hears
    private String nextRoute(String id) {
        return nextSound(id).stream().filter(line -> line.startsWith("route") || line.startsWith("bridge") || line.startsWith("play")).toList().getLast();
    }

    @Test
    void anEchoBeginsAnewWhenItsClientIsBack() {
        TestClient ada = pbx.call("a", "9196");

        List<KeptChannel> kept = restarted();

        assertThat(ada.heard).containsExactly("0 answer sdp");
        assertThat(pbx.records).isEmpty();
        assertThat(kept).singleElement().extracting(KeptChannel::work).isInstanceOf(KeptWork.Goes.class);
        assertThat(nextSound("a")).isEmpty();
        String offer = call("a").reoffer().orElseThrow().offer().value();
        assertThat(offer).contains("m=audio 16384 UDP/TLS/RTP/SAVPF 111 126", "a=setup:actpass").doesNotContain("PCMU");
        comesBack("a");
        assertThat(nextSound("a")).contains("apply OPUS").endsWith("route Echo");
        assertThat(clients.getFirst().heard).isEmpty();
    }

    @Test
    void theRecordTellsOfTheWholeCall() {
        pbx.call("a", "9196");
        pbx.advance(30_000);
        restarted();
        comesBack("a");

        call("a").hangup(Cause.NORMAL_CLEARING, true);
        next.time.settle();

        assertThat(next.records).singleElement().satisfies(record -> {
            assertThat(record.leg()).isEqualTo(Leg.INBOUND);
            assertThat(record.times().created()).isEqualTo(pbx.time.wallTime().minusSeconds(30));
            assertThat(record.times().answered()).contains(pbx.time.wallTime().minusSeconds(30));
            assertThat(record.lastStep()).isEqualTo(new CallRecord.LastStep("echo", ""));
            assertThat(record.codec()).isEqualTo("opus");
        });
    }

    @Test
    void aCallWhoseClientStaysAwayEndsWithARecord() {
        pbx.call("a", "9196");
        restarted();

        call("a").hangup(Cause.RECOVERY_ON_TIMER_EXPIRE, false);
        next.time.settle();

        assertThat(next.records).singleElement().extracting(CallRecord::cause).isEqualTo(Cause.RECOVERY_ON_TIMER_EXPIRE);
        assertThat(clients.getFirst().heard).last().asString().endsWith("bye RECOVERY_ON_TIMER_EXPIRE");
    }

    @Test
    void aTalkGoesOnWhicheverSideIsBackFirst() {
        calls("a", bob, "1001", "Bob");
        String leg = leg(bob);

        List<KeptChannel> kept = restarted();

        assertThat(kept).extracting(KeptChannel::work).hasSize(2)
                .anySatisfy(work -> assertThat(work).isEqualTo(new KeptWork.Follows(new ChannelId("a"))))
                .anySatisfy(work -> assertThat(work).isInstanceOfSatisfying(KeptWork.Leads.class, leads -> assertThat(leads.other().value()).isEqualTo(leg)));
        assertThat(nextSound("a")).contains("bridge " + leg);
        comesBack(leg);
        comesBack("a");
        assertThat(call("a").answered()).isTrue();
        assertThat(next.board.channels().partner(new ChannelId("a"))).contains(new ChannelId(leg));

        call(leg).hangup(Cause.NORMAL_CLEARING, true);
        next.time.settle();

        assertThat(next.board.channels().rows()).isEmpty();
        assertThat(next.records).extracting(CallRecord::leg).containsExactlyInAnyOrder(Leg.INBOUND, Leg.CALLED);
        assertThat(next.records).extracting(CallRecord::otherId).containsExactlyInAnyOrder("a", leg);
    }

    @Test
    void whenOneSideOfATalkStaysAwayTheOtherOneIsTold() {
        calls("a", bob, "1001", "Bob");
        String leg = leg(bob);
        restarted();
        comesBack(leg);

        call("a").hangup(Cause.RECOVERY_ON_TIMER_EXPIRE, false);
        next.time.settle();

        assertThat(next.board.channels().rows()).isEmpty();
    }

    @Test
    void theDialplanGoesOnBehindATalk() {
        String talkThenEcho = """
                <extension name="both"><condition field="destination_number" expression="^7$">
                  <action application="bridge" data="user/1001@example.org"/><action application="echo"/></condition></extension>
                """;
        pbx.dialplan(talkThenEcho);
        calls("a", bob, "7", "Bob");
        String leg = leg(bob);
        restarted();
        comesBack("a");
        comesBack(leg);

        call(leg).hangup(Cause.NORMAL_CLEARING, true);
        next.time.settle();

        assertThat(nextSound("a")).endsWith("route Echo");
    }

    @Test
    void whatIsLeftOfAnExtensionThatIsExecutedComesBeforeTheOneThatExecutesIt() {
        pbx.dialplan("""
                <extension name="inner"><condition field="destination_number" expression="^8$">
                  <action application="set" data="one=1"/><action application="park"/><action application="set" data="two=2"/></condition></extension>
                <extension name="outer"><condition field="destination_number" expression="^9$">
                  <action application="answer"/><action application="execute_extension" data="8"/><action application="echo"/></condition></extension>
                """);
        pbx.call("a", "9");

        List<KeptChannel> kept = restarted();

        assertThat(kept).singleElement().extracting(KeptChannel::work).isInstanceOfSatisfying(KeptWork.Goes.class, goes ->
                assertThat(goes.rest()).extracting(step -> step.application() + " " + step.data()).containsExactly("park ", "set two=2", "echo "));
        comesBack("a");
    }

    @Test
    void callsThatOnlyRingAreNotKept() {
        pbx.call("a", "1001");

        assertThat(pbx.board.keepable()).isEmpty();
    }

    @Test
    void aTalkOfWhichOneSideCannotBeKeptIsNot() {
        calls("a", bob, "1001", "Bob");

        List<KeptChannel> one = pbx.board.keepable().stream().filter(kept -> !kept.outbound()).toList();

        assertThat(one).hasSize(1);
        assertThat(KeptChannel.whole(one)).isEmpty();
    }

    @Test
    void variablesComeAlongWithWhatACallerChoseOfThem() {
        pbx.call("a", "9196", TestSdp.OPUS, Map.of("nick", "${evil}"));

        List<KeptChannel> kept = restarted();

        assertThat(kept.getFirst().variables()).containsEntry("nick", Text.data("${evil}"));
        assertThat(next.board.get(new ChannelId("a"), "NICK")).contains("${evil}");
    }

    @Test
    void aCallIsKeptAgainBeforeItsClientIsBack() {
        pbx.call("a", "9196");
        List<KeptChannel> kept = restarted();

        assertThat(next.board.keepable()).usingRecursiveComparison().isEqualTo(kept);
    }

    @Test
    void aRecordingIsNotWrittenOver(@TempDir Path folder) {
        pbx.folders(folder, folder, "");
        pbx.actions("answer", "record said.wav", "echo");
        pbx.call("a", "1");

        restarted();
        comesBack("a");

        assertThat(nextSound("a")).endsWith("route Echo").noneMatch(line -> line.startsWith("record"));
    }

    @Test
    void whoIsOnHoldHearsMusicUntilTheOneWhoHoldsIsBack() {
        calls("a", bob, "1001", "Bob");
        String leg = leg(bob);
        pbx.board.find(new ChannelId("a")).orElseThrow().hold(CallRef.HoldWish.HOLD);
        pbx.time.settle();

        restarted();
        comesBack(leg);

        assertThat(call("a").held()).isTrue();
        assertThat(nextRoute(leg)).startsWith("play Music");
        comesBack("a");
        assertThat(call("a").held()).as("a client that takes up its call knows of no hold").isFalse();
        assertThat(nextSound("a")).endsWith("go on", "bridge " + leg);
    }

    @Test
    void theOtherSideMayHoldToo() {
        calls("a", bob, "1001", "Bob");
        String leg = leg(bob);
        pbx.board.find(new ChannelId(leg)).orElseThrow().hold(CallRef.HoldWish.HOLD);
        pbx.time.settle();

        restarted();
        comesBack("a");

        assertThat(call(leg).held()).isTrue();
        assertThat(nextRoute("a")).startsWith("play Music");
    }

    @Test
    void whatWasToHappenLaterHappensAtItsTime() {
        pbx.dialplan("""
                <extension name="short"><condition field="destination_number" expression="^7$"><action application="answer"/>
                  <action application="sched_hangup" data="+700 NORMAL_UNSPECIFIED"/><action application="sched_transfer" data="+690 9196"/>
                  <action application="echo"/></condition></extension>
                """);
        pbx.call("a", "7");
        pbx.commands.run("sched_broadcast +680 a tone.wav");

        restarted();
        comesBack("a");

        assertThat(next.commands.run("show tasks count")).contains("3 total");
        next.advance(99_000);
        assertThat(call("a").answered()).isTrue();
        next.advance(2_000);
        assertThat(next.records).singleElement().extracting(CallRecord::cause).isEqualTo(Cause.NORMAL_UNSPECIFIED);
    }

    @Test
    void whatShouldHaveHappenedMeanwhileHappensAtOnce() {
        pbx.dialplan("""
                <extension name="short"><condition field="destination_number" expression="^7$"><action application="answer"/>
                  <action application="sched_hangup" data="+60"/><action application="echo"/></condition></extension>
                """);
        pbx.call("a", "7");

        restarted();

        assertThat(next.records).singleElement().extracting(CallRecord::cause).isEqualTo(Cause.ALLOTTED_TIMEOUT);
    }

    @Test
    void aCallKeepsItsPlaceInALimit() {
        String limited = """
                <extension name="few"><condition field="destination_number" expression="^7$"><action application="limit" data="hash calls ada 1"/>
                  <action application="limit" data="db calls all 9"/><action application="answer"/><action application="echo"/></condition></extension>
                """;
        pbx.dialplan(limited);
        next.dialplan(limited);
        pbx.call("a", "7");

        restarted();

        assertThat(next.commands.run("limit_usage hash calls ada")).isEqualTo("1");
        assertThat(next.commands.run("limit_usage db calls all")).isEqualTo("1");
        call("a").hangup(Cause.NORMAL_CLEARING, true);
        next.time.settle();
        assertThat(next.commands.run("limit_usage hash calls ada")).isEqualTo("0");
    }

    @Test
    void recordingsOfASessionGoOnWhenTheClientIsBack(@TempDir Path folder) throws IOException {
        pbx.folders(folder, folder, "");
        pbx.actions("answer", "set RECORD_STEREO=true", "record_session said.wav", "record_session said.ogg", "record_session_pause said.ogg", "echo");
        pbx.call("a", "1");
        Files.createFile(folder.resolve("said.wav"));
        Files.createFile(folder.resolve("said.ogg"));
        List<String> told = next.watch("Record-File-Path", "Record-Resumed");

        restarted();
        assertThat(nextSound("a")).noneMatch(line -> line.startsWith("record"));
        List<KeptChannel> again = next.board.keepable();
        comesBack("a");

        assertThat(again.getFirst().has().recordings()).as("the server may be started again before the client is back").hasSize(2);
        assertThat(told).contains("RECORD_START " + folder.resolve("said.wav") + " true", "RECORD_START " + folder.resolve("said-2.ogg") + " true");
        assertThat(nextSound("a")).anySatisfy(line -> assertThat(line).startsWith("record session").contains("OWN_LEFT", "said.wav", "append=true"))
                .anySatisfy(line -> assertThat(line).startsWith("record session").contains("OWN_LEFT", "said-2.ogg"))
                .anySatisfy(line -> assertThat(line).contains("PAUSED"));
        assertThat(next.board.keepable().getFirst().has().recordings()).hasSize(2);
    }

    @Test
    void aFileThatNoRecordingCanHaveIsPassedOver() {
        pbx.call("a", "9196");
        KeptChannel kept = pbx.board.keepable().getFirst();
        Recording evil = new Recording(Path.of("/etc/passwd"), false, 0, Recording.Silence.NEVER);
        KeptChannel forged = new KeptChannel(kept.id(), kept.outbound(), kept.profile(), kept.sentOn(), kept.shown(), kept.variables(), kept.created(), kept.answered(),
                kept.audio(), kept.video(), kept.running(), kept.work(),
                Optional.of(new Belongings(false, List.of(new Belongings.KeptRecording(evil, Recording.Sides.MIXED, false, false, Recording.Flow.RUNS)),
                        List.of(new Belongings.KeptTask(next.time.wallTime(), "system", Text.data("reboot"))), List.of(new Belongings.KeptLimit("moon", "", "")))));
        Relay relay = new Relay();
        CallRef call = next.board.restore(forged, relay, OPUS, TestSwitch.RULES).orElseThrow();
        clients.add(next.client(call, relay));
        call.start();
        next.time.settle();
        comesBack("a");

        assertThat(nextSound("a")).endsWith("route Echo").noneMatch(line -> line.startsWith("record"));
        assertThat(next.commands.run("show tasks count")).contains("0 total");
    }
}
