package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose pictures go into the recordings of a room (conference.md section 18).
class RoomFilmTest {
    @TempDir Path folder;

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    private RoomSetup setup(String... params) {
        for (TestChannel channel : new TestChannel[] {ada, bob}) {
            channel.media.video = Optional.of(new VideoPlan(
                    new VideoFormat(VideoCodec.VP8, 96), 97, VideoPlan.Feedback.ALL, VideoPlan.Extensions.NONE, "1", 0, 0, true, true));
        }
        RoomSetup setup = RoomSetup.with(params);
        setup.globals.put("recordings_dir", folder.toString());
        return setup;
    }

    private static RecordingMedia.Heard recording(RoomSetup setup, String name) {
        return setup.mixer().recording().stream().filter(one -> ((Sound.File) one.sound).path().endsWith(name)).findFirst().orElseThrow();
    }

    @Test
    void withoutACanvasWhoHasTheFloorIsRecorded() {
        RoomSetup setup = setup();
        setup.join(ada.wants("3000"));
        Membership two = setup.join(bob.wants("3000"));
        setup.api("3000 record a.webm");
        setup.api("3000 record a.wav");

        assertThat(recording(setup, "a.webm").shown).contains(ada.media);
        two.talking(true);
        setup.time.settle();

        assertThat(recording(setup, "a.webm").shown).contains(bob.media);
        assertThat(recording(setup, "a.wav").shown).isEmpty();
        setup.api("3000 vmute all");
        assertThat(recording(setup, "a.webm").shown).as("nobody who is not to be seen").isEmpty();
    }

    @Test
    void theCanvasThatWasWishedForIsRecorded() {
        RoomSetup setup = setup("video-mode", "mux", "video-canvas-count", "2");
        setup.join(ada.wants("3000"));

        assertThat(setup.api("3000 record a.webm")).isEqualTo("+OK Record file a.webm\n");
        assertThat(setup.api("3000 recording start b.webm 2")).isEqualTo("+OK Record file b.webm canvas 2\n");
        assertThat(setup.api("3000 record c.webm 3")).isEqualTo("-ERR there is no canvas 3.\n");

        RecordingStudio studio = setup.media.studios.getLast();
        assertThat(studio.recorded).containsOnlyKeys(recording(setup, "a.webm"), recording(setup, "b.webm"))
                .containsEntry(recording(setup, "a.webm"), 0).containsEntry(recording(setup, "b.webm"), 1);
        assertThat(recording(setup, "a.webm").shown).isEmpty();
    }

    @Test
    void eachMembersTrackHasItsOwnVideo() {
        RoomSetup setup = setup("video-mode", "mux");
        setup.join(ada.wants("3000"));
        setup.api("3000 record a.webm tracks");
        setup.join(bob.wants("3000"));

        assertThat(setup.mixer().recording()).extracting(one -> one.shown.orElseThrow()).containsExactly(ada.media, bob.media);
    }

    @Test
    void aFilmThatPlaysIsSeenBesideTheMembersAndIsGoneAfterwards() throws IOException {
        RoomSetup setup = setup("video-mode", "mux", "video-canvas-size", "1280x720");
        Files.createFile(folder.resolve("a.webm"));
        setup.join(ada.wants("3000"));
        setup.api("3000 play " + folder.resolve("a.webm"));

        RecordingStudio studio = setup.media.studios.getLast();
        RecordingMedia.Heard first = setup.mixer().sounds.getLast();
        assertThat(studio.at(0)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", studio.projected.get(first)));

        setup.api("3000 file_seek 5000");
        RecordingMedia.Heard second = setup.mixer().sounds.getLast();
        assertThat(studio.at(0).get("640,0")).as("from elsewhere it is another one").isEqualTo(studio.projected.get(second)).isNotEqualTo(studio.projected.get(first));

        setup.api("3000 stop all");
        assertThat(studio.at(0)).isEqualTo(Map.of("0,0", "call-Ada"));
    }

    @Test
    void aFilmMayCoverTheCanvas() throws IOException {
        RoomSetup setup = setup("video-mode", "mux", "video-canvas-size", "1280x720");
        Files.createFile(folder.resolve("a.webm"));
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        setup.api("3000 play {full-screen=true}" + folder.resolve("a.webm"));

        RecordingStudio studio = setup.media.studios.getLast();
        assertThat(studio.scenes.get(0).tiles()).hasSize(3);
        assertThat(studio.scenes.get(0).tiles().getLast()).satisfies(tile -> {
            assertThat(tile.width()).isEqualTo(1_280);
            assertThat(tile.height()).isEqualTo(720);
            assertThat(((Scene.Content.Camera) tile.content()).source()).isEqualTo(studio.projected.get(setup.mixer().sounds.getLast()));
        });
    }

    @Test
    void withoutACanvasAFilmIsSeenByAllWhileItPlays() throws IOException {
        RoomSetup setup = setup();
        Files.createFile(folder.resolve("a.mkv"));
        Files.createFile(folder.resolve("a.wav"));
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000", "blind"));
        setup.api("3000 play " + folder.resolve("a.wav"));
        assertThat(ada.media.film).isEmpty();
        setup.api("3000 stop all");
        setup.api("3000 play " + folder.resolve("a.mkv"));

        assertThat(ada.media.film).contains(setup.mixer().sounds.getLast());
        assertThat(bob.media.film).as("who sees nobody").isEmpty();
        setup.api("3000 unvblind 2");
        assertThat(bob.media.film).isPresent();
        TestChannel cy = new TestChannel("Cy");
        cy.media.video = ada.media.video;
        Membership late = setup.join(cy.wants("3000"));
        assertThat(cy.media.film).isEqualTo(ada.media.film);

        late.leave();
        setup.time.settle();
        assertThat(cy.media.film).isEmpty();
        setup.api("3000 file_seek 5000");
        assertThat(ada.media.film).contains(setup.mixer().sounds.getLast());
        setup.api("3000 stop all");
        assertThat(ada.media.film).isEmpty();
        assertThat(bob.media.film).isEmpty();
    }

    @Test
    void withoutACanvasAFilmGoesIntoTheRecordingInsteadOfWhoHasTheFloor() throws IOException {
        RoomSetup setup = setup();
        Files.createFile(folder.resolve("film.webm"));
        setup.join(ada.wants("3000"));
        setup.api("3000 record a.webm");
        setup.api("3000 record b.webm tracks");
        RecordingMedia.Heard all = recording(setup, "a.webm");
        setup.api("3000 play " + folder.resolve("film.webm"));

        assertThat(all.shown).isEmpty();
        assertThat(all.film).contains(setup.mixer().sounds.getLast());
        assertThat(setup.mixer().recording()).filteredOn(one -> one != all).singleElement().satisfies(own -> {
            assertThat(own.shown).as("its own file").contains(ada.media);
            assertThat(own.film).isEmpty();
        });

        setup.api("3000 stop all");
        assertThat(all.film).isEmpty();
        assertThat(all.shown).contains(ada.media);
    }
}
