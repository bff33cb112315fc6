package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who sees whom in a room whose video is passed on (conference.md sections 9.2 and 21.1).
class RoomVideoTest {
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final TestChannel cy = new TestChannel("Cy");

    private static Optional<VideoPlan> video(boolean sees, boolean isSeen) {
        return Optional.of(new VideoPlan(new VideoFormat(VideoCodec.VP8, 96), 97, VideoPlan.Feedback.ALL, VideoPlan.Extensions.NONE, "1", 0, 0, sees, isSeen));
    }

    /// With cameras.
    private RoomSetup three(String... params) {
        for (TestChannel channel : new TestChannel[] {ada, bob, cy}) {
            channel.media.video = video(true, true);
        }
        return RoomSetup.with(params);
    }

    @Test
    void everybodySeesWhoTalksAndHeSeesWhoTalkedBefore() {
        RoomSetup setup = three();
        setup.watch();
        setup.join(ada.wants("3000"));
        Membership second = setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));

        assertThat(bob.media.shown).contains(ada.media);
        assertThat(cy.media.shown).contains(ada.media);
        assertThat(ada.media.shown).as("alone with others, he sees one of them").isPresent();
        setup.told.clear();

        second.talking(true);
        setup.time.settle();

        assertThat(ada.media.shown).contains(bob.media);
        assertThat(cy.media.shown).contains(bob.media);
        assertThat(bob.media.shown).as("who had the floor before").contains(ada.media);
        assertThat(setup.told).anySatisfy(event -> {
            assertThat(event.header("Action")).contains("video-floor-change");
            assertThat(event.header("Old-ID")).contains("1");
            assertThat(event.header("New-ID")).contains("2");
        });
    }

    @Test
    void whoTalksForAMomentIsNotSeenYet() {
        RoomSetup setup = three("video-auto-floor-msec", "1000");
        setup.join(ada.wants("3000"));
        Membership second = setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));

        second.talking(true);
        setup.time.advance(Duration.ofMillis(900));
        assertThat(cy.media.shown).contains(ada.media);

        setup.time.advance(Duration.ofMillis(200));
        assertThat(cy.media.shown).contains(bob.media);
    }

    @Test
    void aTalkerWithoutCameraLeavesThePictureWhereItIs() {
        RoomSetup setup = three();
        bob.media.video = video(true, false);
        cy.media.video = Optional.empty();
        setup.join(ada.wants("3000"));
        Membership second = setup.join(bob.wants("3000"));
        Membership third = setup.join(cy.wants("3000"));

        second.talking(true);
        third.talking(true);
        setup.time.settle();

        assertThat(bob.media.shown).contains(ada.media);
        assertThat(cy.media.shown).isEmpty();
        assertThat(ada.media.shown).isEmpty();
    }

    @Test
    void aModeratorGivesTheFloorAndLocksIt() {
        RoomSetup setup = three();
        setup.join(ada.wants("3000"));
        Membership second = setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));

        assertThat(setup.api("3000 vid-floor 3")).isEqualTo("-ERR floor is held by 1\n");
        assertThat(setup.api("3000 vid-floor 3 force")).isEqualTo("+OK floor 3\n");
        second.talking(true);
        setup.time.settle();
        assertThat(ada.media.shown).contains(cy.media);
        assertThat(bob.media.shown).contains(cy.media);

        assertThat(setup.api("3000 vid-floor 3")).isEqualTo("+OK floor none\n");
        assertThat(ada.media.shown).as("the talker again").contains(bob.media);
        assertThat(bob.media.shown).contains(cy.media);
    }

    @Test
    void whoLeavesLetsGoOfTheFloorAndOfThePicture() {
        RoomSetup setup = three();
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        Membership third = setup.join(cy.wants("3000"));
        setup.api("3000 vid-floor 3 force");

        third.leave();
        setup.time.settle();

        assertThat(cy.media.shown).isEmpty();
        assertThat(ada.media.shown).contains(bob.media);
        assertThat(bob.media.shown).contains(ada.media);
    }

    @Test
    void whoseVideoIsMutedIsNotSeenAndWhoIsBlindSeesNobody() {
        RoomSetup setup = three();
        setup.watch();
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));

        assertThat(setup.api("3000 vmute 1")).isEqualTo("+OK vmute 1\n");
        assertThat(cy.media.shown).contains(bob.media);
        assertThat(setup.api("3000 tvmute 1")).isEqualTo("+OK unvmute 1\n");
        assertThat(setup.api("3000 vblind 3")).isEqualTo("+OK vblind 3\n");
        assertThat(cy.media.shown).isEmpty();
        assertThat(setup.api("3000 unvblind 3")).isEqualTo("+OK unvblind 3\n");
        assertThat(cy.media.shown).isPresent();
        assertThat(setup.actions()).contains("vmute-member", "unvmute-member", "vblind-member", "unvblind-member");
        assertThat(setup.api("3000 hold 1")).startsWith("+OK");
        assertThat(setup.api("3000 vmute 1")).isEqualTo("-ERR member 1 is on hold\n");
    }

    @Test
    void whoIsMadeBlindIsToldUnlessQuiet() {
        RoomSetup setup = three("blind-sound", "tone_stream://%(1,0,3)", "unblind-sound", "tone_stream://%(1,0,4)");
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));

        setup.api("3000 vblind 2");
        setup.mixer().sounds.getFirst().end(PlaybackEnd.PLAYED);
        setup.api("3000 unvblind 2");
        setup.api("3000 tvblind 2 quiet");

        assertThat(setup.mixer().sounds).extracting(heard -> heard.sound).containsExactly(new Sound.Tone("%(1,0,3)"), new Sound.Tone("%(1,0,4)"));
        assertThat(setup.mixer().sounds).allMatch(heard -> heard.how.only().equals(Optional.of(bob.id())));
    }

    @Test
    void starZeroMutesTheVideoLikeAClientDoes() {
        ada.media.video = video(true, true);
        bob.media.video = video(true, true);
        RoomSetup setup = new RoomSetup(List.of(RoomSetup.control("*0", "vmute", "")), "caller-controls", "own");
        Membership first = setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        assertThat(bob.media.shown).contains(ada.media);

        first.dtmf('*');
        first.dtmf('0');
        setup.time.advance(Duration.ofSeconds(2));

        assertThat(setup.api("3000 list")).contains("video|floor;");
        assertThat(bob.media.shown).isEmpty();
    }

    @Test
    void aMemberMayBeShownAnotherOne() {
        RoomSetup setup = three();
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));

        setup.api("3000 relate 2 3 sendvideo");

        assertThat(cy.media.shown).contains(bob.media);
        assertThat(bob.media.shown).contains(ada.media);
    }

    @Test
    void rowsShowTheVideoOfEachMember() {
        RoomSetup setup = three("conference-flags", "livearray-sync");
        bob.media.video = video(true, false);
        cy.media.video = Optional.empty();
        TestClient client = new TestClient(setup.events, ada.cookie());
        setup.join(ada.wants("3000"));
        client.subscribe("conference-liveArray.3000@example.org");
        setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));
        client.bootstrap("3000@example.org");
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(client.rows.get("call-Ada").toString()).contains("VIDEO (FLOOR)", "sendRecv");
        assertThat(client.rows.get("call-Bob").toString()).contains("ACTIVE VIDEO (BLIND)", "sendOnly");
        assertThat(client.rows.get("call-Cy").toString()).contains("video=FALSE", "value=ACTIVE]");
        setup.api("3000 vid-floor 1");
        setup.time.advance(Duration.ofSeconds(1));
        assertThat(client.rows.get("call-Ada").toString()).contains("floorLocked");
        assertThat(client.wrong).isEmpty();
    }

    @Test
    void aCameraThatComesLaterIsSeenThen() {
        RoomSetup setup = three();
        ada.media.video = Optional.empty();
        Membership first = setup.join(ada.wants("3000"));
        bob.media.video = video(true, false);
        setup.join(bob.wants("3000"));
        assertThat(bob.media.shown).isEmpty();

        ada.media.video = video(true, true);
        first.describe(Map.of());
        setup.time.settle();

        assertThat(bob.media.shown).contains(ada.media);
    }

    @Test
    void whoComesToBeSeenIsSeenFromTheBeginning() {
        RoomSetup setup = three();
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000", "join-vid-floor"));

        assertThat(ada.media.shown).contains(cy.media);
        assertThat(bob.media.shown).contains(cy.media);
    }
}
