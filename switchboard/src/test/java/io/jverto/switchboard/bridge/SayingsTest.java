package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.Saying;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the parties of a call say to each other beside their sound.
class SayingsTest {
    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    @Test
    void whoTalksWithEachOtherHearsEachOther() {
        TestClient caller = talk();

        say(caller, message("hello"));
        say(bob.rung(), new Saying.Typed("hi"));

        assertThat(bob.heard()).last().isEqualTo("0 message hello");
        assertThat(caller.heard).last().isEqualTo("0 typed hi");
        assertThat(pbx.counters.get(SwitchCounter.SAYINGS_UNHEARD)).isZero();
    }

    @Test
    void whileItRingsNobodyHearsAnythingAndThatIsCounted() {
        pbx.directory("<user id=\"1001\"/>").actions("bridge user/1001@example.org");
        TestClient caller = pbx.call("a", "1001");

        say(caller, message("are you there?"));

        assertThat(bob.heard()).isEmpty();
        assertThat(pbx.counters.get(SwitchCounter.SAYINGS_UNHEARD)).isEqualTo(1);
    }

    @Test
    void afterATransferTheNewPartyHears() {
        Phone cy = pbx.phones.add("1002@example.org", "cy");
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>").actions("bridge user/$1@example.org");
        TestClient caller = pbx.call("a", "1001");
        answer(bob);
        pbx.board.transfer(bob.rung().channel.id(), "1002");
        pbx.time.settle();
        answer(cy);

        say(caller, message("hello Cy"));

        assertThat(cy.heard()).last().isEqualTo("0 message hello Cy");
        assertThat(bob.heard()).noneMatch(line -> line.contains("message"));
    }

    @Test
    void theEchoGivesBackWhatIsTypedAndNoMessages() {
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "9196");

        say(caller, new Saying.Typed("echo"));
        say(caller, message("hello"));

        assertThat(caller.heard).containsExactly("0 answer sdp", "0 typed echo");
        assertThat(pbx.counters.get(SwitchCounter.SAYINGS_UNHEARD)).isEqualTo(1);
    }

    @Test
    void whatIsSaidToACallThatIsOverIsRefusedOrCounted() {
        pbx.actions("answer", "park");
        TestClient caller = pbx.call("a", "1");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        boolean taken = ((CallRef) caller.channel).say(message("too late"));
        pbx.time.settle();

        assertThat(pbx.counters.get(SwitchCounter.SAYINGS_UNHEARD)).isEqualTo(taken ? 1 : 0);
        assertThat(((CallRef) caller.channel).say(message("much too late"))).isFalse();
    }

    @Test
    void aChangedVariableCountsForWhatTheDialplanDoesNext() {
        pbx.actions("answer", "sleep 1000", "playback tone_stream://%(100,0,${verto_dvar_pitch})", "park");
        TestClient caller = pbx.call("a", "1");

        ((CallRef) caller.channel).change(Map.of("verto_dvar_pitch", "440"));
        pbx.advance(1_000);

        assertThat(pbx.media.of("a").log).contains("play Tone[script=%(100,0,440)]");
    }

    private TestClient talk() {
        pbx.directory("<user id=\"1001\"/>").actions("bridge user/1001@example.org");
        TestClient caller = pbx.call("a", "1001");
        answer(bob);
        return caller;
    }

    private void answer(Phone phone) {
        phone.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
    }

    private void say(TestClient from, Saying saying) {
        assertThat(((CallRef) from.channel).say(saying)).isTrue();
        pbx.time.settle();
    }

    private static Saying message(String body) {
        return new Saying.InCall(new ChatMessage(Map.of("body", body)));
    }
}
