package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.RoomNotice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What members' digits do (conference.md section 11).
class MemberControlsTest {
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @Test
    void theBuiltInDigitsMuteDeafenAndChangeVolumesAndEnergy() {
        RoomSetup setup = RoomSetup.with("energy-level", "400");
        Membership member = setup.join(ada.wants("3000"));

        press(setup, member, "3366");
        assertThat(mix(ada).volumeOut()).isEqualTo(2);
        assertThat(mix(ada).volumeIn()).isEqualTo(2);
        press(setup, member, "1254");
        assertThat(mix(ada).volumeOut()).isZero();
        assertThat(mix(ada).volumeIn()).isEqualTo(-1);
        press(setup, member, "99");
        assertThat(mix(ada).gate()).isEqualTo(800);
        press(setup, member, "7");
        assertThat(mix(ada).gate()).isEqualTo(600);
        press(setup, member, "8");
        assertThat(mix(ada).gate()).isEqualTo(400);
        press(setup, member, "*");
        assertThat(mix(ada).muted() && mix(ada).deaf()).isTrue();
    }

    @Test
    void aGroupOfOnesOwnHasLongerDigitsAndWaitsForThem() {
        RoomSetup setup = new RoomSetup(List.of(RoomSetup.control("1", "mute", ""), RoomSetup.control("12", "deaf", ""),
                RoomSetup.control("*7", "transfer", "1002 XML default"), RoomSetup.control("*8", "execute_application", "playback a.wav")),
                "caller-controls", "own", "ivr-dtmf-timeout", "800");
        Membership member = setup.join(ada.wants("3000"));

        press(setup, member, "1");
        assertThat(mix(ada).muted()).isFalse();
        setup.time.advance(Duration.ofMillis(801));
        assertThat(mix(ada).muted()).isTrue();
        press(setup, member, "12");
        assertThat(mix(ada).deaf()).isTrue();
        press(setup, member, "0#");
        assertThat(ada.notices).as("nothing of the built-in group").noneMatch(RoomNotice.Out.class::isInstance);
        assertThat(ada.notices).as("for its dialplan").endsWith(new RoomNotice.Knows("conference_last_matching_digits", "12"));
        press(setup, member, "*7*8");
        assertThat(setup.ran).containsExactly("uuid_transfer call-Ada 1002 XML default", "uuid_broadcast call-Ada playback::a.wav aleg");
    }

    @Test
    void aDigitTakesTheMembersBorderAwayAndGivesItBack() {
        RoomSetup setup = new RoomSetup(List.of(RoomSetup.control("5", "border", "")), "caller-controls", "own", "video-mode", "mux", "video-border-size", "4");
        Membership member = setup.join(ada.wants("3000"));

        press(setup, member, "5");
        assertThat(setup.media.studios.getLast().scenes.get(0).tiles().getFirst().border()).isZero();
        press(setup, member, "5");
        assertThat(setup.media.studios.getLast().scenes.get(0).tiles().getFirst().border()).isEqualTo(4);
    }

    @Test
    void onlyAModeratorLocksByDigit() {
        RoomSetup setup = new RoomSetup(List.of(RoomSetup.control("9", "lock", "")), "caller-controls", "own");
        Membership member = setup.join(ada.wants("3000"));
        Membership moderator = setup.join(bob.wants("3000", "moderator"));

        press(setup, member, "9");
        assertThat(setup.api("3000 get is_locked")).isEmpty();
        press(setup, moderator, "9");
        assertThat(setup.api("3000 get is_locked")).isEqualTo("locked");
    }

    @Test
    void moderatorsMayHaveDigitsOfTheirOwnAndAChannelToo() {
        RoomSetup setup = new RoomSetup(List.of(RoomSetup.control("5", "mute", "")), "moderator-controls", "own");
        Membership moderator = setup.join(bob.wants("3000", "moderator"));
        Membership member = setup.join(ada.wants("3000"));
        Membership own = setup.join(new TestChannel("Cy").wants("3000", "", TestChannel.with(Map.of("conference_controls", "none"))));

        press(setup, moderator, "5");
        press(setup, member, "5");
        press(setup, own, "0");

        assertThat(mix(bob).muted()).isTrue();
        assertThat(mix(ada).muted()).isFalse();
        assertThat(setup.api("3000 list")).contains("Cy;1000;hear|speak;");
    }

    @Test
    void digitsOfAMemberThatDistributesThemGoToTheOthers() {
        RoomSetup setup = RoomSetup.with();
        Membership member = setup.join(ada.wants("3000", "dist-dtmf"));
        setup.join(bob.wants("3000"));
        TestChannel cy = new TestChannel("Cy");
        setup.join(cy.wants("3000", "skip-dtmf"));

        press(setup, member, "0");

        assertThat(mix(ada).muted()).isFalse();
        assertThat(bob.notices).containsExactly(new RoomNotice.Digits("0"));
        assertThat(cy.notices).isEmpty();
    }

    @Test
    void s11AnIdThatWouldBeSeveralWordsIsNoPartOfACommand() {
        RoomSetup setup = new RoomSetup(List.of(RoomSetup.control("7", "transfer", "1002")), "caller-controls", "own");
        TestChannel eve = new TestChannel("Eve 9999 XML admin");
        Membership member = setup.join(eve.wants("3000"));

        press(setup, member, "7");

        assertThat(setup.ran).isEmpty();
    }

    private static void press(RoomSetup setup, Membership member, String digits) {
        for (char digit : digits.toCharArray()) {
            member.dtmf(digit);
            setup.time.settle();
        }
    }

    private static AudioRoute.Mix mix(TestChannel channel) {
        return (AudioRoute.Mix) channel.media.route();
    }
}
