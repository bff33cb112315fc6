package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.testkit.log.LogLines;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreprocessTest {
    private final TestSwitch pbx = new TestSwitch();

    @AfterEach
    void nothingIsLeft() {
        pbx.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        pbx.time.settle();
    }

    private List<String> gains(String data) {
        pbx.actions("answer", "preprocess " + data, "park");
        String id = "c" + data.hashCode();
        pbx.call(id, "1");
        pbx.time.settle();
        return pbx.media.of(id).log.stream().filter(line -> line.startsWith("auto gain")).toList();
    }

    @Test
    void gainIsWhatIsAskedForOfEachSide() {
        assertThat(gains("r.agc=4000, w.agc")).containsExactly("auto gain SAID 4000", "auto gain HEARD 2000");
        assertThat(gains("agc=true")).containsExactly("auto gain SAID 2000");
        assertThat(gains("r.agc=99999,w.agc=1")).containsExactly("auto gain SAID 10000", "auto gain HEARD 100");
        assertThat(gains("r.agc=false,w.agc=0")).containsExactly("auto gain SAID 0", "auto gain HEARD 0");
    }

    @Test
    void noiseEchoAndWhatIsNoVoiceAreTakenOutOfEachSide() {
        assertThat(cleaned("r.noise_suppress=-30,w.vad=on")).containsExactly("clean SAID noise -30 echo 0/-40 voice only false", "clean HEARD noise -15 echo 0/-40 voice only true");
        assertThat(cleaned("r.echo_cancel=true,r.echo_suppress=-50")).containsExactly("clean SAID noise -15 echo 128/-50 voice only false");
        assertThat(cleaned("noise_suppress=off,echo_cancel=4800")).as("samples of Opus").containsExactly("clean SAID noise 0 echo 100/-40 voice only false");
        assertThat(cleaned("r_echo_cancel=999999999,w.noise_suppress=-999")).as("bounded")
                .containsExactly("clean SAID noise -15 echo 500/-40 voice only false", "clean HEARD noise -60 echo 0/-40 voice only false");
        assertThat(cleaned("r.noise_suppress=off")).containsExactly("clean SAID nothing");
        assertThat(cleaned("r.agc=300")).isEmpty();
    }

    @Test
    void whatIsAskedForAgainChangesThatAloneAndStopEndsAll() {
        pbx.actions("answer", "preprocess r.noise_suppress=-30,r.agc", "preprocess r.vad=true", "preprocess r.echo_cancel", "preprocess r.echo_cancel=false", "preprocess stop", "park");
        pbx.call("c", "1");
        pbx.time.settle();

        assertThat(pbx.media.of("c").log.stream().filter(line -> line.startsWith("clean SAID"))).containsExactly(
                "clean SAID noise -30 echo 0/-40 voice only false", "clean SAID noise -30 echo 0/-40 voice only true",
                "clean SAID noise -30 echo 128/-40 voice only true", "clean SAID noise -30 echo 0/-40 voice only true", "clean SAID nothing");
        assertThat(pbx.media.of("c").log).contains("auto gain SAID 2000", "auto gain SAID 0");
    }

    @Test
    void whatCannotBeUnderstoodChangesNothingAtAll() {
        for (String data : List.of("loud please, r.agc", "r.vad=on,r.noise_suppress=30", "r.vad=on,r.echo_suppress=much", "r.agc,w.echo_cancel=-5", "r.vad=perhaps")) {
            assertThat(gains(data)).as(data).isEmpty();
            assertThat(pbx.media.of("c" + data.hashCode()).log).as(data).noneMatch(line -> line.startsWith("clean"));
        }
        assertThat(gains("r.dereverb=true,w.agc=300")).containsExactly("auto gain HEARD 300");
    }

    @Test
    void withoutTheLibraryGainIsThereAloneAndTheLogSaysWhatToInstall() {
        pbx.media.cleaningObstacle = Optional.of("no libspeexdsp.so.1");
        LogLines lines = LogLines.of(PreprocessApplication.class, Level.INFO);
        try (lines) {
            assertThat(cleaned("r.noise_suppress=-30,r.agc,w.vad=true")).isEmpty();
        }
        assertThat(lines.texts()).containsExactly("channel c" + "r.noise_suppress=-30,r.agc,w.vad=true".hashCode()
                + ": preprocess noise_suppress, vad changes nothing, its sound stays as it is: no libspeexdsp.so.1; on Debian install libspeexdsp1");
        assertThat(pbx.media.of("c" + "r.noise_suppress=-30,r.agc,w.vad=true".hashCode()).log).contains("auto gain SAID 2000");
    }

    @Test
    void aCheckFindsWhatChangesNothingAndWhatNeedsTheLibrary() {
        PreprocessApplication.Wants wants = PreprocessApplication.wants("preprocess", "r.echo_cancel=true,r.agc=1, w.vad,w.dereverb=true,r.noise_suppress=30,stop,loud please,w.vad=${vad},w.echo_suppress=-5");

        assertThat(wants.cleaning()).containsExactly("echo_cancel", "vad", "echo_suppress");
        assertThat(wants.wrong()).containsExactly("r.noise_suppress=30", "loud please");
        assertThat(wants.idle()).containsExactly("dereverb");
        assertThat(PreprocessApplication.wants("set", "vad=1").cleaning()).isEmpty();
    }

    private List<String> cleaned(String data) {
        gains(data);
        return pbx.media.of("c" + data.hashCode()).log.stream().filter(line -> line.startsWith("clean")).toList();
    }
}
