package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaListener.RecordingEnd.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `playback` and `record` with files, as far as the switch is concerned: which file, and what the dialplan learns.
class SoundFileTest {
    private static final String PLAIN = ", tags=Tags[title=, artist=, copyright=, software=, comment=, date=], append=false]";

    private static final String HANGUP = "hangup USER_BUSY";
    /// Shows the variables to the test.
    private static final String ANSWER = "answer";

    @TempDir Path home;

    private final TestSwitch pbx = new TestSwitch();
    private Path sounds;
    private Path recordings;
    private int calls;

    @BeforeEach
    void folders() throws IOException {
        sounds = Files.createDirectory(home.resolve("sounds"));
        recordings = Files.createDirectory(home.resolve("recordings"));
        for (String name : List.of("sounds/hello.wav", "sounds/ivr/48000/menu.wav", "sounds/ivr/8000/menu.wav", "recordings/mine.wav", "secret.wav", "secret")) {
            Files.createDirectories(home.resolve(name).getParent());
            Files.writeString(home.resolve(name), name);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(pbx.board.channels().rows()).isEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    @Test
    void aRelativePathCountsFromTheSoundsFolder() {
        assertThat(played("playback hello.wav")).containsExactly("play File[path=" + sounds.resolve("hello.wav") + ", start=0]");
        assertThat(played("playback hello")).containsExactly("play File[path=" + sounds.resolve("hello.wav") + ", start=0]");
        assertThat(played("playback hello.wav@@4800")).containsExactly("play File[path=" + sounds.resolve("hello.wav") + ", start=4800]");
        assertThat(played("set sound_prefix=ivr", "playback menu.wav"))
                .containsExactly("play File[path=" + sounds.resolve("ivr/48000/menu.wav") + ", start=0]");
    }

    @Test
    void theFolderOfTheBestRateIsTaken() {
        assertThat(played("playback ivr/menu.wav")).containsExactly("play File[path=" + sounds.resolve("ivr/48000/menu.wav") + ", start=0]");
    }

    @Test
    void theConfigurationMayPlayAnyFile() {
        assertThat(played("playback " + home.resolve("secret.wav"))).hasSize(1);
        assertThat(played("playback ../secret.wav")).hasSize(1);
    }

    @Test
    void listsAndLoops() {
        String hello = "File[path=" + sounds.resolve("hello.wav") + ", start=0]";

        assertThat(played("playback file_string://hello.wav!silence_stream://500!hello.wav"))
                .containsExactly("play Sequence[parts=[" + hello + ", Silence[millis=500], " + hello + "], loops=1]");
        assertThat(played("playback {loops=3}hello.wav")).containsExactly("play Sequence[parts=[" + hello + "], loops=3]");
        assertThat(played("loop_playback +2 hello.wav")).containsExactly("play Sequence[parts=[" + hello + "], loops=2]");
        assertThat(played("playback {loops=2}tone_stream://%(100,0,440)")).containsExactly("play Tone[script=%(100,0,440);loops=2]");
        assertThat(played("set playback_delimiter=!", "set playback_sleep_val=100", "playback hello.wav!hello.wav"))
                .containsExactly("play Sequence[parts=[" + hello + ", Silence[millis=100], " + hello + "], loops=1]");
        assertThat(played("playback file_string://hello.wav!nowhere.wav!local_stream://moh"))
                .containsExactly("play Sequence[parts=[" + hello + "], loops=1]");
    }

    @Test
    void aStationIsItsFolderAndTheBuiltInMusicWhereThereIsNone() {
        String stations = "<directory name='moh/8000' path='music/8000'/><directory name='moh/48000' path='music/48000'>"
                + "<param name='shuffle' value='true'/><param name='rate' value='48000'/><param name='volume' value='2'/></directory>";
        pbx.folders(sounds, recordings, stations);

        assertThat(played(stations, "playback local_stream://moh"))
                .containsExactly("play Station[name=moh/48000, folder=" + sounds.resolve("music/48000") + ", shuffle=true, chimes=Chimes[files=[], everySeconds=1, maxSeconds=0]]");
        assertThat(played(stations, "playback local_stream://other")).containsExactly("play Music[]");
        assertThat(pbx.problems).extracting(Object::toString).anyMatch(problem -> problem.contains("volume of a local stream is not supported"))
                .anyMatch(problem -> problem.contains("there is no folder"));
        assertThat(played("<directory name='default' path='.'/>", "playback local_stream://other")).first().asString().startsWith("play Station[name=default");
    }

    @Test
    void aStationHasChimes() {
        String stations = "<directory name='moh' path='.'><param name='chime-list' value='hello.wav, nowhere.wav, tone_stream://x'/>"
                + "<param name='chime-freq' value='60'/><param name='chime-max' value='soon'/></directory>";
        pbx.folders(sounds, recordings, stations);

        assertThat(played(stations, "playback local_stream://moh")).first().asString().endsWith("chimes=Chimes[files=["
                + sounds.resolve("hello.wav") + ", " + sounds.resolve("nowhere.wav") + "], everySeconds=60, maxSeconds=0]]");
        assertThat(pbx.problems).extracting(Object::toString).anyMatch(problem -> problem.contains("there is no file " + sounds.resolve("nowhere.wav")))
                .anyMatch(problem -> problem.contains("a chime is a file, not tone_stream://x"))
                .anyMatch(problem -> problem.contains("chime-max is a number of seconds from 0 on, not 'soon'"));
    }

    @Test
    void aCallerDoesNotLeaveTheFolders() throws IOException {
        Files.createSymbolicLink(sounds.resolve("out.wav"), home.resolve("secret.wav"));
        Files.createSymbolicLink(sounds.resolve("up"), home);

        assertThat(dialled("hello", "playback ${destination_number}")).hasSize(1);
        assertThat(dialled("ivr/../hello.wav", "playback ${destination_number}")).hasSize(1);
        assertThat(dialled("mine", "playback " + recordings + "/${destination_number}.wav")).hasSize(1);
        for (String number : List.of("../secret.wav", "../secret", home + "/secret.wav", "out.wav", "out", "up/secret.wav", "ivr/../../secret",
                "hel\0lo.wav", "file_string://hello.wav!hello.wav", "hello.wav!../secret.wav", "{loops=-1}hello.wav", "/etc/passwd", "..", "", "say:hello")) {
            assertThat(dialled(number, "playback ${destination_number}")).as(number).isEmpty();
        }
        assertThat(dialled("x", "playback ../secret.wav")).hasSize(1);
    }

    @Test
    void theDialplanLearnsWhatBecameOfIt() {
        TestClient missing = call("playback nowhere.wav", "set heard=${current_application_response}", "playback hello.wav",
                "set next=${current_application_response}", ANSWER, HANGUP);
        pbx.advance(1_500);
        pbx.media.of(id()).playbackEnds();
        pbx.time.settle();

        assertThat(missing.variables).containsEntry("heard", "FILE NOT FOUND").containsEntry("next", "FILE PLAYED")
                .containsEntry("playback_ms", "1500").containsEntry("playback_seconds", "1").containsEntry("playback_samples", "72000");
        assertThat(missing.heard).last().isEqualTo("1500 bye USER_BUSY");

        TestClient broken = call("playback hello.wav", "set heard=${current_application_response}", ANSWER, HANGUP);
        pbx.media.of(id()).playbackBreaks();
        pbx.time.settle();

        assertThat(broken.variables).containsEntry("heard", "PLAYBACK ERROR");
        assertThat(broken.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void digitsAndTheTimeOutEndAPlayback() {
        TestClient caller = call("set playback_terminators=#5", "playback hello.wav", "set used=${playback_terminator_used}",
                "set playback_timeout_sec=2", "playback hello.wav", "set then=${playback_terminator_used}x", ANSWER, HANGUP);
        caller.channel.dtmf("1", 0);
        caller.channel.dtmf("5", 0);
        pbx.time.settle();
        pbx.advance(2_000);

        assertThat(caller.variables).containsEntry("used", "5").containsEntry("then", "x").containsEntry("playback_ms", "2000");
        assertThat(caller.heard).last().isEqualTo("2000 bye USER_BUSY");
    }

    @Test
    void aBrokenEndlessSoundDoesNotKeepTheCall() {
        TestClient caller = call("endless_playback hello.wav", HANGUP);
        pbx.media.of(id()).playbackBreaks();
        pbx.time.settle();

        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void recordsUntilADigitAndTellsHowMuch() {
        TestClient caller = call("record in/box/1.wav", ANSWER, HANGUP);
        assertThat(pbx.media.of(id()).log).last().isEqualTo("record Recording[path=" + recordings.resolve("in/box/1.wav")
                + ", followLinks=true, rateHz=0, silence=Silence[level=0, millis=3000, initialMillis=3000], maxMillis=0, minMillis=0" + PLAIN);
        assertThat(recordings.resolve("in/box")).isDirectory();

        caller.channel.dtmf("7", 0);
        pbx.time.settle();

        assertThat(caller.variables).containsEntry("record_ms", "1000").containsEntry("record_seconds", "1").containsEntry("record_samples", "48000")
                .containsEntry("silence_hits_exhausted", "false").containsEntry("playback_terminator_used", "7");
        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void recordsUntilItsLimitOrSilence() {
        TestClient limited = call("record a 5", HANGUP);
        pbx.advance(6_000);
        assertThat(limited.heard).last().isEqualTo("5000 bye USER_BUSY");

        TestClient silent = call("set record_sample_rate=8000", "record a.wav 60 200 4", ANSWER, HANGUP);
        assertThat(pbx.media.of(id()).log).last().asString().contains("rateHz=8000, silence=Silence[level=200, millis=4000, initialMillis=4000]");
        pbx.media.of(id()).recordingEnds(How.SILENCE, 9_000);
        pbx.time.settle();
        assertThat(silent.variables).containsEntry("silence_hits_exhausted", "true").containsEntry("record_seconds", "9");
        assertThat(silent.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void aFullDiskEndsTheRecordingButNotTheCall() {
        TestClient caller = call("record a.wav", HANGUP);
        pbx.media.of(id()).recordingEnds(How.FAILED, 4_000);
        pbx.time.settle();

        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void aRecordingThatCannotBeginHangsUp() {
        TestClient caller = call("record a.wav", HANGUP);
        pbx.media.of(id()).recordingEnds(How.FAILED, 0);
        pbx.time.settle();
        assertThat(caller.heard).last().asString().endsWith("bye DESTINATION_OUT_OF_ORDER");

        assertThat(call("record a.txt", HANGUP).heard).last().asString().endsWith("bye DESTINATION_OUT_OF_ORDER");
        assertThat(call("record", HANGUP).heard).last().asString().endsWith("bye DESTINATION_OUT_OF_ORDER");
    }

    @Test
    void aCallerRecordsOnlyInTheRecordingsFolder() throws IOException {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.createSymbolicLink(recordings.resolve("up"), outside);
        for (String number : List.of("../outside/a", home + "/outside/a", "up/a", "up/new/a", "../new/a", "a/../../outside/a", "..", "x.conf", "../sounds/hello")) {
            dialled(number, "record ${destination_number}");
        }
        assertThat(pbx.media.byChannel.values()).allSatisfy(media -> assertThat(media.log).noneMatch(line -> line.startsWith("record")));
        assertThat(outside).isEmptyDirectory();
        assertThat(home.resolve("new")).doesNotExist();

        assertThat(dialled("box/1001", "record ${destination_number}.wav 1")).containsExactly("record Recording[path="
                + recordings.resolve("box/1001.wav") + ", followLinks=false, rateHz=0, silence=Silence[level=0, millis=3000, initialMillis=3000], maxMillis=0, minMillis=0" + PLAIN);
    }

    @Test
    void theRecordingsFolderIsMadeWhenItIsNeeded() {
        recordings = home.resolve("not/yet");

        assertThat(dialled("1001", "record ${destination_number}.wav 1")).hasSize(1);
        assertThat(dialled("../1001", "record ${destination_number}.wav 1")).isEmpty();
        assertThat(recordings).isEmptyDirectory();
    }

    @Test
    void aSessionIsRecordedBesideWhateverHappens() {
        TestClient caller = call("set RECORD_STEREO=true", "record_session both/${uuid}.wav +60", "answer", "echo");
        String recording = "Recording[path=" + recordings.resolve("both/" + id() + ".wav")
                + ", followLinks=false, rateHz=0, silence=Silence[level=0, millis=0, initialMillis=0], maxMillis=60000, minMillis=3000" + PLAIN;

        assertThat(caller.heard).containsExactly("0 answer sdp");
        assertThat(pbx.media.of(id()).log).containsExactly("apply OPUS", "record session 1 OWN_LEFT " + recording, "route Echo");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aRecordingHasTheTagsOfItsVariables() {
        String[] tags = {"set RECORD_TITLE=Talk of ${caller_id_number}", "set RECORD_ARTIST=a", "set RECORD_COPYRIGHT=b", "set RECORD_SOFTWARE=c",
            "set RECORD_COMMENT=d", "set RECORD_DATE=2026-11-26", "set RECORD_APPEND=true"};
        List<String> actions = new ArrayList<>(List.of(tags));
        actions.addAll(List.of("record_session a", HANGUP));
        call(actions.toArray(String[]::new));

        assertThat(pbx.media.of(id()).log).anyMatch(line -> line.endsWith(
                "tags=Tags[title=Talk of 1000, artist=a, copyright=b, software=c, comment=d, date=2026-11-26], append=true]"));
    }

    @Test
    void theSidesOfASessionCanBeChosen() {
        assertThat(recorded("set nothing=x", "record_session a")).containsExactly("MIXED");
        assertThat(recorded("set RECORD_READ_ONLY=true", "record_session a")).containsExactly("OWN");
        assertThat(recorded("set RECORD_WRITE_ONLY=true", "record_session a")).containsExactly("OTHER");
        assertThat(recorded("multiset RECORD_STEREO=true RECORD_STEREO_SWAP=true", "record_session a")).containsExactly("OWN_RIGHT");
    }

    @Test
    void aSessionIsRecordedOnceUntilItIsStopped() {
        TestClient caller = call("record_session a", "record_session a.wav", "record_session b", "stop_record_session a", "record_session a",
                "stop_record_session nowhere", "set RECORD_TOGGLE_ON_REPEAT=true", "record_session a", "stop_record_session all", HANGUP);

        assertThat(pbx.media.of(id()).log.stream().filter(line -> line.contains("record")).map(line -> line.replaceAll(" MIXED.*", "")))
                .containsExactly("record session 1", "record session 2", "stop recording 1", "record session 3", "stop recording 3", "stop recording 2");
        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void aSessionsRecordingIsPausedAndMaskedByItsPath() {
        call("record_session a.ogg", "record_session_pause a.ogg", "record_session_resume a.ogg", "record_session_mask a.ogg",
                "record_session_unmask a.ogg", "record_session_mask other", HANGUP);

        assertThat(pbx.media.of(id()).log.stream().filter(line -> line.startsWith("recording")))
                .containsExactly("recording 1 PAUSED", "recording 1 RUNS", "recording 1 MASKED", "recording 1 RUNS");
    }

    @Test
    void aSessionsRecordingThatCameToItsEndCanBeginAgain() {
        TestClient caller = call("record_session a +1", "answer", "sleep 1000", "record_session a", "echo");
        pbx.media.of(id()).listener.onRecordingEnded(1, new RecordingEnd(How.STOPPED, 1_000, 48_000));
        pbx.advance(1_000);

        assertThat(pbx.media.of(id()).log.stream().filter(line -> line.contains("record")).map(line -> line.replaceAll(" MIXED.*", "")))
                .containsExactly("record session 1", "stop recording 1", "record session 2");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aSessionThatCannotBeRecordedGoesOnUnlessItMustNot() {
        assertThat(call("record_session a.txt", HANGUP).heard).last().asString().endsWith("bye USER_BUSY");
        assertThat(call("set RECORD_HANGUP_ON_ERROR=true", "record_session a.txt", HANGUP).heard).last().asString().endsWith("bye DESTINATION_OUT_OF_ORDER");
    }

    private List<String> recorded(String... actions) {
        call(actions[0], actions[1], HANGUP);
        return pbx.media.of(id()).log.stream().filter(line -> line.startsWith("record")).map(line -> line.split(" ")[3]).toList();
    }

    private String id() {
        return "call-" + calls;
    }

    private TestClient call(String... actions) {
        return dial("1", "", actions);
    }

    private TestClient dial(String number, String stations, String... actions) {
        calls++;
        pbx.actions(actions).folders(sounds, recordings, stations);
        return pbx.call(id(), number);
    }

    /// What a call is played, which then hangs up.
    private List<String> played(String... actions) {
        boolean configured = actions[0].startsWith("<");
        return routes("1", configured ? actions[0] : "", configured ? java.util.Arrays.copyOfRange(actions, 1, actions.length) : actions);
    }

    private List<String> dialled(String number, String action) {
        return routes(number, "", action);
    }

    private List<String> routes(String number, String stations, String... actions) {
        TestClient caller = dial(number, stations, actions);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        return pbx.media.byChannel.containsKey(id())
                ? pbx.media.of(id()).log.stream().filter(line -> line.startsWith("play") || line.startsWith("record")).toList()
                : List.of();
    }
}
