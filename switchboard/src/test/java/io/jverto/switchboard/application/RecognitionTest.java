package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private final TestSwitch pbx = new TestSwitch();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private TestClient call(String... actions) {
        pbx.core.listen(new CoreEvents.Listener() {
            @Override
            public boolean wants(EventName name, String subclass) {
                return name == EventName.DETECTED_SPEECH;
            }

            @Override
            public void onEvent(CoreEvent event) {
                events.add(event.header("Unique-ID").orElse("") + " " + event.header("Speech-Type").orElse("") + " " + event.body());
            }
        });
        pbx.actions(actions);
        TestClient caller = pbx.call("a", "1");
        pbx.time.settle();
        return caller;
    }

    private void hears(boolean last, String text) {
        pbx.recognition.hears(last, text);
        pbx.time.settle();
    }

    private List<String> media() {
        return pbx.media.of("a").log;
    }

    @Test
    void whatIsUnderstoodIsAnEventAndAVariable() {
        TestClient caller = call("detect_speech vosk yesno /grammars/yesno.xml", "park");
        assertThat(pbx.recognition.log).containsExactly("vosk yesno /grammars/yesno.xml ");
        assertThat(media()).contains("hand out 1");

        hears(false, "ye");
        assertThat(pbx.variable(caller, "detect_speech_result")).isEmpty();
        hears(true, "yes");
        hears(true, "${domain}");

        assertThat(events).containsExactly("a detected-partial-speech {ye}", "a detected-speech {yes}", "a detected-speech {${domain}}");
        assertThat(pbx.variable(caller, "detect_speech_result")).isEqualTo("{${domain}}");
    }

    @Test
    void itPausesGoesOnTakesAnotherGrammarAndStops() {
        call("detect_speech vosk yesno", "detect_speech pause", "detect_speech resume", "detect_speech grammar digits builtin", "detect_speech stop", "park");

        assertThat(pbx.recognition.log).containsExactly("vosk yesno  ", "stop", "vosk digits builtin ", "stop");
        assertThat(media()).containsSubsequence("hand out 1", "recording 1 PAUSED", "recording 1 RUNS", "stop recording 1", "hand out 2", "stop recording 2");
        hears(true, "late");
        assertThat(events).isEmpty();
    }

    @Test
    void itEndsWithAllElseThatIsOnTheLine() {
        call("detect_speech vosk yesno", "remove_bugs", "park");

        assertThat(pbx.recognition.log).containsExactly("vosk yesno  ", "stop");
    }

    @Test
    void itEndsWithTheCall() {
        TestClient caller = call("detect_speech vosk yesno", "park");
        assertThat(pbx.recognition.log).doesNotContain("stop");

        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(pbx.recognition.log).containsExactly("vosk yesno  ", "stop");
    }

    @Test
    void aRecogniserThatEndsByItselfIsToldOf() {
        call("detect_speech vosk yesno", "park");

        pbx.recognition.ends("ended with 3");
        pbx.time.settle();

        assertThat(events).containsExactly("a closed ");
        assertThat(media()).contains("stop recording 1");
    }

    @Test
    void withoutOneTheDialplanGoesOn() {
        pbx.recognition.refuses = "none is configured";

        TestClient caller = call("detect_speech vosk yesno", "set after=${current_application_response}", "play_and_detect_speech tone_stream://%(100,0,400) detect:vosk yesno",
                "set later=${current_application_response}", "detect_speech", "detect_speech grammar x", "play_and_detect_speech what", "set last=${current_application_response}", "park");

        assertThat(pbx.variable(caller, "after")).isEqualTo("ASR INIT ERROR");
        assertThat(pbx.variable(caller, "later")).isEqualTo("ASR INIT ERROR");
        assertThat(pbx.variable(caller, "last")).isEqualTo("USAGE ERROR");
        assertThat(media()).noneMatch(line -> line.startsWith("play"));
    }

    @Test
    void whoSpeaksIsNotPlayedToAnyMoreAndIsWaitedFor() {
        TestClient caller = call("play_and_detect_speech tone_stream://%(100,0,400) detect:vosk {no-input-timeout=1000}yesno", "set after=${detect_speech_result}", "park");
        assertThat(pbx.recognition.log).containsExactly("vosk yesno  no-input-timeout=1000");
        assertThat(media()).last().asString().startsWith("play");

        hears(false, "y");
        assertThat(media()).last().isEqualTo("route Silent");
        assertThat(pbx.variable(caller, "after")).isEmpty();
        hears(true, "yes");

        assertThat(pbx.variable(caller, "after")).isEqualTo("{yes}");
        assertThat(pbx.recognition.log).last().isEqualTo("stop");
    }

    @Test
    void whoSaysNothingOrIsNotUnderstoodIsNotWaitedForLonger() {
        call("play_and_detect_speech tone_stream://%(100,0,400) detect:vosk {no-input-timeout=1000,recognition-timeout=2000}yesno", "park");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        pbx.advance(900);
        assertThat(pbx.recognition.log).doesNotContain("stop");
        hears(false, "y");
        pbx.advance(1_900);
        assertThat(pbx.recognition.log).doesNotContain("stop");

        pbx.advance(200);

        assertThat(pbx.recognition.log).last().isEqualTo("stop");
    }

    @Test
    void aKeyEndsTheWaiting() {
        TestClient caller = call("play_and_detect_speech tone_stream://%(100,0,400) detect:vosk yesno", "set after=${playback_terminator_used}", "park");

        caller.channel.dtmf("*", 0);
        pbx.time.settle();

        assertThat(pbx.variable(caller, "after")).isEqualTo("*");
        assertThat(pbx.recognition.log).last().isEqualTo("stop");
    }

    @Test
    void aFloodOfResultsIsDroppedAndCounted() {
        call("detect_speech vosk yesno", "park");

        for (int i = 0; i < 1_000; i++) {
            pbx.recognition.hears(false, "x" + i);
        }
        pbx.time.settle();

        assertThat(events.size() + pbx.counters.get(SwitchCounter.SPEECH_DROPPED)).isEqualTo(1_000);
    }
}
