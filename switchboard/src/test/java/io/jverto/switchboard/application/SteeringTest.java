package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallPrograms;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.SteeredCall;
import io.jverto.switchboard.port.SteeredCall.Order;
import io.jverto.switchboard.port.SteeredCall.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `socket`: calls that are steered by a program, which is this test.
class SteeringTest {
    private static final String TONE = "tone_stream://%(500,0,440)";

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");
    private final Programs programs = new Programs();

    /// Programs in memory: they take every call and then wait for what the test says.
    private static final class Programs implements CallPrograms {
        final List<Wanted> wanted = new ArrayList<>();
        final List<SteeredCall> calls = new ArrayList<>();
        final List<String> over = new CopyOnWriteArrayList<>();

        @Override
        public Program connect(Wanted where, SteeredCall call) {
            wanted.add(where);
            calls.add(call);
            return () -> over.add(call.id().value());
        }

        @Override
        public boolean names(Address address) {
            return address.toString().equals("127.0.0.9:9");
        }
    }

    SteeringTest() {
        pbx.board.programs(programs);
        pbx.directory("<user id=\"1001\"/>");
    }

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    /// A call whose program has taken it.
    private TestClient steered(String data, String... after) {
        List<String> actions = new ArrayList<>(List.of("answer", "socket " + data));
        actions.addAll(List.of(after));
        pbx.actions(actions.toArray(String[]::new));
        TestClient caller = pbx.call("a", "7000");
        program().reached();
        pbx.time.settle();
        return caller;
    }

    private SteeredCall program() {
        return programs.calls.getLast();
    }

    private Taken order(String application, String argument, boolean locked) {
        Taken taken = program().order(new Order(application, argument, "", 1, locked), false);
        pbx.time.settle();
        return taken;
    }

    private Taken order(String application, String argument) {
        return order(application, argument, false);
    }

    private List<String> sound() {
        return pbx.media.of("a").log;
    }

    private void answered() {
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
    }

    @Test
    void theProgramIsTheOneOfTheDialplanAndTheCallWaitsForIt() {
        pbx.actions("answer", "socket 127.0.0.1/way|[::1]:9000 async full", "playback " + TONE);

        pbx.call("a", "7000");

        assertThat(programs.wanted).containsExactly(new CallPrograms.Wanted(
                List.of(new CallPrograms.Address("127.0.0.1", 8084), new CallPrograms.Address("[::1]", 9000)), true, true));
        assertThat(sound()).noneMatch(line -> line.startsWith("play"));
        assertThat(pbx.board.channels().rows().getFirst().application()).isEqualTo("socket");
        assertThat(program().variable("socket_path")).contains("way");
    }

    @Test
    void whereNoProgramIsTheDialplanGoesOn() {
        pbx.actions("answer", "socket 127.0.0.1:9000", "hangup USER_BUSY");
        TestClient caller = pbx.call("a", "7000");

        program().unreachable("refused");
        pbx.time.settle();

        assertThat(caller.heard).endsWith("0 bye USER_BUSY");
        assertThat(programs.over).isEmpty();
    }

    @Test
    void s12NoCallerChoosesTheProgramUnlessTheConfigurationNamesIt() {
        pbx.actions("socket ${evil}", "hangup USER_BUSY");
        assertThat(pbx.call("a", "7000", TestSdp.OPUS, Map.of("evil", "10.0.0.1:22")).heard).endsWith("0 bye USER_BUSY");
        pbx.actions("socket 127.0.0.1:${evil}", "hangup USER_BUSY");
        assertThat(pbx.call("b", "7000", TestSdp.OPUS, Map.of("evil", "22")).heard).endsWith("0 bye USER_BUSY");
        pbx.actions("socket 127.0.0.1:9000${evil}", "hangup USER_BUSY");
        assertThat(pbx.call("c", "7000", TestSdp.OPUS, Map.of("evil", " full")).heard).endsWith("0 bye USER_BUSY");
        assertThat(programs.wanted).isEmpty();

        pbx.actions("socket ${good}");
        pbx.call("d", "7000", TestSdp.OPUS, Map.of("good", "127.0.0.9:9"));
        assertThat(programs.wanted).hasSize(1);
    }

    @Test
    void whatIsNoAddressIsPassedOver() {
        for (String data : List.of("", " ", "127.0.0.1:0", "127.0.0.1:65536", "a b:9", "host:port", "|", "-:9 async $")) {
            pbx.actions("socket " + data, "hangup USER_BUSY");
            if (!data.startsWith("a b") && !data.startsWith("-")) {
                assertThat(pbx.call("a", "7000").heard).as(data).endsWith("0 bye USER_BUSY");
            }
        }
        assertThat(programs.wanted).isEmpty();
    }

    @Test
    void aProgramThatWaitsIsAnsweredWhenItsOrderIsDoneAndThenTheDialplanGoesOn() {
        TestClient caller = steered("127.0.0.1:9000", "hangup USER_BUSY");
        List<Taken> answers = new CopyOnWriteArrayList<>();
        pbx.time.start("program", () -> answers.add(program().order(new Order("playback", TONE, "", 1, true), true)));
        pbx.time.settle();
        assertThat(sound()).endsWith("play Tone[script=%(500,0,440)]");
        assertThat(answers).isEmpty();

        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        assertThat(answers).containsExactly(Taken.YES);
        assertThat(caller.heard).noneMatch(line -> line.contains("bye"));

        program().left();
        pbx.time.settle();
        assertThat(caller.heard).endsWith("0 bye USER_BUSY");
    }

    @Test
    void anAsynchronousCallStaysWhenItsProgramIsGoneUnlessItIsToGoOn() {
        List<String> events = pbx.watch();
        TestClient caller = steered("127.0.0.1:9000 async", "hangup USER_BUSY");
        assertThat(events).contains("CHANNEL_PARK");
        program().left();
        pbx.advance(3_600_000);
        assertThat(caller.heard).noneMatch(line -> line.contains("bye"));
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(events).contains("CHANNEL_UNPARK");

        pbx.actions("answer", "socket 127.0.0.1:9000 async", "hangup USER_BUSY");
        TestClient other = pbx.call("b", "7000");
        program().reached();
        program().resume();
        program().left();
        pbx.time.settle();
        assertThat(other.heard.getLast()).endsWith("bye USER_BUSY");
    }

    @Test
    void aCallThatNobodySteersForTooLongEnds() {
        pbx.actions("set park_timeout=5:USER_BUSY", "answer", "socket 127.0.0.1:9000 async", "playback " + TONE);
        TestClient caller = pbx.call("a", "7000");
        program().reached();

        pbx.advance(5_000);

        assertThat(caller.heard).endsWith("5000 bye USER_BUSY");
    }

    @Test
    void whatComesMeanwhileIsDoneInBetweenButWaitsForWhatIsLocked() {
        steered("127.0.0.1:9000 async");
        order("playback", TONE);
        order("set", "colour=red");
        assertThat(program().variable("colour")).contains("red");
        assertThat(sound().getLast()).startsWith("play Tone");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        order("playback", TONE, true);
        order("set", "colour=blue");
        assertThat(program().variable("colour")).contains("red");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        assertThat(program().variable("colour")).contains("blue");
    }

    @Test
    void aBridgeEndsWhatPlaysAndAfterItTheProgramGoesOn() {
        TestClient caller = steered("127.0.0.1:9000 async full");
        order("playback", "{loops=-1}" + TONE);

        assertThat(order("bridge", "{origination_caller_id_name=Robot}user/1001@${domain},error/USER_BUSY")).isEqualTo(Taken.YES);
        answered();
        assertThat(bob.calls.getLast().caller().callerName()).isEqualTo("Robot");
        assertThat(sound().getLast()).startsWith("bridge ");

        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        order("playback", TONE);
        assertThat(sound()).endsWith("play Tone[script=%(500,0,440)]");
        assertThat(caller.heard).noneMatch(line -> line.contains("bye"));
    }

    @Test
    void aCallThatTalksIsHandedToAThirdWhoIsAskedFirst() {
        Phone cy = pbx.phones.add("1002@example.org", "cy");
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        TestClient caller = steered("127.0.0.1:9000 async full");
        order("bridge", "user/1001@example.org");
        answered();
        String second = bob.rung().channel.id().value();

        order("att_xfer", "user/1002@example.org");
        cy.rung().channel.answer(TestSdp.ANSWER_OPUS, "Cy", "");
        pbx.time.settle();
        assertThat(sound()).last().isEqualTo("bridge " + cy.rung().channel.id().value());
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(pbx.media.of(second).log).last().isEqualTo("bridge " + cy.rung().channel.id().value());
    }

    @Test
    void oneBridgeMakesRoomForAnotherAndWhoWasTalkedWithIsHungUp() {
        steered("127.0.0.1:9000 async");
        order("bridge", "user/1001@example.org");
        answered();
        TestClient first = bob.rung();

        order("park", "");

        assertThat(first.heard.getLast()).contains("bye NORMAL_CLEARING");
        assertThat(pbx.board.channels().rows()).hasSize(1);
        assertThat(order("hangup", "USER_BUSY")).isEqualTo(Taken.YES);
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void aCallThatIsSentElsewhereIsNoLongerSteeredAndItsProgramHearsOfItsEnd() {
        pbx.dialplan("<extension name=\"s\"><condition field=\"destination_number\" expression=\"^7000$\"><action application=\"answer\"/>"
                + "<action application=\"socket\" data=\"127.0.0.1:9000 async\"/></condition></extension>"
                + "<extension name=\"e\"><condition field=\"destination_number\" expression=\"^9196$\"><action application=\"echo\"/></condition></extension>");
        pbx.call("a", "7000");
        SteeredCall call = program();
        call.reached();
        pbx.time.settle();

        assertThat(order("transfer", "9196")).isEqualTo(Taken.YES);

        assertThat(sound()).endsWith("route Echo");
        assertThat(order("set", "a=b")).isEqualTo(Taken.NOT_STEERED);
        assertThat(programs.over).isEmpty();
        pbx.board.hangupAll(Cause.NORMAL_CLEARING);
        pbx.time.settle();
        assertThat(programs.over).containsExactly("a");
    }

    @Test
    void anotherExtensionCanBeExecutedAndTheProgramGoesOn() {
        pbx.dialplan("<extension name=\"s\"><condition field=\"destination_number\" expression=\"^7000$\"><action application=\"answer\"/>"
                + "<action application=\"socket\" data=\"127.0.0.1:9000\"/></condition></extension>"
                + "<extension name=\"e\"><condition field=\"destination_number\" expression=\"^1$\"><action application=\"set\" data=\"was=here\"/></condition></extension>");
        pbx.call("a", "7000");
        program().reached();

        order("execute_extension", "1");

        assertThat(program().variable("was")).contains("here");
        assertThat(program().facts()).containsEntry("Unique-ID", "a").containsEntry("variable_was", "here");
    }

    @Test
    void tooManyOrdersAreRefusedAndUnknownOnesToo() {
        steered("127.0.0.1:9000 async");
        order("playback", TONE, true);
        for (int i = 0; i < SteeredChannel.MAX_WAITING; i++) {
            assertThat(order("set", "a=b")).isEqualTo(Taken.YES);
        }

        assertThat(order("set", "a=b")).isEqualTo(Taken.TOO_MANY);
        assertThat(order("nonsense", "")).isEqualTo(Taken.NO_APPLICATION);
    }

    @Test
    void whoeverWaitsForAnOrderIsToldWhenTheCallEnds() {
        TestClient caller = steered("127.0.0.1:9000");
        List<Taken> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            pbx.time.start("program", () -> answers.add(program().order(new Order("playback", TONE, "", 1, true), true)));
        }
        pbx.time.settle();

        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(answers).hasSize(3);
        assertThat(programs.over).containsExactly("a");
    }
}
