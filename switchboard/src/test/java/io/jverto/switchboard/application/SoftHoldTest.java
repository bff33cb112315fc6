package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import org.junit.jupiter.api.Test;

/// Ada talks with Bob; by `*2` either may put the other one on soft hold.
class SoftHoldTest extends ThreeParties {
    private static final String TONE = "tone_stream://%(100,0,440)";

    private TestClient talk(String data) {
        pbx.dialplan(ECHO + USERS.replace("<action application=\"bridge\"",
                "<action application=\"bind_meta_app\" data=\"2 ab s soft_hold::" + data + "\"/><action application=\"bridge\""));
        return calls("ada", bob, "1001", "Bob");
    }

    @Test
    void theOtherSideHearsMusicUntilTheKey() {
        TestClient ada = talk("# '' " + TONE);

        press(ada, "*2");
        assertThat(sound("ada")).last().isEqualTo("meanwhile Silent");
        assertThat(sound(leg(bob))).last().isEqualTo("meanwhile play Tone[script=%(100,0,440);loops=-1]");
        press(ada, "1");
        assertThat(sound("ada")).last().isEqualTo("meanwhile Silent");
        press(ada, "#");

        assertThat(sound("ada")).last().isEqualTo("as before");
        assertThat(sound(leg(bob))).last().isEqualTo("as before");
        press(ada, "7");
        assertThat(sound(leg(bob))).last().isEqualTo("dtmf 7");
    }

    @Test
    void whoWasCalledCanDoItToo() {
        talk("# " + TONE);

        press(bob.rung(), "*2");
        assertThat(sound(leg(bob))).last().isEqualTo("meanwhile play Tone[script=%(100,0,440);loops=-1]");
        assertThat(sound("ada")).last().isEqualTo("meanwhile play Music[]");
        press(bob.rung(), "#");

        assertThat(sound("ada")).last().isEqualTo("as before");
    }

    @Test
    void whenEitherHangsUpBothAreOver() {
        TestClient ada = talk("#");
        press(ada, "*2");
        hangsUp(bob.rung());
        assertThat(last(ada)).contains("bye");

        ada = talk("#");
        press(ada, "*2");
        hangsUp(ada);
        assertThat(last(bob.rung())).contains("bye");
    }

    @Test
    void itCanBeDoneAgain() {
        TestClient ada = talk("#");
        for (int i = 0; i < 3; i++) {
            press(ada, "*2");
            assertThat(sound(leg(bob))).last().isEqualTo("meanwhile play Music[]");
            press(ada, "#");
            assertThat(sound(leg(bob))).last().isEqualTo("as before");
        }
    }

    @Test
    void withoutATalkOrAKeyNothingHappens() {
        pbx.actions("answer", "soft_hold #", "set after=yes", "park");
        TestClient alone = pbx.call("alone", "1");
        assertThat(pbx.variable(alone, "after")).isEqualTo("yes");

        TestClient ada = talk("longer");
        press(ada, "*2");
        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(bob));
    }
}
