package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Applications about a call's own party, for later, and for calls that wait.
class PartyApplicationsTest {
    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private static String extension(String number, String... actions) {
        StringBuilder xml = new StringBuilder("<extension><condition field=\"destination_number\" expression=\"^" + number + "$\">");
        for (String action : actions) {
            String[] parts = action.split(" ", 2);
            xml.append("<action application=\"").append(parts[0]).append("\" data=\"").append(parts.length > 1 ? parts[1] : "").append("\"/>");
        }
        return xml + "</condition></extension>";
    }

    private List<String> heard(String... actions) {
        pbx.actions(actions);
        return pbx.call("a", "1").heard;
    }

    private List<String> sound(String channel) {
        return pbx.media.of(channel).log;
    }

    private String talks() {
        pbx.directory("<user id=\"1001\"/>");
        pbx.actions("bridge user/1001@example.org");
        pbx.call("a", "1");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "1001");
        pbx.time.settle();
        return bob.rung().channel.id().value();
    }

    @Test
    void aRedirectEndsACallThatIsNotAnswered() {
        assertThat(heard("redirect sip:1001@example.org")).containsExactly("0 bye REDIRECTION_TO_NEW_DESTINATION");
        assertThat(heard("answer", "redirect sip:1001@example.org", "hangup USER_BUSY")).containsExactly("0 answer sdp", "0 bye USER_BUSY");
    }

    @Test
    void aDeflectedCallGoesToTheUserOfTheAddress() {
        pbx.dialplan(extension("1", "answer", "deflect sip:1001@example.org") + extension("1001", "hangup USER_BUSY"));

        assertThat(pbx.call("a", "1").heard).containsExactly("0 answer sdp", "0 bye USER_BUSY");
    }

    @Test
    void aCallWaitsForItsAnswer() {
        pbx.actions("pre_answer", "wait_for_answer", "hangup USER_BUSY");
        TestClient caller = pbx.call("a", "1");
        pbx.advance(1_000);
        assertThat(caller.heard).containsExactly("0 media sdp");

        pbx.run("uuid_answer a");
        pbx.advance(100);
        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void onlyOneCallAtATimeHasAMutex() {
        pbx.dialplan(extension("1", "mutex m on", "answer", "sleep 1000", "mutex m off", "park") + extension("2", "mutex m", "answer", "park"));
        TestClient one = pbx.call("a", "1");
        TestClient two = pbx.call("b", "2");
        TestClient three = pbx.call("c", "2");
        assertThat(two.heard).isEmpty();

        pbx.advance(1_100);
        assertThat(one.heard).containsExactly("0 answer sdp");
        assertThat(two.heard).hasSize(1);
        assertThat(three.heard).isEmpty();
        two.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.advance(100);
        assertThat(three.heard).hasSize(1);
    }

    @Test
    void aCallIsHeldByItsOwnDialplan() {
        pbx.actions("answer", "hold", "sleep 1000", "unhold", "park");
        pbx.call("a", "1");
        pbx.advance(500);
        assertThat(sound("a")).last().isEqualTo("pause");
        pbx.advance(1_000);
        assertThat(sound("a")).contains("go on");
    }

    @Test
    void theClientIsShownAndToldThings() {
        assertThat(heard("answer", "send_display Ada|5", "send_info hello | you", "sleep 10", "park"))
                .contains("0 display Ada 5 of Tester 1000 1000 to Ada 5", "0 message hello | you");
    }

    @Test
    void digitsAreQueuedFlushedAndBlocked() {
        pbx.dialplan(extension("1", "answer", "queue_dtmf 1#", "park") + extension("2", "answer", "block_dtmf", "sleep 1000", "unblock_dtmf", "echo")
                + extension("3", "answer", "queue_dtmf *", "flush_dtmf", "playback silence_stream://-1")
                + extension("4", "answer", "queue_dtmf *", "playback silence_stream://-1", "hangup USER_BUSY"));
        TestClient flushed = pbx.call("c", "3");
        TestClient queued = pbx.call("d", "4");
        pbx.advance(1_000);
        assertThat(flushed.heard).containsExactly("0 answer sdp");
        assertThat(queued.heard).last().isEqualTo("0 bye USER_BUSY");

        TestClient blocked = pbx.call("b", "2");
        blocked.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        pbx.dialplan(extension("5", "answer", "block_dtmf", "playback %[playback_timeout_sec=2]silence_stream://-1", "unblock_dtmf",
                "playback silence_stream://-1", "hangup USER_BUSY"));
        TestClient deaf = pbx.call("e", "5");
        deaf.channel.dtmf("*", 100);
        pbx.advance(1_000);
        assertThat(deaf.heard).hasSize(1);
        pbx.advance(1_500);
        deaf.channel.dtmf("*", 100);
        pbx.time.settle();
        assertThat(deaf.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void aSoundIsHeardInBetweenByBothOrOne() {
        String leg = talks();
        pbx.dialplan(extension("both", "broadcast tone_stream://%(1,1,1) both") + extension("b", "broadcast tone_stream://%(2,2,2) bleg")
                + extension("app", "broadcast set::seen=a b") + extension("stop", "break"));

        pbx.run("uuid_broadcast a execute_extension::both");
        assertThat(sound("a")).anyMatch(line -> line.contains("meanwhile play") && line.contains("%(1,1,1)"));
        assertThat(sound(leg)).anyMatch(line -> line.contains("meanwhile play") && line.contains("%(1,1,1)"));
        pbx.run("uuid_break a all");
        pbx.run("uuid_break " + leg + " all");
        pbx.run("uuid_broadcast a execute_extension::b");
        assertThat(sound("a")).noneMatch(line -> line.contains("%(2,2,2)"));
        assertThat(sound(leg)).anyMatch(line -> line.contains("%(2,2,2)"));
        pbx.run("uuid_break " + leg);
        pbx.run("uuid_broadcast a execute_extension::app");
        assertThat(pbx.run("uuid_getvar a seen")).isEqualTo("a b");
    }

    @Test
    void whatIsToHappenLaterHappensOnce() {
        pbx.dialplan(extension("1", "answer", "sched_hangup +10", "park") + extension("2", "answer", "sched_hangup +10 USER_BUSY", "sched_cancel", "park")
                + extension("3", "answer", "sched_transfer +5 4", "park") + extension("4", "hangup CALL_REJECTED")
                + extension("5", "answer", "sched_broadcast +5 tone_stream://%(1,1,1)", "sched_hangup nonsense", "park"));
        TestClient one = pbx.call("a", "1");
        TestClient two = pbx.call("b", "2");
        TestClient three = pbx.call("c", "3");
        pbx.call("e", "5");

        pbx.advance(9_999);
        assertThat(one.heard).hasSize(1);
        assertThat(three.heard).last().isEqualTo("5000 bye CALL_REJECTED");
        assertThat(sound("e")).anyMatch(line -> line.contains("meanwhile play"));
        pbx.advance(1);
        assertThat(one.heard).last().isEqualTo("10000 bye ALLOTTED_TIMEOUT");
        assertThat(two.heard).hasSize(1);
    }

    @Test
    void anAbsoluteTimeCountsFrom1970() {
        long now = pbx.time.wallTime().getEpochSecond();
        pbx.actions("answer", "sched_hangup " + (now + 7) + " USER_BUSY", "park");

        TestClient caller = pbx.call("a", "1");
        pbx.advance(7_000);

        assertThat(caller.heard).last().isEqualTo("7000 bye USER_BUSY");
    }

    @Test
    void aParkedCallIsToldAndMayTimeOut() {
        List<String> seen = pbx.watch("Unique-ID");
        pbx.actions("answer", "set park_timeout=30:NO_ANSWER", "park");

        TestClient caller = pbx.call("a", "1");
        assertThat(seen).contains("CHANNEL_PARK a").doesNotContain("CHANNEL_UNPARK a");
        pbx.advance(30_000);

        assertThat(caller.heard).last().isEqualTo("30000 bye NO_ANSWER");
        assertThat(seen).contains("CHANNEL_UNPARK a");
    }

    @Test
    void whoDialsASlotParksAndWhoDialsItNextTalksWithHim() {
        List<String> seen = pbx.watch("Action", "Valet-Lot-Name", "Valet-Extension", "Unique-ID");
        pbx.actions("valet_park lot 6001");
        pbx.call("a", "1");
        assertThat(sound("a")).anyMatch(line -> line.startsWith("play Music"));
        assertThat(pbx.commands.run("uuid_getvar a valet_parking_slot")).isEqualTo("6001");

        pbx.call("b", "1");

        assertThat(sound("b")).last().isEqualTo("bridge a");
        assertThat(seen).contains("CUSTOM valet_parking::info hold lot 6001 a", "CUSTOM valet_parking::info bridge lot 6001 b");
        pbx.call("c", "1");
        assertThat(sound("c")).as("the slot is free again").anyMatch(line -> line.startsWith("play"));
    }

    @Test
    void slotsAreGivenAndTakenInTheirOrder() {
        pbx.dialplan(extension("in", "valet_park lot auto in 1 2", "hangup USER_BUSY") + extension("out", "valet_park lot auto out 1 2", "hangup CALL_REJECTED"));
        pbx.call("a", "in");
        pbx.call("b", "in");
        TestClient full = pbx.call("c", "in");

        assertThat(pbx.run("uuid_getvar a valet_parking_slot") + pbx.run("uuid_getvar b valet_parking_slot")).isEqualTo("12");
        assertThat(full.heard).last().isEqualTo("0 bye USER_BUSY");
        pbx.call("d", "out");
        assertThat(sound("d")).last().isEqualTo("bridge a");
        pbx.call("e", "out");
        assertThat(sound("e")).last().isEqualTo("bridge b");
        assertThat(pbx.call("f", "out").heard).last().isEqualTo("0 bye CALL_REJECTED");
    }

    @Test
    void aSlotIsAskedFor() {
        pbx.actions("valet_park lot ask 10 19 5000", "hangup USER_BUSY");
        TestClient one = pbx.call("a", "1");
        one.channel.dtmf("12", 100);
        pbx.time.settle();
        assertThat(pbx.run("uuid_getvar a valet_parking_slot")).isEqualTo("12");

        TestClient outside = pbx.call("b", "1");
        outside.channel.dtmf("99", 100);
        pbx.time.settle();
        assertThat(outside.heard).last().isEqualTo("0 bye USER_BUSY");
        TestClient silent = pbx.call("c", "1");
        pbx.advance(5_000);
        assertThat(silent.heard).last().isEqualTo("5000 bye USER_BUSY");
    }

    @Test
    void whoIsParkedForTooLongOrPressesTheKeyGoesElsewhere() {
        pbx.dialplan(extension("1", "set valet_parking_orbit_exten=9", "valet_park lot 1", "hangup USER_BUSY")
                + extension("2", "set valet_parking_orbit_exten=9", "set valet_parking_orbit_exit_key=#", "valet_park lot 2", "hangup USER_BUSY")
                + extension("3", "set valet_parking_timeout=5", "valet_park lot 3", "hangup USER_BUSY") + extension("9", "hangup CALL_REJECTED"));
        TestClient one = pbx.call("a", "1");
        TestClient two = pbx.call("b", "2");
        TestClient three = pbx.call("c", "3");

        two.channel.dtmf("#", 100);
        pbx.advance(60_000);

        assertThat(two.heard).last().isEqualTo("0 bye CALL_REJECTED");
        assertThat(three.heard).last().isEqualTo("5000 bye USER_BUSY");
        assertThat(one.heard).last().isEqualTo("60000 bye CALL_REJECTED");
    }

    @Test
    void aParkedCallThatEndsFreesItsSlot() {
        pbx.actions("valet_park lot 1");
        pbx.call("a", "1").channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        pbx.call("b", "1");
        assertThat(sound("b")).last().asString().startsWith("play");
    }
}
