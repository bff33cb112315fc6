package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Door;
import io.jverto.switchboard.port.ConferenceService.Join.Why;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who comes in: PIN, lock, limits, and rooms that must be there already (conference.md section 3).
class RoomDoorTest {
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @Test
    void asksForAPinAndLetsInWhoKnowsIt() {
        RoomSetup setup = RoomSetup.with("pin", "1234", "pin-sound", "ask", "bad-pin-sound", "bad", "sound-prefix", "mine", "pin-retries", "2", "ivr-input-timeout", "4000");
        JoinRequest wants = ada.wants("3000");

        assertThat(setup.conferences.door(wants)).isEqualTo(new Door(4, 2, 0, "mine/ask", "mine/bad", "", 4_000));
        assertThat(setup.refused(wants).why()).isEqualTo(Why.PIN);
        assertThat(setup.refused(wants.withPin("1235")).why()).isEqualTo(Why.PIN);
        setup.join(wants.withPin("1234"));
        assertThat(setup.api("3000 list")).contains("Ada").doesNotContain("moderator");
        assertThat(setup.refused(bob.wants("3000")).why()).as("the room asks everybody").isEqualTo(Why.PIN);
    }

    @Test
    void theModeratorsPinMakesAModeratorAndAloneLetsNobodyElseIn() {
        RoomSetup setup = RoomSetup.with("moderator-pin", "98765");

        assertThat(setup.conferences.door(ada.wants("3000")).digits()).isEqualTo(5);
        assertThat(setup.refused(ada.wants("3000").withPin("1")).why()).isEqualTo(Why.PIN);
        setup.join(ada.wants("3000").withPin("98765"));

        assertThat(setup.api("3000 list")).contains("|moderator");
    }

    @Test
    void thePinOfTheDialplanCountsForThatCallerAlone() {
        RoomSetup setup = RoomSetup.with("pin", "1234");
        Arrival own = new Arrival(true, "77", "", "", 0, Map.of("conference_moderator_pin", "5555"), Map.of(), Optional.empty());

        assertThat(setup.refused(ada.wants("3000", "", own).withPin("1234")).why()).isEqualTo(Why.PIN);
        setup.join(ada.wants("3000", "", own).withPin("77"));
        setup.join(bob.wants("3000").withPin("1234"));
        TestChannel cy = new TestChannel("Cy");
        setup.join(cy.wants("3000", "", own).withPin("5555"));

        assertThat(setup.api("3000 count")).isEqualTo("3\n");
        assertThat(setup.api("3000 list")).containsOnlyOnce("moderator");
    }

    @Test
    void aCallOfTheServerItselfIsAskedNothingAndComesIntoALockedRoom() {
        RoomSetup setup = RoomSetup.with("pin", "1234", "locked-sound", "is shut");
        setup.join(ada.wants("3000").withPin("1234"));
        setup.api("3000 lock");
        Arrival unchecked = new Arrival(false, "", "", "", 0, Map.of(), Map.of(), Optional.empty());

        assertThat(setup.refused(bob.wants("3000").withPin("1234"))).satisfies(refused -> {
            assertThat(refused.why()).isEqualTo(Why.LOCKED);
            assertThat(refused.sound()).isEqualTo("is shut");
        });
        assertThat(setup.conferences.door(bob.wants("3000", "", unchecked)).digits()).isZero();
        setup.join(bob.wants("3000", "", unchecked));
        setup.api("3000 unlock");
        setup.join(new TestChannel("Cy").wants("3000").withPin("1234"));
    }

    @Test
    void aPinThatAModeratorChangesCountsFromThenOn() {
        RoomSetup setup = RoomSetup.with("pin", "1234");
        setup.join(ada.wants("3000").withPin("1234"));

        assertThat(setup.api("3000 pin 55555")).isEqualTo("+OK Pin for conference 3000 set: 55555\n");
        assertThat(setup.conferences.door(bob.wants("3000")).digits()).isEqualTo(5);
        assertThat(setup.refused(bob.wants("3000").withPin("1234")).why()).isEqualTo(Why.PIN);
        assertThat(setup.api("3000 pin 12x4")).startsWith("-ERR");
        assertThat(setup.api("3000 pin mod 777")).isEqualTo("+OK Pin for conference 3000 set: 777\n");
        assertThat(setup.api("3000 nopin")).startsWith("+OK");
        assertThat(setup.refused(bob.wants("3000").withPin("55555")).why()).as("that of moderators is still wanted").isEqualTo(Why.PIN);
        setup.join(bob.wants("3000").withPin("777"));
    }

    @Test
    void aFullRoomTakesGhostsAlone() {
        RoomSetup setup = RoomSetup.with("max-members", "2", "max-members-sound", "full");
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));

        assertThat(setup.refused(new TestChannel("Cy").wants("3000", "moderator"))).satisfies(refused -> {
            assertThat(refused.why()).isEqualTo(Why.FULL);
            assertThat(refused.sound()).isEqualTo("full");
        });
        setup.join(new TestChannel("Di").wants("3000", "ghost"));
        assertThat(setup.api("3000 count")).isEqualTo("2\n");
        assertThat(setup.api("3000 get count_ghosts")).isEqualTo("1");
        assertThat(setup.api("3000 set max_members 3")).isEqualTo("2\n");
        setup.join(new TestChannel("Ed").wants("3000"));
    }

    @Test
    void theChannelThatMakesARoomMaySetItsLimit() {
        RoomSetup setup = RoomSetup.with("max-members", "50");
        setup.join(ada.wants("3000", "", TestChannel.with(Map.of("conference_max_members", "2", "confvar_topic", "budget"))));
        setup.join(bob.wants("3000", "", TestChannel.with(Map.of("conference_max_members", "9"))));

        assertThat(setup.refused(new TestChannel("Cy").wants("3000")).why()).isEqualTo(Why.FULL);
        assertThat(setup.api("3000 getvar topic")).isEqualTo("budget");
    }

    @Test
    void whoMayOnlyJoinMakesNoRoom() {
        RoomSetup setup = RoomSetup.with("join-only-sound", "not yet");
        setup.watch();

        assertThat(setup.refused(ada.wants("3000", "join-only"))).satisfies(refused -> {
            assertThat(refused.why()).isEqualTo(Why.JOIN_ONLY);
            assertThat(refused.sound()).isEqualTo("not yet");
        });
        assertThat(setup.media.mixers).isEmpty();
        assertThat(setup.actions()).containsExactly("rejected-join-only");
        setup.join(bob.wants("3000"));
        setup.join(ada.wants("3000", "join-only"));
    }

    @Test
    void s38GuessingAPinTakesLongerAndLongerInWhicheverRoom() {
        RoomSetup setup = RoomSetup.with("pin", "1234");
        for (int i = 0; i < PinGuard.FREE; i++) {
            assertThat(setup.conferences.door(ada.wants("3000")).waitMillis()).isZero();
            setup.refused(ada.wants("3000").withPin("000" + i));
        }

        assertThat(setup.conferences.door(ada.wants("3000")).waitMillis()).isEqualTo(1_000);
        assertThat(setup.conferences.door(bob.wants("3001")).waitMillis()).as("from the same address").isEqualTo(1_000);
        setup.refused(ada.wants("3001").withPin("0009"));
        assertThat(setup.conferences.door(ada.wants("3000")).waitMillis()).isEqualTo(2_000);
        for (int i = 0; i < 30; i++) {
            setup.refused(ada.wants("3000").withPin("9"));
        }
        assertThat(setup.conferences.door(ada.wants("3000")).waitMillis()).isEqualTo(60_000);
        assertThat(setup.conferences.counters().get(ConferenceCount.PINS_WRONG)).isEqualTo(34);

        setup.time.advance(Duration.ofSeconds(60));
        assertThat(setup.conferences.door(ada.wants("3000")).waitMillis()).isZero();
        Membership membership = setup.join(ada.wants("3000").withPin("1234"));
        assertThat(setup.conferences.door(bob.wants("3000")).waitMillis()).isZero();
        membership.leave();
    }

    @Test
    void theGuardForgetsAndIsBounded() {
        PinGuard guard = new PinGuard();
        for (int i = 0; i < 20_000; i++) {
            guard.wrong("10.0." + i / 256 + "." + i % 256, 0);
        }
        for (int i = 0; i < 5; i++) {
            guard.wrong("a", 0);
        }
        assertThat(guard.waitMillis("a", 0)).isEqualTo(4_000);

        assertThat(guard.waitMillis("a", Duration.ofMinutes(16).toNanos())).isZero();
        guard.right("a");
        assertThat(guard.waitMillis("a", 0)).isZero();
    }
}
