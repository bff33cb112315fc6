package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Callers in a queue and agents who serve it.
class FifoTest {
    private static final String MUSIC = "play Music[]";
    private static final String TONE = "tone_stream://%(100,0,440)";
    private static final String HEARD_TONE = "play Tone[script=%(100,0,440)]";

    private final TestSwitch pbx = new TestSwitch();

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
        assertThat(pbx.media.open).hasValue(0);
        assertThat(pbx.commands.run("fifo count")).isEqualTo("none\n");
    }

    private TestClient calls(String id, String... actions) {
        pbx.actions(actions);
        TestClient client = pbx.call(id, "1");
        pbx.time.settle();
        return client;
    }

    private TestClient waits(String id) {
        return calls(id, "fifo desk in");
    }

    private TestClient serves(String id) {
        return calls(id, "fifo desk out wait", "set after=yes", "park");
    }

    private void press(TestClient client, String keys) {
        client.channel.dtmf(keys, 0);
        pbx.time.settle();
    }

    private void hangsUp(TestClient client) {
        client.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    private void soundEnds(String id) {
        pbx.media.of(id).playbackEnds();
        pbx.time.settle();
    }

    private List<String> sound(String id) {
        return pbx.media.of(id).log;
    }

    private String count() {
        return pbx.commands.run("fifo count desk");
    }

    @Test
    void whoWaitsHearsMusicUntilSomebodyServesHim() {
        TestClient ada = waits("ada");
        assertThat(ada.heard).containsExactly("0 answer sdp");
        assertThat(sound("ada")).last().isEqualTo(MUSIC);
        assertThat(pbx.variable(ada, "fifo_position")).isEqualTo("1");
        assertThat(pbx.variable(ada, "fifo_status")).isEqualTo("WAITING");

        TestClient agent = serves("agent");

        assertThat(sound("ada")).last().isEqualTo("bridge agent");
        assertThat(sound("agent")).last().isEqualTo("bridge ada");
        assertThat(pbx.variable(ada, "fifo_status")).isEqualTo("TALKING");
        assertThat(pbx.variable(ada, "fifo_serviced_uuid")).isEqualTo("agent");
        assertThat(pbx.variable(agent, "fifo_bridge_uuid")).isEqualTo("ada");
        assertThat(count()).isEqualTo("desk:1:0:0:0:0\n");
    }

    @Test
    void whoServesHearsMusicUntilSomebodyComes() {
        serves("agent");
        assertThat(sound("agent")).last().isEqualTo(MUSIC);
        assertThat(count()).isEqualTo("desk:1:0:0:0:1\n");

        waits("ada");

        assertThat(sound("ada")).last().isEqualTo("bridge agent");
    }

    @Test
    void ofTwoWhoServeOnlyOneGetsHim() {
        serves("agent1");
        serves("agent2");

        waits("ada");

        assertThat(List.of(sound("agent1").getLast(), sound("agent2").getLast())).containsExactlyInAnyOrder("bridge ada", MUSIC);
        assertThat(count()).isEqualTo("desk:2:0:0:0:1\n");
    }

    @Test
    void theMoreUrgentComesFirstAndThenWhoCameFirst() {
        TestClient first = waits("first");
        waits("second");
        calls("urgent", "set fifo_priority=1", "fifo desk in");
        assertThat(pbx.variable(first, "fifo_position")).as("he was overtaken").isEqualTo("2");
        TestClient agent = calls("agent", "set fifo_consumer_wrapup_time=0", "fifo desk out");
        assertThat(sound("agent")).last().isEqualTo("bridge urgent");
        assertThat(pbx.variable(first, "fifo_position")).isEqualTo("1");

        press(agent, "*");
        assertThat(sound("agent")).last().isEqualTo("bridge first");
        press(agent, "*");
        assertThat(sound("agent")).last().isEqualTo("bridge second");
    }

    @Test
    void prioritiesCanHaveAnotherOrder() {
        waits("ada");
        calls("late", "set fifo_priority=9", "fifo desk in");

        calls("agent", "set fifo_pop_order=9,5", "fifo desk out");

        assertThat(sound("agent")).last().isEqualTo("bridge late");
    }

    @Test
    void whenTheOneWhoServesHangsUpTheCallIsOver() {
        TestClient ada = waits("ada");
        TestClient agent = serves("agent");

        hangsUp(agent);

        assertThat(ada.heard).last().isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void whenTheCallerHangsUpTheNextOneComesAfterAWhile() {
        TestClient ada = waits("ada");
        waits("cy");
        serves("agent");

        hangsUp(ada);
        pbx.advance(4_999);
        assertThat(sound("cy")).last().isEqualTo(MUSIC);
        pbx.advance(1);

        assertThat(sound("cy")).last().isEqualTo("bridge agent");
    }

    @Test
    void afterATalkThereCanBeASoundAndAKey() {
        TestClient ada = waits("ada");
        waits("cy");
        TestClient agent = calls("agent", "set fifo_consumer_wrapup_time=0", "set fifo_consumer_wrapup_sound=" + TONE, "set fifo_consumer_wrapup_key=5",
                "fifo desk out");
        hangsUp(ada);
        assertThat(sound("agent")).last().isEqualTo(HEARD_TONE);
        soundEnds("agent");
        press(agent, "4");
        pbx.advance(60_000);
        assertThat(sound("cy")).last().isEqualTo(MUSIC);

        press(agent, "5");

        assertThat(sound("cy")).last().isEqualTo("bridge agent");
    }

    @Test
    void bothHearWhatIsAnnouncedToThemBeforeTheyTalk() {
        calls("ada", "fifo desk in " + TONE + " silence_stream://-1");
        assertThat(sound("ada")).last().isEqualTo("play Silence[millis=-1]");
        calls("agent", "fifo desk out wait tone_stream://%(50,0,880) undef");
        assertThat(sound("agent")).last().isEqualTo("play Tone[script=%(50,0,880)]");
        assertThat(sound("ada")).last().isEqualTo("play Silence[millis=-1]");

        soundEnds("agent");
        assertThat(sound("ada")).last().isEqualTo(HEARD_TONE);
        soundEnds("ada");

        assertThat(sound("ada")).last().isEqualTo("bridge agent");
    }

    @Test
    void whoIsAboutToBeServedWaitsOnWhenNobodyServesHimAfterAll() {
        TestClient ada = waits("ada");
        TestClient agent = calls("agent", "fifo desk out wait " + TONE);
        assertThat(count()).isEqualTo("desk:1:0:0:0:0\n");

        hangsUp(agent);
        assertThat(count()).isEqualTo("desk:0:1:0:0:0\n");
        serves("other");

        assertThat(sound("ada")).last().isEqualTo("bridge other");
    }

    @Test
    void whoHangsUpWhileHeIsAboutToBeServedIsGone() {
        TestClient ada = waits("ada");
        waits("cy");
        calls("agent", "set fifo_consumer_wrapup_time=0", "fifo desk out wait " + TONE);

        hangsUp(ada);
        soundEnds("agent");
        soundEnds("agent");

        assertThat(sound("cy")).last().isEqualTo("bridge agent");
    }

    @Test
    void whoHangsUpOrIsSentElsewhereWaitsNoMore() {
        TestClient ada = waits("ada");
        TestClient cy = waits("cy");
        assertThat(pbx.variable(cy, "fifo_position")).isEqualTo("2");

        hangsUp(ada);
        assertThat(pbx.variable(cy, "fifo_position")).isEqualTo("1");
        pbx.actions("park");
        pbx.commands.run("uuid_transfer cy 1");
        pbx.time.settle();

        assertThat(count()).isEqualTo("none\n");
        assertThat(pbx.variable(cy, "fifo_status")).isEqualTo("ABORTED");
    }

    @Test
    void theKeyLeadsOutOfTheQueueAndOutOfServing() {
        TestClient ada = calls("ada", "set fifo_caller_exit_key=0", "fifo desk in", "set after=yes", "park");
        press(ada, "1");
        assertThat(pbx.variable(ada, "after")).isEmpty();
        press(ada, "0");
        assertThat(pbx.variable(ada, "after")).isEqualTo("yes");
        assertThat(pbx.variable(ada, "fifo_status")).isEqualTo("ABORTED");

        TestClient agent = serves("agent");
        press(agent, "*");
        assertThat(pbx.variable(agent, "after")).isEqualTo("yes");
    }

    @Test
    void whoDoesNotWaitServesOneOrNobody() {
        TestClient agent = calls("agent1", "fifo desk out nowait", "set after=yes", "park");
        assertThat(pbx.variable(agent, "after")).isEqualTo("yes");

        TestClient ada = waits("ada");
        waits("cy");
        agent = calls("agent2", "fifo desk out nowait", "set after=yes", "park");
        assertThat(sound("ada")).last().isEqualTo("bridge agent2");
        hangsUp(ada);

        assertThat(pbx.variable(agent, "after")).isEqualTo("yes");
        assertThat(sound("cy")).last().isEqualTo(MUSIC);
    }

    @Test
    void whoHasWaitedTooLongGoesElsewhere() {
        pbx.dialplan("""
                <extension name="in"><condition field="destination_number" expression="^1$"><action application="set" data="fifo_orbit_exten=9:30"/>
                  <action application="set" data="fifo_orbit_announce=tone_stream://%(100,0,440)"/><action application="fifo" data="desk in"/></condition></extension>
                <extension name="orbit"><condition field="destination_number" expression="^9$"><action application="echo"/></condition></extension>
                """);
        TestClient ada = pbx.call("ada", "1");
        pbx.advance(29_999);
        assertThat(sound("ada")).last().isEqualTo(MUSIC);

        pbx.advance(1);
        assertThat(sound("ada")).last().isEqualTo(HEARD_TONE);
        assertThat(pbx.variable(ada, "fifo_status")).isEqualTo("TIMEOUT");
        soundEnds("ada");

        assertThat(sound("ada")).last().isEqualTo("route Echo");
    }

    @Test
    void theKeyMayLeadThereAtOnce() {
        pbx.dialplan("""
                <extension name="in"><condition field="destination_number" expression="^1$"><action application="set" data="fifo_orbit_exten=9"/>
                  <action application="set" data="fifo_caller_exit_key=0"/><action application="set" data="fifo_caller_exit_to_orbit=true"/>
                  <action application="fifo" data="desk in"/></condition></extension>
                <extension name="orbit"><condition field="destination_number" expression="^9$"><action application="echo"/></condition></extension>
                """);
        press(pbx.call("ada", "1"), "0");

        assertThat(sound("ada")).last().isEqualTo("route Echo");
    }

    @Test
    void chimesAreHeardBetweenTheMusic() {
        calls("ada", "set fifo_chime_list=silence_stream://100,silence_stream://200",
                "set fifo_chime_freq=10", "fifo desk in");
        pbx.advance(10_000);
        assertThat(sound("ada")).last().isEqualTo("play Silence[millis=100]");
        pbx.advance(60_000);
        soundEnds("ada");
        assertThat(sound("ada")).last().isEqualTo(MUSIC);
        pbx.advance(10_000);

        assertThat(sound("ada")).last().isEqualTo("play Silence[millis=200]");
    }

    @Test
    void severalQueuesAreServedTogether() {
        calls("a", "fifo one in");
        calls("b", "fifo two!5 in");
        calls("c", "fifo two in");
        calls("agent1", "fifo one,two out");
        assertThat(sound("agent1")).last().isEqualTo("bridge a");
        calls("a2", "fifo one in");

        calls("agent2", "set fifo_strategy=more_ppl", "fifo one,two out");

        assertThat(sound("agent2")).last().isEqualTo("bridge b");
    }

    @Test
    void eventsTellOfIt() {
        List<String> seen = pbx.watch("FIFO-Name", "FIFO-Action", "Unique-ID", "FIFO-Position");
        TestClient ada = waits("ada");
        TestClient agent = serves("agent");
        hangsUp(ada);
        hangsUp(agent);
        hangsUp(waits("cy"));

        assertThat(seen.stream().filter(line -> line.contains("fifo::info")).map(line -> line.replace("CUSTOM fifo::info desk ", ""))).containsExactlyInAnyOrder(
                "push ada 1", "consumer_start agent", "consumer_pop agent", "bridge-consumer-start agent", "bridge-caller-start ada",
                "bridge-caller-stop ada", "bridge-consumer-stop agent", "consumer_stop agent", "push cy 1", "abort cy");
    }

    @Test
    void commandsTellWhoWaits() {
        waits("ada");
        calls("agent", "fifo other out");

        assertThat(pbx.commands.run("fifo count")).isEqualTo("desk:0:1:0:0:0\nother:1:0:0:0:1\n");
        assertThat(pbx.commands.run("fifo count nowhere")).isEqualTo("none\n");
        assertThat(pbx.commands.run("fifo list desk")).startsWith("<fifo_report>\n  <fifo name=\"desk\" consumer_count=\"0\" caller_count=\"1\"")
                .contains("caller_id_name=\"Tester 1000\" caller_id_number=\"1000\" position=\"1\" priority=\"5\" status=\"WAITING\"").contains("uuid=\"ada\"");
        assertThat(pbx.commands.run("fifo list")).contains("<consumer caller_uuid=\"\" status=\"WAITING\" uuid=\"agent\"/>");
        assertThat(pbx.commands.run("fifo")).startsWith("-USAGE");
    }

    @Test
    void whatMakesNoSenseEndsTheCall() {
        for (String data : new String[] {"", "desk", "desk up", "a,b in", "!5 in", "a,,b out", "x".repeat(256) + " in"}) {
            assertThat(calls("ada", "fifo " + data).heard).as(data).containsExactly("0 bye DESTINATION_OUT_OF_ORDER");
        }
    }

    @Test
    void s12ACallerDoesNotChooseWhetherHeServes() {
        pbx.actions("fifo ${wish} in");
        TestClient ada = pbx.call("ada", "1", TestSdp.OPUS, Map.of("wish", "desk out"));
        pbx.time.settle();

        assertThat(pbx.commands.run("fifo count")).isEqualTo("desk out:0:1:0:0:0\n");
        hangsUp(ada);
    }
}
