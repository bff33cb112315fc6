package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchApplicationsTest {
    private final TestSwitch pbx = new TestSwitch();
    private TestClient caller;

    @AfterEach
    void hangUp() {
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void waitForSilenceEndsWithSilenceAfterSpeech() {
        Sound.Watch watch = begin("wait_for_silence 300 30 5 2000");
        assertThat(watch.level()).isEqualTo(300);
        say(watch, 29, false);
        say(watch, 5, true);
        say(watch, 40, false);
        assertThat(watch.isOver()).as("it is not enough speech").isFalse();
        say(watch, 1, true);
        say(watch, 29, false);
        assertThat(watch.isOver()).isFalse();
        say(watch, 1, false);
        assertThat(watch.isOver()).isTrue();

        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        assertThat(variable("wait_for_silence_timeout")).isEqualTo("false");
        assertThat(variable("after")).isEqualTo("yes");
    }

    @Test
    void waitForSilenceTellsWhatItHeardWhenItsTimeIsOver() {
        Sound.Watch watch = begin("wait_for_silence 300 30 5 2000");
        say(watch, 21, true);
        say(watch, 12, false);
        pbx.advance(1_999);
        assertThat(variable("after")).isEmpty();

        pbx.advance(1);

        assertThat(variable("wait_for_silence_timeout")).isEqualTo("true");
        assertThat(variable("wait_for_silence_listenhits")).isEqualTo("21");
        assertThat(variable("wait_for_silence_silence_hits")).isEqualTo("18");
        assertThat(pbx.media.of("a").log).last().isEqualTo("route Silent");
    }

    @Test
    void detectAudioEndsWithSoundWithoutAPause() {
        Sound.Watch watch = begin("detect_audio 300 10 5000");
        say(watch, 10, true);
        say(watch, 1, false);
        say(watch, 10, true);
        assertThat(watch.isOver()).isFalse();
        say(watch, 1, true);
        assertThat(watch.isOver()).isTrue();
        pbx.advance(5_000);

        assertThat(variable("detect_audio_timeout")).isEqualTo("true");
        assertThat(variable("detect_audio_hits")).isEqualTo("11");
    }

    @Test
    void detectSilenceNeedsNoSpeechBefore() {
        Sound.Watch watch = begin("detect_silence 300 10");
        assertThat(watch.level()).as("300 is silence still").isEqualTo(301);
        say(watch, 10, false);
        assertThat(watch.isOver()).isFalse();
        say(watch, 1, false);
        assertThat(watch.isOver()).isTrue();
        pbx.advance(3_600_000);
        assertThat(variable("after")).as("without a time it waits").isEmpty();
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        assertThat(variable("detect_silence_timeout")).isEqualTo("false");
    }

    @Test
    void whatIsNoNumberWaitsForNothing() {
        call("wait_for_silence 300 30", "detect_audio loud 3", "detect_silence 300 -1");

        assertThat(variable("after")).isEqualTo("yes");
        assertThat(pbx.media.of("a").log).noneMatch(line -> line.startsWith("play"));
    }

    private Sound.Watch begin(String application) {
        call(application);
        return (Sound.Watch) pbx.media.of("a").sound;
    }

    private void call(String... applications) {
        String[] actions = new String[applications.length + 3];
        System.arraycopy(applications, 0, actions, 1, applications.length);
        actions[0] = "answer";
        actions[applications.length + 1] = "set after=yes";
        actions[applications.length + 2] = "park";
        pbx.actions(actions);
        caller = pbx.call("a", "1");
        pbx.time.settle();
    }

    private static void say(Sound.Watch watch, int frames, boolean loud) {
        for (int i = 0; i < frames; i++) {
            watch.tally().count(loud);
        }
    }

    private String variable(String name) {
        return pbx.commands.run("uuid_getvar a " + name).replace("_undef_", "");
    }
}
