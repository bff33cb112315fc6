package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Synthesis.Result;
import io.jverto.switchboard.port.Synthesis.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpeakTest {
    private static final String SPOKEN = "play File[path=/spoken.wav, start=0]";

    private final TestSwitch pbx = new TestSwitch();
    private final List<Wanted> wanted = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private TestClient call(String... actions) {
        pbx.synthesis = text -> {
            wanted.add(text);
            return new Result.Made(Path.of("/spoken.wav"));
        };
        return plain(actions);
    }

    private TestClient plain(String... actions) {
        String[] all = new String[actions.length + 2];
        System.arraycopy(actions, 0, all, 0, actions.length);
        all[actions.length] = "set after=${current_application_response}";
        all[actions.length + 1] = "park";
        pbx.actions(all);
        TestClient caller = pbx.call("a", "1");
        pbx.time.settle();
        return caller;
    }

    @Test
    void aTextIsSpokenAndTheDialplanGoesOnWhenItIsHeard() {
        TestClient caller = call("speak flite|slt|Hello | you, 5 |");
        assertThat(wanted).containsExactly(new Wanted("flite", "slt", "Hello | you, 5 |"));
        assertThat(pbx.media.of("a").log).last().isEqualTo(SPOKEN);
        assertThat(caller.heard).containsExactly("0 media sdp");

        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        assertThat(pbx.variable(caller, "after")).isEqualTo("FILE PLAYED");
    }

    @Test
    void engineAndVoiceMayStandInVariablesOrBeEmpty() {
        call("set tts_engine=flite", "set tts_voice=rms", "speak Hello");
        assertThat(wanted).containsExactly(new Wanted("flite", "rms", "Hello"));
        pbx.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        pbx.time.settle();

        call("speak ||Hello");
        assertThat(wanted).last().isEqualTo(new Wanted("", "", "Hello"));
    }

    @Test
    void aKeyEndsIt() {
        TestClient caller = call("speak Hello");

        caller.channel.dtmf("*", 0);
        pbx.time.settle();

        assertThat(pbx.variable(caller, "after")).isEqualTo("FILE PLAYED");
    }

    @Test
    void withoutAnEngineTheDialplanGoesOn() {
        assertThat(pbx.variable(plain("speak flite|slt|Hello"), "after")).isEqualTo("PLAYBACK ERROR");
    }

    @Test
    void whatMakesNoSenseIsNotSpoken() {
        for (String data : List.of("", "flite|slt|", "flite|slt")) {
            assertThat(pbx.variable(call("speak " + data), "after")).as(data).isEqualTo("PLAYBACK ERROR");
            pbx.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
            pbx.time.settle();
        }
        assertThat(wanted).isEmpty();
    }

    @Test
    void s12ACallerChoosesNoEngine() {
        pbx.synthesis = text -> {
            wanted.add(text);
            return new Result.Made(Path.of("/spoken.wav"));
        };
        pbx.actions("speak Hello ${wish}", "park");

        pbx.call("a", "1", TestSdp.OPUS, Map.of("wish", "evil|-o|x"));
        pbx.time.settle();

        assertThat(wanted).containsExactly(new Wanted("", "", "Hello evil|-o|x"));
    }
}
