package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Recording;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.RoomNotice;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A room that records itself, and what moderators record and play (conference.md section 18; verto-wire.md section 9.7).
class AutoRecordTest {
    private static final Recording RECORDING = new Recording(Path.of("/r/a.wav"), true, 0, Recording.Silence.NEVER);

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @Test
    void theFirstIsToldThePathAndTheRoomBeginsWhenEnoughAreThere() {
        RoomSetup setup = RoomSetup.with("recording-metadata", "The board", "auto-record", "${conference_name}.wav", "min-required-recording-participants", "2");
        assertThat(setup.conferences.door(ada.wants("3000")).recording()).isEqualTo("${conference_name}.wav");
        assertThat(setup.conferences.door(ada.wants("3000", "", TestChannel.with(Map.of("conference_auto_record", "b.wav")))).recording()).isEqualTo("b.wav");

        setup.join(ada.wants("3000", "", records()));
        assertThat(setup.mixer().recording()).isEmpty();
        assertThat(setup.conferences.door(bob.wants("3000")).recording()).as("it is there already").isEmpty();
        setup.join(bob.wants("3000"));

        assertThat(setup.mixer().recording()).hasSize(1);
        assertThat(setup.mixer().tags()).containsExactly(new Recording.Tags("Conference 3000", "The board"));
        assertThat(setup.api("3000 chkrecord")).isEqualTo("+OK Record file /r/a.wav (Auto)\n");
        assertThat(setup.api("3000 list summary")).contains("|recording");
        TestChannel late = new TestChannel("Cy");
        setup.join(late.wants("3000"));
        for (TestChannel channel : new TestChannel[] {ada, bob, late}) {
            assertThat(channel.notices).as("for its call record").containsExactly(new RoomNotice.Knows("conference_recording", "/r/a.wav"));
        }
    }

    @Test
    void whatWasStoppedByHandDoesNotBeginAgainUnlessThatIsWanted() {
        for (String flags : new String[] {"", "restart-auto-record"}) {
            RoomSetup setup = RoomSetup.with("auto-record", "a.wav", "conference-flags", flags);
            Membership one = setup.join(ada.wants("3000", "", records()));
            setup.api("3000 norecord all");
            assertThat(setup.mixer().recording()).isEmpty();

            setup.join(bob.wants("3000"));

            assertThat(setup.mixer().recording()).as(flags).hasSize(flags.isEmpty() ? 0 : 1);
            one.leave();
        }
    }

    private static Arrival records() {
        return new Arrival(true, "", "", "", 0, Map.of(), Map.of(), Optional.of(RECORDING));
    }
}
