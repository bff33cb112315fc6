package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What surprises people who write dialplans, by the numbers of dialplan-directory.md section 16. Traps 10 and 11 are the loader's
/// (ConfigLoaderTest), 14 is ours not to have: no password is shipped (DefaultTreeTest).
class DialplanTrapsTest {
    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private TestClient call(String extensions) {
        return call("5105", extensions);
    }

    private TestClient call(String number, String extensions) {
        pbx.dialplan(extensions + "<extension><condition><action application=\"answer\"/><action application=\"park\"/></condition></extension>");
        return pbx.call("a", number);
    }

    private static String condition(String field, String expression, String content) {
        return "<condition field=\"" + field + "\" expression=\"" + expression + "\">" + content + "</condition>";
    }

    private static String set(String pair) {
        return "<action application=\"set\" data=\"" + pair + "\"/>";
    }

    private static String extension(String content) {
        return "<extension continue=\"true\">" + content + "</extension>";
    }

    @Test
    void trap1CapturesBelongToTheirConditionAlone() {
        TestClient caller = call(extension(condition("destination_number", "^(51)(05)$", set("one=$2")) + condition("source", "mod_verto", set("two=[$2]"))));

        assertThat(pbx.variable(caller, "one")).isEqualTo("05");
        assertThat(pbx.variable(caller, "two")).isEqualTo("[$2]");
    }

    @Test
    void trap2ActionsOfEarlierConditionsStayWhenALaterOneFails() {
        TestClient caller = call(extension(condition("destination_number", "^51", set("one=yes")) + condition("source", "mod_sofia", set("two=yes"))));

        assertThat(pbx.variable(caller, "one")).isEqualTo("yes");
        assertThat(pbx.variable(caller, "two")).isEmpty();
    }

    @Test
    void trap3WhatASetSetsIsSeenByLaterConditionsOnlyInline() {
        String inline = "<action application=\"set\" data=\"now=yes\" inline=\"true\"/>";
        TestClient caller = call(extension(condition("destination_number", ".", set("later=yes") + inline))
                + extension(condition("${later}", "^yes$", set("sawlater=yes"))) + extension(condition("${now}", "^yes$", set("sawnow=yes"))));

        assertThat(pbx.variable(caller, "later")).isEqualTo("yes");
        assertThat(pbx.variable(caller, "sawlater")).isEmpty();
        assertThat(pbx.variable(caller, "sawnow")).isEqualTo("yes");
    }

    @Test
    void trap4AllIsFoundBeforeAnythingIsDone() {
        String first = extension(condition("destination_number", "^5105$", "<action application=\"hangup\" data=\"USER_BUSY\"/>"));
        TestClient caller = call(first + extension(condition("destination_number", "^5105$", "<action application=\"set\" data=\"hunted=yes\" inline=\"true\"/>"
                + "<action application=\"log\" data=\"x\"/>")));

        assertThat(caller.heard).containsExactly("0 bye USER_BUSY");
        assertThat(caller.variables).isEmpty();
    }

    @Test
    void trap5AVariableThatIsNotSetIsEmptyText() {
        TestClient caller = call(extension(condition("${nothing}", "^$", set("empty=yes"))) + extension(condition("${nothing}", ".", set("full=yes"))));

        assertThat(pbx.variable(caller, "empty")).isEqualTo("yes");
        assertThat(pbx.variable(caller, "full")).isEmpty();
    }

    @Test
    void trap6ExpressionsSearchAnywhere() {
        TestClient caller = call(extension(condition("destination_number", "10", set("found=yes"))) + extension(condition("destination_number", "^10$", set("exact=yes"))));

        assertThat(pbx.variable(caller, "found")).isEqualTo("yes");
        assertThat(pbx.variable(caller, "exact")).isEmpty();
    }

    @Test
    void trap7ACommaInAValueSeparatesUnlessAnotherSeparatorIsNamed() {
        users("{effective_caller_id_number=1,origination_caller_id_name=Doe, Jane}user/1001@example.org",
                "{^^:origination_caller_id_name=Doe, Jane}user/1001@example.org");

        pbx.call("a", "1");
        pbx.call("b", "2");

        assertThat(bob.calls.get(0).caller().callerName()).isEqualTo("Doe");
        assertThat(bob.calls.get(1).caller().callerName()).isEqualTo("Doe, Jane");
    }

    private void users(String first, String second) {
        pbx.directory("<user id=\"1001\"/>");
        pbx.dialplan("<extension>" + condition("destination_number", "^1$", bridge(first) + set("after=yes") + "<action application=\"park\"/>")
                + "</extension><extension>" + condition("destination_number", "^2$", set("hangup_after_bridge=true") + bridge(second)
                + set("after=yes") + "<action application=\"park\"/>") + "</extension>");
    }

    private static String bridge(String to) {
        return "<action application=\"bridge\" data=\"" + to + "\"/>";
    }

    @Test
    void trap8AfterATalkTheDialplanGoesOnUnlessToldOtherwise() {
        users("user/1001@example.org", "user/1001@example.org");
        TestClient one = talks("a", "1");
        TestClient two = talks("b", "2");

        assertThat(pbx.variable(one, "after")).isEqualTo("yes");
        assertThat(two.heard).last().isEqualTo("0 bye NORMAL_CLEARING");
    }

    private TestClient talks(String id, String number) {
        TestClient caller = pbx.call(id, number);
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "1001");
        pbx.time.settle();
        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        return caller;
    }

    @Test
    void trap9AfterNoAnswerTheDialplanGoesOnAndAfterBusyItDoesNot() {
        users("{originate_timeout=5}user/1001@example.org", "user/1001@example.org");

        TestClient one = pbx.call("a", "1");
        pbx.advance(5_000);
        TestClient two = pbx.call("b", "2");
        bob.rung().channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();

        assertThat(pbx.variable(one, "after")).isEqualTo("yes");
        assertThat(two.heard).last().isEqualTo("5000 bye USER_BUSY");
    }

    @Test
    void trap12AUserWithTwoSessionsRingsTwiceAndOneWithoutIsNotOneWhoIsUnknown() {
        Phone second = pbx.phones.add("1001@example.org", "bob again");
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        pbx.dialplan("<extension>" + condition("destination_number", "^(.*)$", bridge("user/$1@example.org")) + "</extension>");

        pbx.call("a", "1001");
        TestClient away = pbx.call("b", "1002");
        TestClient unknown = pbx.call("c", "1003");

        assertThat(bob.calls).hasSize(1);
        assertThat(second.calls).hasSize(1);
        assertThat(away.heard).last().isEqualTo("0 bye USER_NOT_REGISTERED");
        assertThat(unknown.heard).last().isEqualTo("0 bye SUBSCRIBER_ABSENT");
    }

    @Test
    void trap13ContextsAndUsersAreFoundInAnyLetterCase() {
        pbx.directory("<user id=\"Bob\"/>");
        pbx.phones.add("Bob@example.org", "bob's");
        pbx.contexts("<context name=\"DEFAULT\"><extension>" + condition("destination_number", "^1$", bridge("user/bOB@EXAMPLE.org")) + "</extension></context>");

        assertThat(pbx.call("a", "1").heard).noneMatch(line -> line.contains("bye"));
    }

    @Test
    void trap15ASoundBeforeTheAnswerGivesEarlyMediaAndSettlesTheCodec() {
        pbx.actions("playback silence_stream://100", "answer", "park");

        TestClient caller = pbx.call("a", "1");
        pbx.media.of("a").listener.onPlaybackEnded(1, io.jverto.switchboard.port.MediaListener.PlaybackEnd.PLAYED);
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 media sdp", "0 answer");
    }

    @Test
    void trap16TheTimeIsThatOfTheCallsZoneWhenItHasOne() {
        String zone = "<action application=\"set\" data=\"tod_tz_offset=%d\" inline=\"true\"/>";
        int hour = pbx.time.wallTime().atOffset(java.time.ZoneOffset.UTC).getHour();
        int there = (hour + 5) % 24;
        TestClient caller = call(extension(condition("destination_number", ".", zone.formatted(5)))
                + extension("<condition hour=\"" + there + "\">" + set("there=yes") + "</condition>")
                + extension("<condition hour=\"" + (there + 1) % 24 + "\">" + set("elsewhere=yes") + "</condition>"));

        assertThat(pbx.variable(caller, "there")).isEqualTo("yes");
        assertThat(pbx.variable(caller, "elsewhere")).isEmpty();
    }

    /// security.md S11.
    @Test
    void trap17ACommandInACallersNumberIsText() {
        pbx.commands.add(io.jverto.switchboard.port.ApiCommand.of("md5", text -> {
            throw new AssertionError("run by a caller");
        }));

        TestClient caller = call("${md5(x)}", extension(condition("destination_number", "^(.*)$", set("said=$1"))));

        assertThat(pbx.variable(caller, "said")).isEqualTo("${md5(x)}");
    }
}
