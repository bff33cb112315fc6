package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.RoomNotice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When a room ends, and what is heard before a moderator comes (conference.md sections 5 and 20).
class RoomLifeTest {
    private static final RoomNotice OVER = new RoomNotice.Out("", true, true);

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final TestChannel cy = new TestChannel("Cy");

    @Test
    void endsWhenAMemberWithEndconfLeaves() {
        RoomSetup setup = RoomSetup.with();
        Membership leader = setup.join(ada.wants("3000", "endconf"));
        setup.join(bob.wants("3000"));

        leader.leave();
        setup.time.settle();

        assertThat(bob.notices).containsExactly(OVER);
        assertThat(setup.media.openMixers()).isEmpty();
    }

    @Test
    void endsAfterTheGraceTimeWhenTheLastMandatoryMemberHasLeft() {
        RoomSetup setup = RoomSetup.with("endconf-grace-time", "30");
        Membership one = setup.join(ada.wants("3000", "mandatory_member_endconf"));
        Membership two = setup.join(bob.wants("3000", "mandatory_member_endconf"));
        setup.join(cy.wants("3000"));

        one.leave();
        setup.time.advance(Duration.ofSeconds(60));
        assertThat(cy.notices).isEmpty();
        two.leave();
        setup.time.advance(Duration.ofSeconds(29));
        assertThat(cy.notices).isEmpty();
        setup.time.advance(Duration.ofSeconds(2));

        assertThat(cy.notices).containsExactly(OVER);
    }

    @Test
    void aMandatoryMemberWhoComesBackInTimeKeepsTheRoom() {
        RoomSetup setup = RoomSetup.with("endconf-grace-time", "30");
        Membership one = setup.join(ada.wants("3000", "mandatory_member_endconf"));
        setup.join(cy.wants("3000"));
        one.leave();
        setup.time.advance(Duration.ofSeconds(20));

        setup.join(bob.wants("3000", "mandatory_member_endconf"));
        setup.time.advance(Duration.ofSeconds(60));

        assertThat(cy.notices).isEmpty();
    }

    @Test
    void anOperatorLetsAMemberOutOfARoomThatIsBreakableAlone() {
        for (String flags : new String[] {"livearray-sync", "livearray-sync|breakable"}) {
            RoomSetup setup = RoomSetup.with("conference-flags", flags);
            TestChannel channel = new TestChannel("Ada");
            Membership one = setup.join(channel.wants("3000"));
            setup.join(new TestChannel("Bob").wants("3000"));

            one.breakOff();
            setup.time.settle();

            boolean breakable = flags.contains("breakable");
            assertThat(channel.notices).as(flags).isEqualTo(breakable ? List.of(new RoomNotice.Out("", true, false)) : List.of());
            assertThat(setup.api("3000 count")).as(flags).isEqualTo(breakable ? "1\n" : "2\n");
        }
    }

    @Test
    void endsWhenFewerThanTwoAreLeftWhereThatIsWanted() {
        RoomSetup setup = RoomSetup.with();
        setup.join(ada.wants("3000", "mintwo"));
        setup.time.settle();
        assertThat(ada.notices).as("one may wait for the second").isEmpty();
        Membership second = setup.join(bob.wants("3000"));

        second.leave();
        setup.time.settle();

        assertThat(ada.notices).containsExactly(OVER);
    }

    @Test
    void endsWhenNobodyTalksForTooLong() {
        RoomSetup setup = RoomSetup.with("terminate-on-silence", "60");
        Membership one = setup.join(ada.wants("3000"));
        setup.time.advance(Duration.ofMinutes(10));
        setup.join(bob.wants("3000"));
        one.talking(true);
        setup.time.advance(Duration.ofMinutes(10));
        assertThat(bob.notices).isEmpty();

        one.talking(false);
        setup.time.advance(Duration.ofSeconds(59));
        assertThat(bob.notices).isEmpty();
        setup.time.advance(Duration.ofSeconds(2));

        assertThat(bob.notices).containsExactly(OVER);
    }

    @Test
    void nobodyIsHeardAndMusicPlaysUntilAModeratorComes() {
        RoomSetup setup = RoomSetup.with("conference-flags", "wait-mod", "moh-sound", "tone_stream://%(100,0,440)");
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        assertThat(((AudioRoute.Mix) ada.media.route()).muted()).isTrue();
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(100,0,440);loops=-1"));
        assertThat(setup.api("3000 get wait_mod")).isEqualTo("true");
        assertThat(setup.api("3000 list")).as("that they wait is no mute of theirs").contains("hear|speak");

        Membership moderator = setup.join(cy.wants("3000", "moderator"));

        assertThat(((AudioRoute.Mix) ada.media.route()).muted()).isFalse();
        assertThat(setup.mixer().sounding()).isEmpty();
        moderator.leave();
        setup.time.settle();
        assertThat(((AudioRoute.Mix) ada.media.route()).muted()).as("once is enough").isFalse();
    }

    @Test
    void musicPlaysToWhoIsAloneAndNotWhereSomebodyDoesNotWantIt() {
        RoomSetup setup = RoomSetup.with("moh-sound", "tone_stream://%(100,0,440)");
        setup.join(ada.wants("3000"));
        assertThat(setup.mixer().sounding()).hasSize(1);
        Membership second = setup.join(bob.wants("3000"));
        assertThat(setup.mixer().sounding()).isEmpty();
        second.leave();
        setup.time.settle();
        assertThat(setup.mixer().sounding()).hasSize(1);
        assertThat(setup.api("3000 moh off")).isEqualTo("+OK moh\n");
        assertThat(setup.mixer().sounding()).isEmpty();
        setup.api("3000 moh on");
        assertThat(setup.mixer().sounding()).hasSize(1);

        setup.join(bob.wants("3001", "nomoh"));
        assertThat(setup.mixer().sounding()).isEmpty();
    }

    @Test
    void soundsTellWhoComesAndGoesAndWhoIsAlone() {
        RoomSetup setup = RoomSetup.with("enter-sound", "tone_stream://%(1,0,1)", "exit-sound", "tone_stream://%(1,0,2)",
                "alone-sound", "tone_stream://%(1,0,3)", "member-enter-sound", "tone_stream://%(1,0,4)");
        setup.join(ada.wants("3000"));
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,4)"), new Sound.Tone("%(1,0,3)"));
        assertThat(setup.mixer().sounds.getFirst().how.only()).contains(ada.id());
        assertThat(setup.mixer().sounds.getLast().how.only()).isEmpty();
        setup.mixer().sounds.forEach(RecordingMedia.Heard::stop);

        Membership second = setup.join(bob.wants("3000", "", TestChannel.with(Map.of("conference_exit_sound", "tone_stream://%(1,0,9)"))));
        assertThat(setup.mixer().sounding()).contains(new Sound.Tone("%(1,0,1)"));
        second.leave();
        setup.time.settle();
        assertThat(setup.mixer().sounding()).as("one after the other").doesNotContain(new Sound.Tone("%(1,0,9)"));
        setup.mixer().sounds.forEach(RecordingMedia.Heard::stop);
        setup.time.settle();
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,9)"));

        setup.mixer().sounds.forEach(RecordingMedia.Heard::stop);
        setup.time.settle();
        setup.mixer().sounds.forEach(RecordingMedia.Heard::stop);
        setup.time.settle();
        setup.join(cy.wants("3000", "", TestChannel.with(Map.of("conference_silent_entry", "true"))));
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,4)"));
    }
}
