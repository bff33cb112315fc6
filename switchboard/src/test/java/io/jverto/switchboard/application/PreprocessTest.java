package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.util.List;
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
    void whatIsLeftToTelephonesChangesNothing() {
        assertThat(gains("r.echo_cancel=true,r.noise_suppress=-30,w.agc=300")).containsExactly("auto gain HEARD 300");
        assertThat(gains("r.echo_cancel=true")).isEmpty();
        assertThat(gains("loud please, r.agc")).isEmpty();
        assertThat(PreprocessApplication.idle("preprocess", "r.echo_cancel=true,r.agc=1, w.vad")).containsExactly("echo_cancel", "vad");
        assertThat(PreprocessApplication.idle("set", "vad=1")).isEmpty();
    }
}
