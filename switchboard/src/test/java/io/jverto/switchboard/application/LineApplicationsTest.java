package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineApplicationsTest {
    private static final String TONE = "tone_stream://%(100,0,440)";

    private final TestSwitch pbx = new TestSwitch();
    private int calls;

    @Test
    void aSoundComesInsteadOfWhatIsHeardOrSaid() {
        assertThat(log("displace_session " + TONE, "displace_session tone_stream://%(100,0,880) rml +7", "hangup")).containsExactly(
                "displace 1 Displacing[way=HEARD, mixed=false, maxMillis=0] Tone[script=%(100,0,440)]",
                "displace 2 Displacing[way=SAID, mixed=true, maxMillis=7000] Tone[script=%(100,0,880);loops=-1]");
    }

    @Test
    void itEndsByItselfOrIsStoppedByItsName() {
        assertThat(log("displace_session " + TONE, "displace_session " + TONE, "stop_displace_session other",
                "stop_displace_session " + TONE, "displace_session " + TONE, "stop_displace_session", "hangup").stream().map(line -> line.split(" D")[0]))
                .containsExactly("displace 1", "stop displacing 1", "displace 2", "stop displacing 2");

        TestClient caller = call("answer", "displace_session " + TONE, "sleep 1000", "displace_session " + TONE, "echo");
        pbx.media.of(id()).listener.onPlaybackEnded(1, PlaybackEnd.PLAYED);
        pbx.advance(1_000);

        assertThat(line().stream().map(line -> line.split(" D")[0])).containsExactly("displace 1", "stop displacing 1", "displace 2");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void levelsAndMutesAreSetForEachWay() {
        assertThat(log("set_audio_level read -4", "set_audio_level write +3", "set_mute read true", "set_mute write 400", "set_mute read false", "hangup"))
                .containsExactly("level SAID -4", "level HEARD 3", "mute SAID true", "mute HEARD true", "mute SAID false");
        assertThat(log("set_audio_level read 5", "set_audio_level both 1", "set_audio_level", "set_mute here true", "hangup")).isEmpty();
    }

    @Test
    void digitsAreTakenFromAndMadeAsTones() {
        assertThat(log("start_dtmf", "stop_dtmf", "start_dtmf_generate", "stop_dtmf_generate", "hangup"))
                .containsExactly("detect dtmf true", "detect dtmf false", "tone dtmf true", "tone dtmf false");
    }

    @Test
    void theJitterBufferHasOtherBounds() {
        assertThat(log("jitterbuffer 60", "jitterbuffer 100:300", "jitterbuffer 3p:10p:20", "jitterbuffer pause", "jitterbuffer 80", "jitterbuffer resume",
                "jitterbuffer 0", "jitterbuffer 1:9999", "hangup")).containsExactly("jitter 60 to 400", "jitter 100 to 300", "jitter 60 to 200",
                "jitter 20 to 20", "jitter 20 to 20", "jitter 80 to 400", "jitter 20 to 20", "jitter 20 to 500");
        assertThat(log("jitterbuffer", "jitterbuffer soon", "jitterbuffer -5", "jitterbuffer 5:", "jitterbuffer 123456", "hangup")).isEmpty();
    }

    @Test
    void withoutBoundsOfItsOwnAPauseLeadsBackToThoseOfTheProfile() {
        assertThat(log("jitterbuffer pause", "jitterbuffer resume", "hangup")).containsExactly("jitter 20 to 20", "jitter 40 to 200");
    }

    @Test
    void aVariableThatWasSetBeforeThereIsSoundSaysHowLongPacketsWait() {
        assertThat(log("set jitterbuffer_msec=60:120", "answer", "jitterbuffer pause", "jitterbuffer resume", "hangup"))
                .containsExactly("jitter 60 to 120", "jitter 20 to 20", "jitter 60 to 120");
        assertThat(log("set jitterbuffer_msec=2p", "jitterbuffer 100", "answer", "hangup")).last().isEqualTo("jitter 100 to 400");
        assertThat(log("set jitterbuffer_msec=soon", "answer", "hangup")).isEmpty();
    }

    @Test
    void aDigitThatComesByTwoWaysCountsOnce() {
        TestClient caller = call("answer", "start_dtmf", "deduplicate_dtmf", "read 1 20 silence_stream://-1 typed 5000 #", "park");
        MediaListener media = pbx.media.of(id()).listener;
        media.onTone('5', 0); // pressed twice: the tones first, as they are told at once
        media.onTone('5', 0);
        media.onDtmf('5', 100);
        media.onDtmf('5', 100);
        media.onDtmf('6', 100);
        media.onTone('6', 0);
        caller.channel.dtmf("7", 0);
        media.onTone('7', 0);
        pbx.advance(2_000);
        media.onDtmf('6', 100); // too late for the one before
        media.onDtmf('#', 100);
        pbx.time.settle();

        assertThat(pbx.variable(caller, "typed")).isEqualTo("55676");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void withoutThatEachCountsAndOnlyEventsIfWanted() {
        assertThat(typed("start_dtmf")).isEqualTo("558");
        assertThat(typed("deduplicate_dtmf only_rtp")).isEqualTo("5");
    }

    private String typed(String how) {
        TestClient caller = call("answer", how, "read 1 20 silence_stream://-1 typed 5000 #", "park");
        MediaListener media = pbx.media.of(id()).listener;
        media.onTone('5', 0);
        media.onDtmf('5', 100);
        caller.channel.dtmf("8", 0);
        media.onDtmf('#', 100);
        pbx.time.settle();
        String typed = pbx.variable(caller, "typed");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        return typed;
    }

    @Test
    void aCommandChangesTheJitterBufferToo() {
        TestClient caller = call("answer", "park");
        assertThat(pbx.commands.run("uuid_jitterbuffer " + id() + " 60:120")).isEqualTo("+OK\n");
        pbx.time.settle();

        assertThat(line()).containsExactly("jitter 60 to 120");
        assertThat(pbx.commands.run("uuid_jitterbuffer " + id())).startsWith("-USAGE");
        assertThat(pbx.commands.run("uuid_jitterbuffer nobody 60")).startsWith("-ERR");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void allThatIsOnALineIsTakenAway() {
        assertThat(log("displace_session " + TONE, "tone_detect key 440", "start_dtmf", "remove_bugs", "cng_plc", "hangup")).endsWith(
                "stop displacing 1", "detect dtmf false", "stop detecting 1");
    }

    private List<String> log(String... actions) {
        call(actions);
        assertThat(pbx.board.channels().rows()).isEmpty();
        return line();
    }

    /// @return what was asked of the channel's line
    private List<String> line() {
        return Optional.ofNullable(pbx.media.of(id())).stream().flatMap(media -> media.log.stream())
                .filter(line -> line.matches("(displace|stop displacing|level|mute|detect|tone|jitter|stop detecting) .*"))
                .toList();
    }

    private String id() {
        return "call-" + calls;
    }

    private TestClient call(String... actions) {
        pbx.actions(actions);
        calls++;
        TestClient caller = pbx.call(id(), "1");
        pbx.time.settle();
        return caller;
    }
}
