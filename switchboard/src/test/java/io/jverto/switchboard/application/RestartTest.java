package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.edge.Relay;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.kept.KeptWork;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecord.Leg;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
}
