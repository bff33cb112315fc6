package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final String MUSIC = "play Music[]";

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    private CallRef talk(String... before) {
        pbx.directory("<user id=\"1001\"/>");
        List<String> actions = new java.util.ArrayList<>(List.of(before));
        actions.addAll(List.of("set hangup_after_bridge=true", "bridge user/1001@example.org"));
        pbx.actions(actions.toArray(String[]::new));
        TestClient caller = pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
        return (CallRef) caller.channel;
    }

    private CallRef leg() {
        return (CallRef) bob.rung().channel;
    }

    private List<String> said(CallRef call) {
        pbx.time.settle();
        return pbx.media.of(call.id().value()).log;
    }

    @Test
    void theOtherPartyHearsMusicAndThenTheCallerAgain() {
        CallRef caller = talk();

        assertThat(caller.hold(HoldWish.HOLD)).isTrue();
        assertThat(said(caller)).endsWith("pause", "route Silent");
        assertThat(said(leg())).last().isEqualTo(MUSIC);
        assertThat(pbx.board.channels().rows().getFirst().callState()).isEqualTo("HELD");

        assertThat(caller.hold(HoldWish.UNHOLD)).isFalse();
        assertThat(said(caller)).endsWith("go on", "bridge " + leg().id());
        assertThat(said(leg())).last().isEqualTo("bridge a");
    }

    @Test
    void whoWasCalledCanHoldToo() {
        CallRef caller = talk();

        assertThat(leg().hold(HoldWish.TOGGLE)).isTrue();
        assertThat(said(caller)).last().isEqualTo(MUSIC);
        assertThat(said(leg())).endsWith("pause", "route Silent");

        assertThat(leg().hold(HoldWish.TOGGLE)).isFalse();
        assertThat(said(caller)).last().isEqualTo("bridge " + leg().id());
    }

    @Test
    void whenBothHoldNobodyHearsAnythingButMusicUntilBothAreBack() {
        CallRef caller = talk();

        caller.hold(HoldWish.HOLD);
        leg().hold(HoldWish.HOLD);
        caller.hold(HoldWish.UNHOLD);

        assertThat(said(caller)).last().isEqualTo(MUSIC);
        leg().hold(HoldWish.UNHOLD);
        assertThat(said(caller)).last().isEqualTo("bridge " + leg().id());
    }

    @Test
    void holdingTwiceIsHoldingOnce() {
        CallRef caller = talk();

        caller.hold(HoldWish.HOLD);
        caller.hold(HoldWish.HOLD);

        assertThat(said(caller)).containsOnlyOnce("pause");
        assertThat(caller.held()).isTrue();
    }

    @Test
    void theMusicIsTheHoldersChoice() {
        CallRef caller = talk("set hold_music=tone_stream://%(500,500,300)");

        caller.hold(HoldWish.HOLD);

        assertThat(said(leg())).last().isEqualTo("play Tone[script=%(500,500,300);loops=-1]");
    }

    @Test
    void silenceIsMusicToo() {
        CallRef caller = talk("set hold_music=silence");

        caller.hold(HoldWish.HOLD);

        assertThat(said(leg())).last().isEqualTo("play Silence[millis=-1]");
    }

    @Test
    void aCallThatIsNotAnsweredCannotBeHeld() {
        pbx.actions("pre_answer", "park");
        CallRef caller = (CallRef) pbx.call("a", "1").channel;

        assertThat(caller.hold(HoldWish.HOLD)).isFalse();
        assertThat(said(caller)).doesNotContain("pause");
    }

    @Test
    void aCallOnHoldEndsLikeAnyOther() {
        CallRef caller = talk();

        caller.hold(HoldWish.HOLD);
        caller.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(bob.heard()).last().isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(caller.hold(HoldWish.HOLD)).isTrue(); // as it was when it ended
    }

    /// Its page knows nothing of the hold: it shows a call that talks.
    @Test
    void aClientThatComesBackTalksAtOnce() {
        CallRef caller = talk();

        caller.hold(HoldWish.HOLD);
        caller.away();
        caller.reoffer();
        assertThat(caller.reattach(TestSdp.OPUS)).isEqualTo(AnswerResult.ANSWERED);

        assertThat(said(caller)).last().isEqualTo("bridge " + leg().id());
        assertThat(caller.held()).isFalse();
    }
}
