package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Join.Why;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.ConferenceService.Standing;
import io.jverto.switchboard.port.MediaService.Playing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members who are in a room again after the server was started again.
class RoomReturnTest {
    private static final String[] PROFILE = {"member-flags", "mute", "pin", "4711", "enter-sound", "tone_stream://%(100,0,640)", "alone-sound", "tone_stream://%(100,0,480)"};

    private final RoomSetup before = RoomSetup.with(PROFILE);
    private final RoomSetup after = RoomSetup.with(PROFILE);
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel eve = new TestChannel("Eve");

    private static Arrival returning(Standing standing) {
        return new Arrival(false, "", "", "", standing.memberId(), Map.of(), Map.of(), Optional.empty(), Optional.of(standing));
    }

    private Membership comesBack(TestChannel channel, Membership membership) {
        Standing standing = membership.standing().orElseThrow();
        return after.join(channel.wants(standing.room(), standing.flags(), returning(standing)));
    }

    @Test
    void areWhatTheyWereWithTheNumberThatTheyHad() {
        Membership moderator = before.join(ada.wants("3000", "moderator").withPin("4711"));
        Membership member = before.join(eve.wants("3000").withPin("4711"));
        before.api("3000 unmute 2");
        before.api("3000 deaf 2");
        before.api("3000 volume_in 2 3");

        comesBack(eve, member);
        comesBack(ada, moderator);

        assertThat(member.standing().orElseThrow()).extracting(Standing::room, Standing::memberId, Standing::flags, Standing::volumeIn, Standing::locked)
                .containsExactly("3000", 2, "member|deaf", 3, false);
        assertThat(after.api("3000 list").lines()).hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("2;").contains(";Eve;", ";speak", ";3;0;").doesNotContain("hear"))
                .anySatisfy(line -> assertThat(line).startsWith("1;").contains(";Ada;", "moderator"));
    }

    @Test
    void areNotAnnouncedByASound() {
        Membership one = before.join(ada.wants("3000").withPin("4711"));
        Membership two = before.join(eve.wants("3000").withPin("4711"));
        assertThat(before.mixer().sounds).isNotEmpty();

        comesBack(ada, one);
        comesBack(eve, two);

        assertThat(after.mixer().sounds).isEmpty();
    }

    @Test
    void findTheRoomLockedAsItWas() {
        Membership one = before.join(ada.wants("3000").withPin("4711"));
        before.api("3000 lock");

        comesBack(ada, one);

        assertThat(after.refused(eve.wants("3000").withPin("4711")).why()).isEqualTo(Why.LOCKED);
    }

    @Test
    void doNotShareTheirNumberWithWhoComesInAnew() {
        Membership one = before.join(ada.wants("3000").withPin("4711"));
        Membership two = before.join(eve.wants("3000").withPin("4711"));
        comesBack(eve, two);

        after.join(new TestChannel("Cy").wants("3000").withPin("4711"));
        comesBack(ada, one);

        assertThat(after.api("3000 list").lines().map(line -> line.split(";")[0])).containsExactlyInAnyOrder("1", "2", "3");
    }

    /// What a member was like is noted at the end of the room's turn, so that it may be asked at once.
    private static Standing standing(Membership membership) {
        return membership.standing().orElseThrow();
    }

    @Test
    void findTheRoomAsItsModeratorsHadMadeIt() {
        Membership one = before.join(ada.wants("3000", "moderator").withPin("4711"));
        before.api("3000 pin 1234");
        before.api("3000 pin mod 9876");
        before.api("3000 set max_members 5");
        before.api("3000 exit_sound off");
        before.api("3000 setvar topic budget");

        comesBack(ada, one);

        assertThat(after.refused(eve.wants("3000").withPin("4711")).why()).isEqualTo(Why.PIN);
        after.join(eve.wants("3000").withPin("1234"));
        after.join(new TestChannel("Cy").wants("3000").withPin("9876"));
        assertThat(after.api("3000 list").lines()).anySatisfy(line -> assertThat(line).contains(";Cy;", "moderator"));
        assertThat(after.api("3000 get max_members")).contains("5");
        assertThat(after.api("3000 getvar topic")).contains("budget");
    }

    @Test
    void findARoomWithoutAPinWithoutOne() {
        Membership one = before.join(ada.wants("3000").withPin("4711"));
        before.api("3000 nopin");

        comesBack(ada, one);

        after.join(eve.wants("3000"));
        assertThat(after.api("3000 list").lines()).hasSize(2);
    }

    @Test
    void areHeardAndHeldAsTheyWere() {
        Membership one = before.join(ada.wants("3000").withPin("4711"));
        Membership two = before.join(eve.wants("3000").withPin("4711"));
        before.api("3000 energy 2 900");
        before.api("3000 hold 2");
        before.api("3000 unmute 1");
        before.api("3000 floor 1");
        before.api("3000 floor 1");
        String floor = before.api("3000 list").lines().filter(line -> line.contains("floor")).findFirst().orElse("").split(";")[0];

        comesBack(eve, two);
        comesBack(ada, one);

        assertThat(after.api("3000 list").lines()).anySatisfy(line -> assertThat(line).startsWith("2;").contains("hold").endsWith(";900"));
        assertThat(after.api("3000 list").lines().filter(line -> line.contains("floor")).map(line -> line.split(";")[0])).containsExactly(floor);
        after.api("3000 unhold 2");
        assertThat(standing(two).manner().orElseThrow().onHold()).isTrue();
        assertThat(after.api("3000 list").lines()).noneSatisfy(line -> assertThat(line).contains("hold"));
    }

    @Test
    void hearWhomTheyHeardAndNobodyElse() {
        Membership one = before.join(ada.wants("3000").withPin("4711"));
        Membership two = before.join(eve.wants("3000").withPin("4711"));
        TestChannel cy = new TestChannel("Cy");
        Membership three = before.join(cy.wants("3000").withPin("4711"));
        before.api("3000 relate 1 2 nospeak");
        before.api("3000 relate 3 1 nohear");
        before.api("3000 relate 1 3 sendvideo");
        before.api("3000 relate 2 3 nohear");
        before.api("3000 relate 2 3 clear");
        before.api("3000 vblind 3");

        comesBack(eve, two);
        comesBack(cy, three);
        comesBack(ada, one);

        assertThat(after.api("3000 relate")).isEqualTo(before.api("3000 relate")).hasLineCount(3);
        assertThat(((AudioRoute.Mix) eve.media.route()).unheard()).containsExactly(ada.id());
        assertThat(((AudioRoute.Mix) cy.media.route()).unheard()).containsExactly(ada.id());
        assertThat(((AudioRoute.Mix) ada.media.route()).unheard()).isEmpty();
        assertThat(after.api("3000 json_list")).contains("\"can_see\":false");
    }

    @Test
    void doNotWaitForAModeratorWhoHadCome() {
        String[] waits = {"conference-flags", "wait-mod"};
        RoomSetup first = RoomSetup.with(waits);
        RoomSetup second = RoomSetup.with(waits);
        Membership one = first.join(ada.wants("3000"));
        Membership moderator = first.join(eve.wants("3000", "moderator"));
        moderator.leave();
        first.api("3000 list");

        second.join(ada.wants("3000", standing(one).flags(), returning(standing(one))));

        assertThat(second.api("3000 get wait_mod")).isEmpty();
        assertThat(((AudioRoute.Mix) ada.media.route()).muted()).isFalse();
    }

    @Test
    void areOnHoldFromTheBeginningAndToldOfInThatOrder() {
        String[] music = {"moh-sound", "tone_stream://%(100,0,400)"};
        RoomSetup first = RoomSetup.with(music);
        RoomSetup second = RoomSetup.with(music);
        first.join(ada.wants("3000"));
        Membership two = first.join(eve.wants("3000"));
        first.api("3000 hold 2");
        second.join(new TestChannel("Cy").wants("3000"));
        second.watch();
        int routes = eve.media.routes().size();

        second.join(eve.wants("3000", standing(two).flags(), returning(standing(two))));

        assertThat(second.actions()).containsSubsequence("add-member", "hold-member").containsOnlyOnce("hold-member");
        assertThat(eve.media.routes()).hasSizeGreaterThan(routes);
        assertThat(eve.media.routes().subList(routes, eve.media.routes().size())).as("never for a moment")
                .allMatch(route -> route instanceof AudioRoute.Mix mix && mix.muted() && mix.deaf());
        assertThat(second.mixer().sounds).filteredOn(sound -> sound.how.equals(new Playing(Optional.of(eve.id()), true, 0, Optional.empty()))).as("its music").hasSize(1);
    }

    @Test
    void areHeardWhereTheyWere() {
        String[] stereo = {"conference-flags", "livearray-sync", "channels", "2"};
        RoomSetup first = RoomSetup.with(stereo);
        RoomSetup second = RoomSetup.with(stereo);
        Membership one = first.join(ada.wants("3000"));
        assertThat(first.api("3000 position 1 -0.5:0:-1")).startsWith("+OK");

        second.join(ada.wants("3000", standing(one).flags(), returning(standing(one))));

        assertThat(second.api("3000 position 1")).isEqualTo(first.api("3000 position 1")).contains("-0.50:0.00:-1.00");
    }

    @Test
    void areInTheirSlotsInWhateverOrderTheyComeBack() {
        String[] mux = {"video-mode", "mux", "conference-flags", "livearray-sync", "video-canvas-size", "1280x720"};
        RoomSetup first = RoomSetup.with(mux);
        RoomSetup second = RoomSetup.with(mux);
        TestChannel cy = new TestChannel("Cy");
        Membership one = first.join(ada.wants("3000"));
        Membership two = first.join(eve.wants("3000"));
        Membership three = first.join(cy.wants("3000"));
        first.api("3000 vid-layout 3x3");
        first.api("3000 vid-layer 3 5");
        first.api("3000 vid-res-id 2 stage");
        first.api("3000 vid-banner 1 Chair");

        for (Membership membership : new Membership[] {three, two, one}) {
            TestChannel channel = membership == three ? cy : membership == two ? eve : ada;
            second.join(channel.wants("3000", standing(membership).flags(), returning(standing(membership))));
        }

        assertThat(second.media.studios.getLast().at(0)).isEqualTo(first.media.studios.getLast().at(0)).hasSize(3);
        assertThat(second.media.studios.getLast().scenes.get(0)).isEqualTo(first.media.studios.getLast().scenes.get(0));
        assertThat(second.api("3000 list")).contains("res-id:stage");
    }

    @Test
    void findTheRoomRecordedAsItWas(@TempDir Path folder) throws IOException {
        for (RoomSetup setup : new RoomSetup[] {before, after}) {
            setup.globals.put("recordings_dir", folder.toString());
        }
        Membership one = before.join(ada.wants("3000").withPin("4711"));
        before.api("3000 record a.wav");
        before.api("3000 record b.ogg");
        before.api("3000 record c.wav tracks");
        before.api("3000 pause b.ogg");
        for (String name : new String[] {"a.wav", "b.ogg", "c.wav"}) {
            Files.createFile(folder.resolve(name));
        }
        after.watch();

        comesBack(ada, one);

        assertThat(after.api("3000 chkrecord").lines().map(line -> line.replaceAll(".*/", ""))).containsExactlyInAnyOrder("a.wav", "b-2.ogg", "c-2-1-0.wav");
        assertThat(after.told).filteredOn(event -> event.header("Action").orElse("").equals("start-recording"))
                .extracting(event -> event.header("Path").orElse("").replaceAll(".*/", "") + event.header("Resumed").map(" resumed "::concat).orElse(""))
                .containsExactlyInAnyOrder("a.wav resumed true", "b-2.ogg resumed true", "c-2-1-0.wav");
        assertThat(standing(one).state().orElseThrow().recordings()).hasSize(3);
    }

    @Test
    void haveTheirCallsNotedAnewOnlyWhenSomethingIsDifferent() {
        before.join(ada.wants("3000").withPin("4711"));
        int noted = ada.noted;
        before.api("3000 list");
        before.api("3000 deaf 1");
        before.api("3000 deaf 1");
        assertThat(ada.noted).isEqualTo(noted + 1);

        before.api("3000 pin 99");
        assertThat(ada.noted).isEqualTo(noted + 2);
    }

    @Test
    void haveNothingThatAServerDidNotKeepWhichKnewLess() {
        Membership one = before.join(ada.wants("3000", "moderator").withPin("4711"));
        Standing now = standing(one);
        Standing old = new Standing(now.room(), now.profile(), now.memberId(), now.flags(), 2, 1, true, Optional.empty(), Optional.empty());

        after.join(ada.wants("3000", old.flags(), returning(old)));

        assertThat(after.api("3000 list").lines()).singleElement().asString().contains(";2;1;", "moderator");
        assertThat(after.refused(eve.wants("3000").withPin("4711")).why()).isEqualTo(Why.LOCKED);
    }
}
