package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was recorded is listed, and fetched by who may (conference.md section 18, security.md S34).
class RecordingShelfTest {
    @TempDir
    Path folder;

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @Test
    void listsWhatWasRecordedOfARoomAlsoBeforeItsLastEnd() {
        RoomSetup setup = setup();
        Membership one = setup.join(ada.wants("3000"));
        assertThat(setup.api("3000 recording list")).isEqualTo("+OK Nothing was recorded.\n");
        setup.api("3000 record a.wav");
        setup.time.advance(Duration.ofSeconds(1));
        assertThat(setup.api("3000 recording list")).matches(".*/a\\.wav;[0-9]+;\n");
        one.leave();
        setup.time.settle();
        setup.join(bob.wants("3000"));

        assertThat(setup.api("3000 recording list")).matches(".*/a\\.wav;[0-9]+;1000\n");
        assertThat(setup.api("3000 recording link a.wav")).isEqualTo("+OK /recordings/ticket/a.wav\n");
        assertThat(setup.api("3000 recording link " + folder.resolve("a.wav"))).isEqualTo("+OK /recordings/ticket/a.wav\n");
    }

    @Test
    void theEndOfARecordingIsToldBeforeTheEndOfTheRoom() {
        RoomSetup setup = setup();
        Membership one = setup.join(ada.wants("3000"));
        setup.api("3000 record a.wav");
        setup.watch();
        one.leave();

        assertThat(setup.actions()).endsWith("stop-recording", "conference-destroy");
    }

    @Test
    void s34NoLinkLeadsToWhatWasRecordedElsewhere() {
        RoomSetup setup = setup();
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3001"));
        setup.api("3001 record secret.wav");
        setup.api("3001 norecord all");
        for (String path : List.of("secret.wav", folder.resolve("secret.wav").toString(), "../a.wav", "/etc/passwd", "", ".")) {
            assertThat(setup.api("3000 recording link " + path)).as(path).doesNotContain("/recordings/");
        }
        assertThat(setup.api("3001 recording link secret.wav")).isEqualTo("+OK /recordings/ticket/secret.wav\n");
    }

    @Test
    void onlyAModeratorGetsALink() {
        RoomSetup setup = setup();
        TestClient moderator = new TestClient(setup.events, ada.cookie());
        TestClient member = new TestClient(setup.events, bob.cookie());
        setup.join(ada.wants("3000", "moderator"));
        setup.join(bob.wants("3000"));
        setup.api("3000 record a.wav");
        setup.api("3000 norecord all");
        moderator.subscribe("conference-mod.3000@example.org");
        JsonArray link = new JsonArray(List.of(new JsonString("link"), new JsonString("a.wav")));

        member.moderate("3000@example.org", "recording", JsonLiteral.NULL, link);
        setup.time.settle();
        assertThat(member.heard()).anyMatch(event -> event.contains("Permission Denied")).noneMatch(event -> event.contains("/recordings/"));
        moderator.moderate("3000@example.org", "recording", JsonLiteral.NULL, link);
        setup.time.settle();

        assertThat(moderator.heard()).anyMatch(event -> event.contains("/recordings/ticket/a.wav"));
        assertThat(member.heard()).noneMatch(event -> event.contains("/recordings/"));
    }

    @Test
    void theLastFilesOfTheLastRoomsAreKept() {
        RecordingShelf shelf = new RecordingShelf();
        for (int room = 0; room < RecordingShelf.MOST_ROOMS + 10; room++) {
            shelf.add(new RoomKey("r" + room, ""), new RecordingShelf.Kept(Path.of("a"), 0, 0));
        }
        RoomKey last = new RoomKey("r" + (RecordingShelf.MOST_ROOMS + 9), "");
        for (int file = 0; file < RecordingShelf.MOST_FILES + 10; file++) {
            shelf.add(last, new RecordingShelf.Kept(Path.of("f" + file), 0, 0));
        }

        assertThat(shelf.of(new RoomKey("r0", ""))).isEmpty();
        assertThat(shelf.of(last)).hasSize(RecordingShelf.MOST_FILES).first().isEqualTo(new RecordingShelf.Kept(Path.of("f10"), 0, 0));
    }

    private RoomSetup setup() {
        RoomSetup setup = RoomSetup.with("conference-flags", "livearray-sync");
        setup.globals.put("recordings_dir", folder.toString());
        return setup;
    }
}
