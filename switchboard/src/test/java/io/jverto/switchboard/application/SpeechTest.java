package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `say`, `phrase` and what they are in a list of sounds: which files.
class SpeechTest {
    private static final String PHRASES = """
            <language name="en" say-module="en" sound-prefix="voice">
              <phrases><macros>
                <macro name="box" pause="50">
                  <input pattern="^([0-9]+):(.*)$" break_on_match="true">
                    <match>
                      <action function="play-file" data="you-have.wav"/>
                      <action function="say" type="items" method="pronounced" data="$1"/>
                      <action function="play-file" data="$2.wav"/>
                    </match>
                  </input>
                  <input pattern="^empty$">
                    <match><action function="play-file" data="nothing.wav"/></match>
                    <nomatch><action function="say" type="name_spelled" method="pronounced" data="${caller_id_number}"/></nomatch>
                  </input>
                </macro>
                <macro name="stops"><input pattern=".*"><match>
                  <action function="sleep" data="300"/>
                  <action function="execute" data="set(heard=${destination_number})"/>
                  <action function="execute" data="phrase(stops)"/>
                  <action function="play-file" data="nothing.wav"/>
                  <action function="break"/>
                  <action function="play-file" data="you-have.wav"/>
                </match></input></macro>
              </macros></phrases>
            </language>""";

    @TempDir Path home;

    private final TestSwitch pbx = new TestSwitch();
    private int calls;
    private TestClient caller;

    @BeforeEach
    void sounds() throws IOException {
        for (String name : List.of("sounds/digits/1.wav", "sounds/voice/you-have.wav", "prompts/digits/1.opus", "prompts/digits/2.opus", "prompts/digits/hundred.opus",
                "prompts/ascii/97.opus", "prompts/nothing.opus", "prompts/new.opus", "prompts/digits/0.opus", "secret.wav")) {
            Files.createDirectories(home.resolve(name).getParent());
            Files.writeString(home.resolve(name), name);
        }
    }

    @Test
    void ourPromptsStandInForWhatTheSoundsFolderHasNot() {
        assertThat(played("say en number pronounced 102")).containsExactly("sounds/digits/1.wav prompts/digits/hundred.opus prompts/digits/2.opus");
        assertThat(played("playback digits/2.wav")).containsExactly("prompts/digits/2.opus");
        assertThat(played("playback digits/2")).containsExactly("prompts/digits/2.opus");
        assertThat(played("playback digits/3.wav")).isEmpty();
    }

    @Test
    void anotherVoiceByItsFullPathIsOurs() {
        String callie = home.resolve("sounds/en/us/callie").toString();

        assertThat(played("playback " + callie + "/digits/2.wav")).containsExactly("prompts/digits/2.opus");
        assertThat(played("set sound_prefix=" + callie, "playback digits/2.wav")).containsExactly("prompts/digits/2.opus");
        assertThat(dialled("../../../../secret", "playback " + callie + "/${destination_number}")).isEmpty();
    }

    @Test
    void sayTellsHowItWent() {
        played("say en number pronounced 1", "answer");
        assertThat(caller.variables).containsEntry("current_application_response", "FILE PLAYED");
        for (String wrong : List.of("en number pronounced twelve", "de number pronounced 1", "en weight pronounced 1", "en number sung 1", "en", "")) {
            assertThat(played("say " + wrong, "answer")).as(wrong).isEmpty();
            assertThat(caller.variables).as(wrong).containsEntry("current_application_response", "FILE NOT FOUND");
        }
    }

    @Test
    void aGenderChangesNothingInEnglish() {
        assertThat(played("say en number pronounced feminine 2")).containsExactly("prompts/digits/2.opus");
        assertThat(played("say en:us number pronounced 2")).containsExactly("prompts/digits/2.opus");
    }

    @Test
    void aListMaySay() {
        assertThat(played("playback say:number:pronounced:1")).containsExactly("sounds/digits/1.wav");
        assertThat(played("playback say:en:name_spelled:pronounced:a")).containsExactly("prompts/ascii/97.opus");
        assertThat(played("playback file_string://say:number:pronounced:100!new.wav"))
                .containsExactly("sounds/digits/1.wav prompts/digits/hundred.opus prompts/new.opus");
        assertThat(played("playback say:hello")).isEmpty();
    }

    @Test
    void aPhraseIsChosenByItsData() {
        assertThat(played("phrase box,2:new")).containsExactly("sounds/voice/you-have.wav Silence 50 prompts/digits/2.opus Silence 50 prompts/new.opus");
        assertThat(played("playback phrase:box:2:new")).containsExactly("sounds/voice/you-have.wav Silence 50 prompts/digits/2.opus Silence 50 prompts/new.opus");
        assertThat(played("phrase box,empty")).containsExactly("prompts/nothing.opus");
        assertThat(played("phrase box,else"))
                .containsExactly("sounds/digits/1.wav prompts/digits/0.opus prompts/digits/0.opus prompts/digits/0.opus");
    }

    @Test
    void anUnknownPhraseIsNotFound() {
        assertThat(played("phrase nobody,1", "answer")).isEmpty();
        assertThat(caller.variables).containsEntry("current_application_response", "FILE NOT FOUND");
        assertThat(played("playback phrase:nobody")).isEmpty();
    }

    @Test
    void aPhraseMayExecuteButNotItself() {
        assertThat(played("phrase stops", "answer")).containsExactly("Silence 300", "prompts/nothing.opus");
        assertThat(caller.variables).containsEntry("heard", "1");
    }

    @Test
    void s34ACallerChoosesNoFileByAPhrase() {
        assertThat(dialled("1:../../secret", "phrase box,${destination_number}")).containsExactly("sounds/voice/you-have.wav Silence 50 sounds/digits/1.wav Silence 50");
        assertThat(dialled("phrase:box:1:new", "playback ${destination_number}")).isEmpty();
        assertThat(dialled("2 x", "say en number pronounced ${destination_number}")).isEmpty();
    }

    @Test
    void whatIsWrongWithPhrasesIsSaidWithItsLine() {
        pbx.phrases("""
                <language name="en"><macros>
                  <macro name="a"><input pattern="["/></macro>
                  <macro name="b"><input pattern="x"><match>
                    <action function="speak-text" data="hello"/>
                    <action function="say" data="1" type="weight" method="pronounced"/>
                    <action function="execute"/>
                    <action function="sleep" data="long"/>
                  </match></input></macro>
                  <macro/>
                  <macro name="b"><other/></macro>
                </macros></language><tongue/>""");

        assertThat(pbx.problems.stream().map(Object::toString)).satisfiesExactly(
                problem -> assertThat(problem).startsWith("test.xml:2: error").contains("regular expression"),
                problem -> assertThat(problem).startsWith("test.xml:2: warning").contains("says nothing"),
                problem -> assertThat(problem).startsWith("test.xml:4: unsupported").contains("speak-text"),
                problem -> assertThat(problem).startsWith("test.xml:5: error").contains("type"),
                problem -> assertThat(problem).startsWith("test.xml:6: error").contains("application"),
                problem -> assertThat(problem).startsWith("test.xml:7: error").contains("milliseconds"),
                problem -> assertThat(problem).startsWith("test.xml:9: error").contains("name"),
                problem -> assertThat(problem).startsWith("test.xml:10: warning").contains("<other>"),
                problem -> assertThat(problem).startsWith("test.xml:10: warning").contains("says nothing"),
                problem -> assertThat(problem).startsWith("test.xml:10: warning").contains("twice"),
                problem -> assertThat(problem).startsWith("test.xml:11: warning").contains("tongue"));
    }

    @Test
    void theSlotOfAParkedCallIsSaidUnlessThatIsNotWanted() {
        assertThat(played("valet_park lot 1002")).startsWith("sounds/digits/1.wav prompts/digits/0.opus prompts/digits/0.opus prompts/digits/2.opus").hasSize(2);
        assertThat(played("set valet_announce_slot=false", "valet_park lot 1001")).hasSize(1);
        assertThat(played("valet_park lot desk")).as("a name").hasSize(1);
    }

    private List<String> played(String... actions) {
        return dialled("1", actions);
    }

    /// What is played, one line for each sound, as paths below the home folder.
    private List<String> dialled(String number, String... actions) {
        String id = "call-" + ++calls;
        pbx.actions(actions).folders(home.resolve("sounds"), home.resolve("recordings"), "").prompts(home.resolve("prompts")).phrases(PHRASES);
        caller = pbx.call(id, number);
        for (int i = 0; i < 3; i++) {
            if (pbx.media.byChannel.containsKey(id)) {
                pbx.media.of(id).playbackEnds();
                pbx.time.settle();
            }
        }
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        return pbx.media.byChannel.containsKey(id)
                ? pbx.media.of(id).log.stream().filter(line -> line.startsWith("play")).map(this::names).toList()
                : List.of();
    }

    private String names(String line) {
        Pattern parts = Pattern.compile("path=" + home + "/([^,]+),|(Silence)\\[millis=(\\d+)");
        return parts.matcher(line).results()
                .map(part -> part.group(1) == null ? part.group(2) + " " + part.group(3) : part.group(1))
                .collect(Collectors.joining(" "));
    }
}
