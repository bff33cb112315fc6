package io.jverto.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `execute`: what a channel did goes on and sounds as before.
class ExecuteTest {
    private static final String TONE = "tone_stream://%(500,0,440)";
    private static final String PLAYS = "meanwhile play Tone[script=%(500,0,440)]";

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    private TestClient echo() {
        pbx.actions("answer", "echo");
        return pbx.call("a", "9196");
    }

    private TestClient talk() {
        TestClient caller = rings();
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
        return caller;
    }

    private TestClient rings() {
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        pbx.actions("answer", "set hangup_after_bridge=true", "bridge user/1001@example.org");
        return pbx.call("a", "1001");
    }

    private String leg() {
        return bob.rung().channel.id().value();
    }

    private String execute(String uuid, String application, String argument) {
        return command("execute", new JsonObjectBuilder().put("uuid", uuid).put("app", application).put("arg", argument).build());
    }

    private String command(String name, JsonObject data) {
        String reply = JsonText.write(pbx.commands.findJson(name).orElseThrow().run(data, JsonObject.EMPTY));
        pbx.time.settle();
        return reply;
    }

    private List<String> sound(String channel) {
        return pbx.media.of(channel).log;
    }

    @Test
    void anEchoIsInterruptedByASoundAndGoesOn() {
        echo();

        assertThat(execute("a", "playback", TONE)).isEqualTo("{\"channelName\":\"verto.rtc/9196\"}");
        assertThat(sound("a")).endsWith("route Echo", PLAYS);

        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        assertThat(sound("a")).endsWith(PLAYS, "meanwhile Silent", "as before");
    }

    @Test
    void aTalkIsInterruptedAndGoesOn() {
        TestClient caller = talk();

        execute("a", "playback", TONE);
        assertThat(sound("a")).last().isEqualTo(PLAYS);
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        assertThat(sound("a")).endsWith("as before");

        caller.channel.dtmf("5", 0);
        pbx.time.settle();
        assertThat(sound(leg())).last().isEqualTo("dtmf 5");
        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(caller.heard).last().isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void theOtherPartyCanHearItToo() {
        talk();

        execute(leg(), "playback", TONE);
        pbx.media.of(leg()).playbackEnds();
        pbx.time.settle();

        assertThat(sound(leg())).endsWith(PLAYS, "meanwhile Silent", "as before");
        ((CallRef) bob.rung().channel).hold(HoldWish.HOLD);
        pbx.time.settle();
        assertThat(sound("a")).last().isEqualTo("play Music[]");
    }

    @Test
    void aHoldDuringASoundCountsAfterwards() {
        TestClient caller = talk();

        execute("a", "playback", TONE);
        ((CallRef) caller.channel).hold(HoldWish.HOLD);
        pbx.time.settle();
        assertThat(sound(leg())).last().isEqualTo("bridge a");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        assertThat(sound(leg())).last().isEqualTo("play Music[]");
    }

    @Test
    void whoHangsUpDoesNotWaitForASound() {
        TestClient caller = talk();

        execute("a", "playback", TONE);
        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(caller.heard).last().isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void anAnswerDoesNotWaitForASound() {
        rings();

        execute("a", "playback", TONE);
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();

        assertThat(sound("a")).endsWith("as before", "bridge " + leg());
    }

    @Test
    void soundsComeOneAfterTheOther() {
        echo();

        execute("a", "playback", TONE);
        execute("a", "playback", "silence_stream://100");
        assertThat(sound("a")).last().isEqualTo(PLAYS);
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        assertThat(sound("a")).endsWith("as before", "meanwhile play Silence[millis=100]");
    }

    @Test
    void notMoreThanSoManyWait() {
        echo();
        for (int i = 0; i < 50; i++) {
            execute("a", "sleep", "1000");
        }

        pbx.advance(40_000);
        execute("a", "playback", TONE);

        assertThat(sound("a")).last().isEqualTo(PLAYS);
    }

    @Test
    void uuidBreakEndsASoundAndThoseThatWait() {
        echo();
        execute("a", "playback", TONE);
        execute("a", "playback", TONE);
        execute("a", "playback", TONE);

        assertThat(run("uuid_break a")).isEqualTo("+OK\n");
        assertThat(sound("a").stream().filter(PLAYS::equals)).hasSize(2);
        assertThat(run("uuid_break a all")).isEqualTo("+OK\n");

        assertThat(sound("a").stream().filter(PLAYS::equals)).hasSize(2);
        assertThat(sound("a")).last().isEqualTo("as before");
    }

    @Test
    void uuidBroadcastReachesEitherPartyOrBoth() {
        talk();

        assertThat(run("uuid_broadcast a " + TONE + " both")).isEqualTo("+OK Message sent\n");
        assertThat(sound("a")).last().isEqualTo(PLAYS);
        assertThat(sound(leg())).last().isEqualTo(PLAYS);
        assertThat(run("uuid_broadcast a set::x=y bleg")).isEqualTo("+OK Message sent\n");
        run("uuid_break " + leg());

        assertThat(run("uuid_getvar a x")).isEqualTo("_undef_");
        assertThat(run("uuid_getvar " + leg() + " x")).isEqualTo("y");
        assertThat(run("uuid_broadcast a nosuch::x")).startsWith("-ERR");
        assertThat(run("uuid_broadcast nobody set::x=y")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void anApplicationThatStaysIsWhatTheChannelDoesFromThenOn() {
        TestClient caller = talk();

        execute("a", "echo", "");

        assertThat(bob.heard()).last().isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(sound("a")).last().isEqualTo("route Echo");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
    }

    @Test
    void aTransferLooksForItsRoute() {
        TestClient caller = talk();
        pbx.actions("answer", "hangup USER_BUSY");

        execute("a", "transfer", "9182");

        assertThat(caller.heard).last().isEqualTo("0 bye USER_BUSY");
    }

    @Test
    void theReplyWaitsForTheEndOfWhatRunsInline() {
        echo();

        String reply = command("execute", new JsonObjectBuilder()
                .put("uuid", "a").put("app", "set").put("arg", "colour=blue=green")
                .put("inline", JsonLiteral.TRUE).put("extendedData", JsonLiteral.TRUE).build());

        assertThat(reply).startsWith("{\"channelData\":{\"channel_data\":{\"state\":\"CS_EXECUTE\",\"direction\":\"inbound\",\"callstate\":\"ACTIVE\"}")
                .contains("\"colour\":\"blue=green\"")
                .contains("\"caller_id_name\":\"Tester 1000\"").contains("\"created_time\":1767225600000000");
    }

    /// security.md S11, S12.
    @Test
    void s11TheArgumentIsDataHoweverOftenItIsUsed() {
        echo();

        execute("a", "set", "greeting=${uuid},error/user_busy");
        execute("a", "export", "nolocal:x=1");

        assertThat(run("uuid_getvar a greeting")).isEqualTo("${uuid},error/user_busy");
        execute("a", "bridge", "error/user_busy,error/no_answer");
        assertThat(run("uuid_exists a")).isEqualTo("false");
    }

    /// One address may be called from outside, without variables and with nobody beside it.
    @Test
    void s12BridgeCallsOneAddress() {
        pbx.directory("<user id=\"1001\"/>");
        echo();
        execute("a", "bridge", "user/1001@example.org");
        pbx.time.settle();
        assertThat(bob.calls).hasSize(1);
        run("hupall");

        for (String more : List.of("{origination_caller_id_name=Boss}user/1001@example.org", "user/1001@example.org,user/1001@example.org",
                "loopback/app=bridge:user/1001@example.org", "[x=1]user/1001@example.org", "group_call(x)/1")) {
            pbx.call(more, "1");
            execute(more, "bridge", more);
            pbx.time.settle();
        }
        assertThat(bob.calls).as("nobody else was called").hasSize(1);
    }

    /// The third one of an attended transfer is one address, too.
    @Test
    void s12AnAttendedTransferAsksOneAddress() {
        Phone cy = pbx.phones.add("1002@example.org", "cy");
        List<String> more = List.of("{origination_caller_id_name=Boss}user/1002@example.org", "user/1002@example.org,user/1002@example.org",
                "user/nobody@example.org|user/1002@example.org", "loopback/app=bridge:user/1002@example.org", "[x=1]user/1002@example.org",
                "<x=1>user/1002@example.org", "user/1002@example.org:_:user/1002@example.org", "${boom}user/1002@example.org");
        for (String evil : more) {
            talk();
            execute("a", "att_xfer", evil);
            pbx.time.settle();
            assertThat(cy.calls).as(evil).isEmpty();
            run("hupall");
            pbx.time.settle();
        }
        talk();
        execute("a", "att_xfer", "user/1002@example.org");
        pbx.time.settle();

        assertThat(cy.calls).hasSize(1);
    }

    @Test
    void aChannelThatOnlyRingsCanBeToldNothingButVariables() {
        rings();

        assertThat(execute(leg(), "playback", TONE)).isEqualTo("{\"response\":\"INVALID INPUT\"}");
        assertThat(execute(leg(), "echo", "")).isEqualTo("{\"response\":\"INVALID INPUT\"}");
        assertThat(execute(leg(), "set", "x=y")).startsWith("{\"channelName\"");
        assertThat(run("uuid_getvar " + leg() + " x")).isEqualTo("y");
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        echo();

        assertThat(execute("nobody", "set", "a=b")).isEqualTo("{\"response\":\"Session does not exist\"}");
        assertThat(execute("a", "nosuch", "")).isEqualTo("{\"response\":\"INVALID INPUT\"}");
        assertThat(execute("", "set", "a=b")).isEqualTo("{\"response\":\"INVALID INPUT\"}");
        assertThat(command("execute", JsonObject.EMPTY)).isEqualTo("{\"response\":\"INVALID INPUT\"}");
        assertThat(command("channelData", JsonObject.EMPTY)).isEqualTo("{\"response\":\"INVALID INPUT\"}");
        assertThat(command("mediaStats", new JsonObjectBuilder().put("uuid", "nobody").build()))
                .isEqualTo("{\"response\":\"Session does not exist\"}");
    }

    @Test
    void mediaStatsTellsPacketsBothWays() {
        echo();

        assertThat(command("mediaStats", new JsonObjectBuilder().put("uuid", "a").build())).isEqualTo(
                "{\"audio\":{\"inbound\":{\"raw_bytes\":4,\"packet_count\":1,\"lost_packet_count\":3,\"jitter_ms\":6.500},"
                        + "\"outbound\":{\"raw_bytes\":5,\"packet_count\":2}}}");
        assertThat(command("mediaStats", new JsonObjectBuilder().put("uuid", "a").put("channelData", JsonLiteral.TRUE).build()))
                .contains("\"channelData\":{\"channel_data\"");
    }

    private String run(String line) {
        String reply = pbx.commands.run(line);
        pbx.time.settle();
        return reply;
    }
}
