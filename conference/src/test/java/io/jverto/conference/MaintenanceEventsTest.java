package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events of rooms for who watches the switch (conference.md section 16).
class MaintenanceEventsTest {
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @TempDir Path folder;

    @Test
    void tellsTheLifeOfARoom() {
        RoomSetup setup = RoomSetup.with("kicked-sound", "");
        setup.watch();
        Membership one = setup.join(ada.wants("3000", "moderator"));
        assertThat(setup.actions()).containsExactly("conference-create", "add-member", "floor-change");
        setup.join(bob.wants("3000"));
        one.talking(true);
        setup.time.settle();
        one.talking(false);
        setup.time.settle();
        assertThat(setup.actions()).containsExactly("add-member", "start-talking", "stop-talking");
        setup.api("3000 mute 2");
        setup.api("3000 unmute 2");
        setup.api("3000 deaf 2");
        setup.api("3000 energy 2 100");
        setup.api("3000 volume_in 2 1");
        setup.api("3000 lock");
        assertThat(setup.actions()).containsExactly(
                "mute-member", "unmute-member", "deaf-member", "energy-level-member", "volume-in-member", "lock");
        setup.api("3000 kick 2");
        assertThat(setup.actions()).containsExactly("kick-member", "del-member");
        one.leave();
        assertThat(setup.actions()).containsExactly("del-member", "floor-change", "conference-destroy");
    }

    @Test
    void headersTellTheRoomTheMemberAndItsChannel() {
        RoomSetup setup = RoomSetup.with();
        setup.watch();
        setup.join(ada.wants("3000", "moderator", new Arrival(true, "", "", "", 0, Map.of("confvar_topic", "budget"),
                Map.of("Unique-ID", "call-Ada"), Optional.empty())));

        CoreEvent added = setup.told.stream().filter(data -> data.header("Action").orElse("").equals("add-member")).findFirst().orElseThrow();
        assertThat(added.subclass()).isEqualTo("conference::maintenance");
        assertThat(added.header("Conference-Name")).contains("3000");
        assertThat(added.header("Conference-Domain")).contains("example.org");
        assertThat(added.header("Conference-Size")).contains("1");
        assertThat(added.header("Conference-Profile-Name")).contains("default");
        assertThat(added.header("topic")).contains("budget");
        assertThat(added.header("Unique-ID")).contains("call-Ada");
        assertThat(added.header("Member-ID")).contains("1");
        assertThat(added.header("Member-Type")).contains("moderator");
        assertThat(added.header("Speak")).contains("true");
        assertThat(added.header("variable_confvar_topic")).as("only with verbose-events").isEmpty();
    }

    @Test
    void leavesOutWhatIsSuppressedAndTellsVariablesWhereWanted() {
        RoomSetup setup = RoomSetup.with("suppress-events", "start-talking, mute-member,add-member,record", "verbose-events", "true");
        setup.globals.put("recordings_dir", folder.toString());
        setup.watch();
        Membership one = setup.join(ada.wants("3000", "", TestChannel.with(Map.of("team", "red"))));
        assertThat(setup.told.getLast().header("Action")).isNotEqualTo("start-talking");
        assertThat(setup.told.stream().filter(data -> data.header("variable_team").isPresent())).isNotEmpty();
        setup.actions();

        one.talking(true);
        setup.time.settle();
        setup.api("3000 unmute 1");
        setup.api("3000 vmute 1");
        setup.api("3000 unvmute 1");
        setup.api("3000 record a.wav");
        setup.api("3000 unlock");

        assertThat(setup.actions()).containsExactly("unlock");
    }

    @Test
    void tellsRecordingsSoundsAndHeartbeats() {
        RoomSetup setup = RoomSetup.with("heartbeat-period-sec", "20");
        setup.globals.put("recordings_dir", folder.toString());
        setup.join(ada.wants("3000"));
        setup.watch();

        setup.api("3000 record a.wav");
        setup.api("3000 pause a.wav");
        setup.api("3000 norecord all");
        assertThat(setup.told.getLast().header("Milliseconds-Elapsed")).contains("1000");
        assertThat(setup.actions()).containsExactly("start-recording", "pause-recording", "stop-recording");
        setup.api("3000 play tone_stream://%(1,0,1)");
        setup.api("3000 play tone_stream://%(1,0,1) 1");
        setup.mixer().sounds.forEach(RecordingMedia.Heard::stop);
        assertThat(setup.actions()).containsExactly("play-file", "play-file-member", "play-file-done", "play-file-member-done");
        setup.time.advance(Duration.ofSeconds(41));
        assertThat(setup.actions()).containsExactly("conference-heartbeat", "conference-heartbeat");
    }

    @Test
    void aMutedMemberThatTalksIsToldOnceEachTime() {
        RoomSetup setup = RoomSetup.with("mute-detect-sound", "tone_stream://%(1,0,3)");
        setup.watch();
        Membership one = setup.join(ada.wants("3000", "mute|mute-detect"));
        setup.actions();

        one.talking(true);
        setup.time.settle();
        one.talking(true);
        setup.time.settle();

        assertThat(setup.actions()).containsExactly("mute-detect");
        assertThat(setup.mixer().sounding()).hasSize(1);
    }
}
