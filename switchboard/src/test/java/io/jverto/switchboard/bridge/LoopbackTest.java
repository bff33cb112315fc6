package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.Cause;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Legs whose client is another channel of the switch (dialplan-directory.md section 4).
class LoopbackTest extends ThreeParties {
    private final List<String> replies = new CopyOnWriteArrayList<>();

    private TestClient bridge(String dialString, String more) {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="set" data="hangup_after_bridge=true"/>
                  <action application="bridge" data="@"/></condition></extension>
                """.replace("@", dialString) + more + ECHO + USERS);
        return pbx.call("a", "1");
    }

    /// @return the id of a loopback's end
    private String end(String name) {
        return pbx.board.channels().rows().stream().filter(row -> row.name().equals(name)).map(row -> row.id().value()).findFirst().orElseThrow();
    }

    @Test
    void aCallGoesThroughTheDialplanAndComesOutAtAnApplication() {
        TestClient ada = bridge("loopback/9196/default", "");

        assertThat(ada.heard).first().isEqualTo("0 answer sdp");
        assertThat(sound("a")).last().isEqualTo("bridge " + end("loopback/9196-a"));
        assertThat(sound(end("loopback/9196-b"))).last().isEqualTo("route Echo");
        hangsUp(ada);
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void aCallComesOutAtAnotherUserWhoIsShownWhoCalls() {
        TestClient ada = bridge("{loopback_bowout=false}loopback/1001", "");
        assertThat(ada.heard).isEmpty();
        assertThat(bob.calls.getLast().caller().callerNumber()).isEqualTo("1000");
        assertThat(bob.calls.getLast().variables()).containsEntry("max_forwards", "68");
        answers(bob);

        assertThat(ada.heard).first().isEqualTo("0 answer sdp");
        assertThat(sound(leg(bob))).last().isEqualTo("bridge " + end("loopback/1001-b"));
        assertThat(sound("a")).last().isEqualTo("bridge " + end("loopback/1001-a"));
        hangsUp(bob.rung());
        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void bothEndsGoOutOfTheWayWhenEachTalksWithSomebody() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="bridge" data="loopback/1001"/><action application="playback" data="tone_stream://%(100,0,440)"/>
                  <action application="hangup" data="USER_BUSY"/></condition></extension>
                """ + USERS);
        TestClient ada = pbx.call("a", "1");
        answers(bob, "Bob");

        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        assertThat(pbx.board.channels().rows()).extracting(row -> row.name()).noneMatch(name -> name.startsWith("loopback"));
        assertThat(pbx.records).extracting(CallRecord::cause).containsExactly(Cause.BOWOUT, Cause.BOWOUT);
        assertThat(last(ada)).contains("display Bob");
        assertThat(pbx.variable(ada, "last_bridge_to")).isEqualTo(leg(bob));
        hangsUp(bob.rung());
        assertThat(sound("a")).last().asString().as("she goes on in her dialplan").startsWith("play Tone");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        assertThat(last(ada)).endsWith("bye USER_BUSY");
    }

    @Test
    void whoHangsUpEndsTheOtherOneThen() {
        TestClient ada = bridge("loopback/1001", "");
        answers(bob);
        hangsUp(ada);

        assertThat(last(bob.rung())).endsWith("bye NORMAL_CLEARING");
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void twoWhomTheEndsHaveCalledMeetToo() {
        bridge("user/1002", "");
        pbx.time.start("operator", () -> replies.add(pbx.commands.run("originate loopback/1001/default &bridge(user/1002@example.org)")));
        pbx.time.settle();
        answers(bob);
        answers(cy);

        assertThat(sound(leg(bob))).last().isEqualTo("bridge " + leg(cy));
        assertThat(pbx.board.channels().rows()).extracting(row -> row.name()).noneMatch(name -> name.startsWith("loopback"));
        hangsUp(cy.rung());
        assertThat(last(bob.rung())).endsWith("bye NORMAL_CLEARING");
    }

    @Test
    void loopbacksBehindEachOtherAllGo() {
        TestClient ada = bridge("loopback/2", "<extension><condition field=\"destination_number\" expression=\"^2$\"><action application=\"bridge\" data=\"loopback/1001\"/></condition></extension>");
        answers(bob);

        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        assertThat(pbx.board.channels().rows()).hasSize(2);
        hangsUp(ada);
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void theyStayWhereTheDialplanWantsThatOrAnEndIsRecorded(@TempDir Path folder) {
        String there = "<extension><condition field=\"destination_number\" expression=\"^2$\">FIRST<action application=\"bridge\" data=\"user/1001@example.org\"/></condition></extension>";
        TestClient ada = bridge("loopback/2", there.replace("FIRST", "<action application=\"set\" data=\"loopback_bowout=false\"/>"));
        answers(bob);
        assertThat(sound("a")).last().isEqualTo("bridge " + end("loopback/2-a"));
        hangsUp(ada);

        pbx.dialplan("<extension><condition field=\"destination_number\" expression=\"^1$\"><action application=\"bridge\" data=\"loopback/2\"/></condition></extension>"
                + there.replace("FIRST", "<action application=\"record_session\" data=\"" + folder.resolve("x.wav") + "\"/>"));
        TestClient other = pbx.call("b", "1");
        answers(bob);
        assertThat(sound("b")).last().isEqualTo("bridge " + end("loopback/2-a"));
        hangsUp(other);
    }

    @Test
    void aCallerGoesToTheOtherEndHimselfWhereThatIsWanted() {
        String there = "<extension><condition field=\"destination_number\" expression=\"^2$\"><action application=\"set\" data=\"there=${destination_number} by ${rdnis}\"/>"
                + "<action application=\"echo\"/></condition></extension>";
        TestClient ada = bridge("{loopback_bowout_on_execute=true}loopback/2/default", there);

        assertThat(sound("a")).last().isEqualTo("route Echo");
        assertThat(pbx.board.channels().rows()).hasSize(1);
        assertThat(pbx.variable(ada, "there")).isEqualTo("2 by 1");
        hangsUp(ada);
    }

    @Test
    void severalLegsAndApplicationsStayWhereTheyAreThen() {
        TestClient ada = bridge("{loopback_bowout_on_execute=true}loopback/app=echo", "");
        assertThat(pbx.board.channels().rows()).hasSize(3);
        hangsUp(ada);

        TestClient other = bridge("{loopback_bowout_on_execute=true}loopback/9196,loopback/9196", "");
        assertThat(sound("a")).last().asString().startsWith("bridge ");
        hangsUp(other);
    }

    @Test
    void earlyMediaComesThroughBeforeTheAnswer() {
        TestClient ada = bridge("loopback/2", """
                <extension><condition field="destination_number" expression="^2$">
                  <action application="pre_answer"/><action application="sleep" data="3000"/><action application="answer"/><action application="park"/>
                  </condition></extension>
                """);
        assertThat(ada.heard).containsExactly("0 media sdp");
        assertThat(sound("a")).last().isEqualTo("bridge " + end("loopback/2-a"));
        pbx.advance(3_000);

        assertThat(ada.heard).startsWith("0 media sdp", "3000 answer");
    }

    @Test
    void ringingComesThroughToo() {
        TestClient ada = bridge("loopback/2", """
                <extension><condition field="destination_number" expression="^2$">
                  <action application="sleep" data="1000"/><action application="ring_ready"/><action application="sleep" data="3000"/>
                  <action application="hangup" data="USER_BUSY"/></condition></extension>
                """.replace("<action application=\"sleep\" data=\"1000\"/>", "<action application=\"set\" data=\"x=1\"/><action application=\"sleep\" data=\"1000\"/>"));
        hangsUp(ada);
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="set" data="ringback=%(100,100,440)"/><action application="bridge" data="loopback/2"/></condition></extension>
                <extension><condition field="destination_number" expression="^2$">
                  <action application="sleep" data="1000"/><action application="ring_ready"/><action application="sleep" data="3000"/>
                  <action application="hangup" data="USER_BUSY"/></condition></extension>
                """);
        TestClient other = pbx.call("b", "1");
        assertThat(other.heard).isEmpty();
        pbx.advance(1_000);
        assertThat(other.heard).containsExactly("1000 media sdp");
        pbx.advance(3_000);
        assertThat(last(other)).isEqualTo("4000 bye USER_BUSY");
    }

    @Test
    void aCauseComesBack() {
        TestClient ada = bridge("loopback/nowhere/default", "");

        assertThat(ada.heard).containsExactly("0 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void oneWhoGivesUpTakesAllOfItWithHim() {
        TestClient ada = bridge("loopback/1001", "");
        hangsUp(ada);

        assertThat(last(bob.rung())).startsWith("0 bye ");
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void digitsComeThroughOnce() {
        TestClient ada = bridge("{loopback_bowout=false}loopback/1001", "");
        answers(bob);
        ada.channel.dtmf("5", 0);
        pbx.time.settle();

        assertThat(sound(leg(bob)).stream().filter(line -> line.equals("dtmf 5"))).hasSize(1);
        pbx.media.of("a").listener.onDtmf('6', 100);
        pbx.time.settle();
        assertThat(sound(leg(bob)).stream().filter(line -> line.equals("dtmf 6"))).hasSize(1);
    }

    @Test
    void anApplicationCanStandForAnExtension() {
        TestClient ada = bridge("loopback/app=playback:tone_stream://%(100;0;440)", "");

        assertThat(ada.heard).containsExactly("0 media sdp");
        String b = end("loopback/app=playback-b");
        assertThat(sound(b)).last().isEqualTo("play Tone[script=%(100;0;440)]");
        pbx.media.of(b).playbackEnds();
        pbx.time.settle();
        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");

        pbx.actions("bridge loopback/app=echo", "hangup");
        TestClient other = pbx.call("b", "1");
        assertThat(sound(end("loopback/app=echo-b"))).last().isEqualTo("route Echo");
        hangsUp(other);
    }

    @Test
    void callsThatLoopComeToAnEnd() {
        TestClient ada = bridge("loopback/1/default", "");

        assertThat(ada.heard).hasSize(1).first().asString().startsWith("0 bye ");
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void originateCanPlayIntoARoomOrAnythingElse() {
        bridge("user/1001", "");
        pbx.time.start("operator", () -> replies.add(pbx.commands.run("originate loopback/9196/default &playback(tone_stream://%(100,0,440))")));
        pbx.time.settle();

        assertThat(replies).hasSize(1).first().asString().startsWith("+OK ");
        assertThat(sound(end("loopback/9196-a"))).last().isEqualTo("play Tone[script=%(100,0,440)]");
        assertThat(sound(end("loopback/9196-b"))).last().isEqualTo("route Echo");
        pbx.media.of(end("loopback/9196-a")).playbackEnds();
        pbx.time.settle();
        assertThat(pbx.board.channels().rows()).noneMatch(row -> row.name().startsWith("loopback"));
    }

    @Test
    void nullAnswersAtOnceAndIsSilent() {
        TestClient ada = bridge("null/anything", "");

        assertThat(ada.heard).first().isEqualTo("0 answer sdp");
        hangsUp(ada);
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void bothEndsKnowEachOther() {
        bridge("{loopback_export='colour,taste',colour=red,other=x}loopback/9196", "");
        String a = end("loopback/9196-a");
        String b = end("loopback/9196-b");

        assertThat(pbx.commands.run("uuid_getvar " + a + " other_loopback_leg_uuid")).isEqualTo(b);
        assertThat(pbx.commands.run("uuid_getvar " + a + " is_loopback")).isEqualTo("1");
        assertThat(pbx.commands.run("uuid_getvar " + b + " colour")).isEqualTo("red");
        assertThat(pbx.commands.run("uuid_getvar " + b + " other")).isEqualTo("_undef_");
        assertThat(pbx.commands.run("uuid_getvar " + b + " source")).isEqualTo("mod_loopback");
        assertThat(pbx.commands.run("uuid_media_reneg " + b)).startsWith("-ERR");
        assertThat(pbx.commands.run("uuid_hold " + b)).startsWith("+OK");
    }

    /// security.md S12.
    @Test
    void s12ACallerChoosesNeitherContextNorApplication() {
        pbx.actions("bridge loopback/${evil}");

        assertThat(pbx.call("a", "1", TestSdp.OPUS, Map.of("evil", "app=echo:")).heard).containsExactly("0 bye EXCHANGE_ROUTING_ERROR");
        pbx.actions("set max_forwards=1", "bridge loopback/${evil}");
        TestClient other = pbx.call("b", "1", TestSdp.OPUS, Map.of("evil", "x/features/inline"));
        assertThat(other.heard).containsExactly("0 bye EXCHANGE_ROUTING_ERROR");
        hangsUp(other, Cause.NORMAL_CLEARING);
    }
}
