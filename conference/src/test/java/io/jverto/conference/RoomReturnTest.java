package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Join.Why;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.ConferenceService.Standing;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Members who are in a room again after the server was started again.
class RoomReturnTest {
    private static final String[] PROFILE = {"member-flags", "mute", "pin", "4711", "enter-sound", "tone_stream://%(100,0,640)", "alone-sound", "tone_stream://%(100,0,480)"};

    private final RoomSetup before = RoomSetup.with(PROFILE);
    private final RoomSetup after = RoomSetup.with(PROFILE);
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel eve = new TestChannel("Eve");

    private static Arrival returning(Standing standing) {
        return new Arrival(false, "", "", standing.locked() ? Standing.LOCKED : "", standing.memberId(),
                Map.of("conference_join_volume_in", String.valueOf(standing.volumeIn()), "conference_join_volume_out", String.valueOf(standing.volumeOut())),
                Map.of(), Optional.empty(), true);
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

        assertThat(member.standing()).contains(new Standing("3000", "default", 2, "member|deaf", 3, 0, false));
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
}
