package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.MediaService.Playing;
import io.jverto.switchboard.speech.Phrases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a room says, with the prompts that come along (conference.md sections 4.2, 11 and 14).
class RoomSpeechTest {
    private static final Path PROMPTS = Path.of("..", "sounds", "en", "us", "jverto");
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @Test
    void saysWhatThereArePromptsForToAllAndToOne() {
        RoomSetup setup = setup();
        setup.watch();
        setup.join(ada.wants("3000"));
        setup.actions();

        assertThat(setup.api("3000 say number:pronounced:21")).isEqualTo("+OK (say) OK\n");
        assertThat(names(setup.mixer().sounds.getLast())).containsExactly("20", "1");
        assertThat(setup.mixer().sounds.getLast().how).isEqualTo(Playing.TO_ALL);
        assertThat(setup.api("3000 saymember 1 'name_spelled:pronounced:ab c'")).isEqualTo("+OK (saymember) OK\n");
        assertThat(setup.mixer().sounds.getLast().how.only()).contains(new ChannelId("call-Ada"));
        assertThat(setup.told).extracting(event -> event.header("Text").orElse("")).contains("number:pronounced:21");
        assertThat(setup.actions()).containsExactly("speak-text", "speak-text-member");
    }

    @Test
    void otherTextsAreForASynthesizerAndRefusedWithoutOne() {
        RoomSetup setup = setup();
        setup.join(ada.wants("3000"));

        assertThat(setup.api("3000 say good evening")).startsWith("-ERR (say) Error!");
        assertThat(setup.api("3000 say number:pronounced:x")).startsWith("-ERR (say) Error!");
        assertThat(setup.api("3000 saymember 9 hello")).isEqualTo("-ERR Non-Existant ID 9\n");
        assertThat(setup.api("3000 say " + "x".repeat(2_000))).startsWith("-ERR (say) Error!");
        assertThat(setup.api("3000 say ../../../etc/passwd")).startsWith("-ERR (say) Error!");
    }

    @Test
    void aSynthesizerMakesATextWhileTheRoomGoesOn() {
        List<String> asked = new CopyOnWriteArrayList<>();
        AtomicReference<RoomSetup> there = new AtomicReference<>();
        RoomSetup setup = new RoomSetup((text, engine, voice) -> {
            asked.add(text + " " + engine + " " + voice);
            there.get().time.mailbox(1).await(there.get().time.nanoTime() + 2_000_000_000L); // it takes its time
            return text.equals("nonsense") ? Optional.empty() : Optional.of(new Sound.Tone(text));
        }, List.of(), "tts-engine", "espeak", "tts-voice", "amy", "enter-sound", "say:somebody comes");
        there.set(setup);
        setup.join(ada.wants("3000"));
        assertThat(setup.api("3000 say hello there")).isEqualTo("+OK (say) OK\n");
        assertThat(setup.api("3000 count")).as("meanwhile").isEqualTo("1\n");
        assertThat(setup.mixer().sounds).isEmpty();
        setup.time.advance(Duration.ofSeconds(2));
        assertThat(setup.mixer().sounds).extracting(heard -> heard.sound).containsExactly(new Sound.Tone("hello there"));
        setup.mixer().sounds.getFirst().stop();

        Membership two = setup.join(bob.wants("3000"));
        setup.time.advance(Duration.ofSeconds(2));
        assertThat(setup.mixer().sounds.getLast().sound).isEqualTo(new Sound.Tone("somebody comes"));
        setup.api("3000 saymember 2 to nobody");
        two.leave();
        setup.api("3000 say nonsense");
        setup.time.advance(Duration.ofSeconds(4));

        assertThat(setup.mixer().sounds).hasSize(2);
        assertThat(asked).containsExactly("hello there espeak amy", "somebody comes espeak amy", "to nobody espeak amy", "nonsense espeak amy");
    }

    @Test
    void tellsWhoComesInHowManyAreThere() {
        RoomSetup setup = setup("announce-count", "2");
        setup.phrases = membersPhrase();
        setup.join(ada.wants("3000"));
        assertThat(setup.mixer().sounds).isEmpty();
        setup.join(bob.wants("3000"));

        assertThat(names(setup.mixer().sounds.getLast())).containsExactly("2", "conf-members");
        assertThat(setup.mixer().sounds.getLast().how.only()).contains(new ChannelId("call-Bob"));
    }

    @Test
    void whoChangesItsVolumeByKeysHearsTheNewLevel() {
        RoomSetup setup = setup();
        Membership one = setup.join(ada.wants("3000"));
        one.dtmf('3');
        setup.time.settle();
        assertThat(names(setup.mixer().sounds.getLast())).containsExactly("1");
        setup.mixer().sounds.getLast().stop();
        for (char digit : "444".toCharArray()) {
            one.dtmf(digit);
            setup.time.settle();
            setup.mixer().sounds.getLast().stop();
        }
        setup.time.settle();

        assertThat(names(setup.mixer().sounds.getLast())).containsExactly("negative", "3");
    }

    private static RoomSetup setup(String... params) {
        RoomSetup setup = RoomSetup.with(params);
        setup.globals.put("prompts_dir", PROMPTS.toAbsolutePath().normalize().toString());
        return setup;
    }

    private static List<String> names(RecordingMedia.Heard heard) {
        Optional<Sound.Sequence> sequence = heard.sound instanceof Sound.Sequence one ? Optional.of(one) : Optional.empty();
        return sequence.orElseThrow().parts().stream()
                .map(part -> ((Sound.File) part).path().getFileName().toString().replaceFirst("\\..*", "")).toList();
    }

    private static Phrases membersPhrase() {
        ConfigNode say = node("action", Map.of("function", "say", "type", "persons", "method", "pronounced", "data", "$1"));
        ConfigNode play = node("action", Map.of("function", "play-file", "data", "conference/conf-members.wav"));
        ConfigNode input = node("input", Map.of("pattern", "^(\\d+)$"), node("match", Map.of(), say, play));
        ConfigNode macros = node("macros", Map.of(), node("macro", Map.of("name", "room_members"), input));
        ConfigNode language = node("language", Map.of("name", "en"), node("phrases", Map.of(), macros));
        return Phrases.read(node("section", Map.of("name", "languages"), language), _ -> {});
    }

    private static ConfigNode node(String name, Map<String, String> attributes, ConfigNode... children) {
        return new ConfigNode(name, attributes, List.of(children), "", new ConfigNode.Origin("lang.xml", 1));
    }
}
