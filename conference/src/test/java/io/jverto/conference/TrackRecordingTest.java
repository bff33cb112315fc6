package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file for each member (issue: mixed or one track for each).
class TrackRecordingTest {
    @TempDir
    Path folder;

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final TestChannel cy = new TestChannel("Cy");

    @Test
    void eachMemberHasAFileThatTellsWhereItBegins() {
        RoomSetup setup = setup();
        setup.join(ada.wants("3000"));
        Membership two = setup.join(bob.wants("3000"));
        assertThat(setup.api("3000 record talk.wav tracks")).isEqualTo("+OK Record file talk.wav\n");
        assertThat(files(setup)).containsExactly("talk-1-0.wav", "talk-2-0.wav");
        assertThat(setup.mixer().recordings).extracting(heard -> heard.how.only().orElseThrow())
                .containsExactly(new ChannelId("call-Ada"), new ChannelId("call-Bob"));

        setup.time.advance(Duration.ofSeconds(5));
        setup.join(cy.wants("3000"));
        two.leave();
        setup.time.settle();

        assertThat(files(setup)).containsExactly("talk-1-0.wav", "talk-3-5000.wav");
        assertThat(setup.api("3000 chkrecord")).contains("talk-1-0.wav").contains("talk-3-5000.wav").doesNotContain("talk-2");
        assertThat(setup.api("3000 norecord talk.wav")).endsWith("+OK Stopped recording 2 file(s)\n");
        assertThat(files(setup)).isEmpty();
        setup.join(new TestChannel("Di").wants("3000"));
        assertThat(files(setup)).as("nobody is recorded any more").isEmpty();
    }

    @Test
    void aPauseIsOfAllTracksAndDoesNotCountForWhereTheyBegin() {
        RoomSetup setup = setup();
        setup.join(ada.wants("3000"));
        setup.api("3000 recording start talk.opus tracks");
        setup.time.advance(Duration.ofSeconds(3));
        assertThat(setup.api("3000 pause talk.opus")).startsWith("+OK");
        setup.time.advance(Duration.ofSeconds(10));
        setup.join(bob.wants("3000"));
        assertThat(setup.mixer().recordings).allMatch(heard -> heard.paused);
        assertThat(setup.api("3000 recording resume all")).isEqualTo("+OK Resumed recording 1 file(s)\n");
        setup.time.advance(Duration.ofSeconds(1));
        setup.join(cy.wants("3000"));

        assertThat(setup.mixer().recordings).noneMatch(heard -> heard.paused);
        assertThat(files(setup)).containsExactly("talk-1-0.opus", "talk-2-3000.opus", "talk-3-4000.opus");
    }

    @Test
    void theProfileMayWantTracksAndARoomHasNoMoreThanItsLimit() {
        RoomSetup setup = RoomSetup.with("auto-record-tracks", "true");
        setup.globals.put("recordings_dir", folder.toString());
        setup.watch();
        setup.join(ada.wants("3000"));
        setup.api("3000 record talk.wav tracks");
        for (int i = 0; i < RoomRecordings.MAX_TRACKS + 5; i++) {
            setup.join(new TestChannel("m" + i).wants("3000"));
        }

        assertThat(setup.mixer().recording()).hasSize(RoomRecordings.MAX_TRACKS);
        assertThat(setup.told.stream().filter(event -> event.header("Error").isPresent())).hasSize(6);
        assertThat(setup.api("3000 record talk.wav")).startsWith("-ERR file [talk.wav] is already");
        assertThat(setup.api("3000 record ../talk.wav tracks")).startsWith("-ERR");
    }

    private RoomSetup setup() {
        RoomSetup setup = RoomSetup.with();
        setup.globals.put("recordings_dir", folder.toString());
        return setup;
    }

    private static List<String> files(RoomSetup setup) {
        return setup.mixer().recording().stream().map(heard -> ((Sound.File) heard.sound).path().getFileName().toString()).toList();
    }
}
