package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.VoiceRules;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.RecordingLinks;
import io.jverto.switchboard.port.RoomRecords;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConferencesTest {
    private RoomSetup setup = RoomSetup.with("rate", "48000", "channels", "2");
    private VirtualTime time = setup.time;
    private RecordingMedia media = setup.media;
    private Conferences conferences = setup.conferences;
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @Test
    void makesARoomForItsFirstMemberAndPutsTheNextIntoTheSameMixer() {
        join(ada.wants("3000"));
        join(bob.wants("3000"));

        assertThat(media.mixers).hasSize(1);
        assertThat(media.mixers.getFirst().name).isEqualTo("3000@example.org");
        assertThat(media.mixers.getFirst().rateHz).isEqualTo(48_000);
        assertThat(media.mixers.getFirst().channels).isEqualTo(2);
        assertThat(ada.media.route()).isEqualTo(mix(false, false));
        assertThat(bob.media.route()).isEqualTo(mix(false, false));
    }

    @Test
    void keepsRoomsOfDifferentNamesAndDomainsApart() {
        join(ada.wants("3000"));
        join(bob.wants("3001"));
        join(new JoinRequest(bob, bob.media, "3000", "example.net", "default", "", bob.caller(), "", "", Map.of(), Arrival.PLAIN));

        assertThat(media.openMixers()).hasSize(3);
    }

    @Test
    void closesARoomWithItsMixerWhenTheLastMemberLeaves() {
        Membership first = join(ada.wants("3000"));
        Membership second = join(bob.wants("3000"));

        first.leave();
        time.settle();
        assertThat(media.openMixers()).hasSize(1);
        second.leave();
        second.leave();
        time.settle();

        assertThat(media.openMixers()).isEmpty();
        assertThat(conferences.rooms()).isEmpty();
        assertThat(conferences.counters().get(ConferenceCount.MEMBERS_LEFT)).isEqualTo(2);
        assertThat(conferences.counters().get(ConferenceCount.ROOMS_CLOSED)).isEqualTo(1);
    }

    @Test
    void makesARoomAnewAfterItsEnd() {
        join(ada.wants("3000")).leave();
        join(bob.wants("3000"));
        time.settle();

        assertThat(media.openMixers()).hasSize(1);
        assertThat(((AudioRoute.Mix) bob.media.route()).mixer()).isSameAs(media.openMixers().getFirst());
    }

    @Test
    void leavesAtOnceAndNeverTouchesTheChannelAgain() {
        Membership membership = join(ada.wants("3000"));
        join(bob.wants("3000"));

        membership.leave();
        assertThat(ada.media.route()).isEqualTo(new AudioRoute.Silent());
        ada.media.route(new AudioRoute.Echo());
        membership.dtmf('0');
        api("3000 mute all");
        time.settle();

        assertThat(ada.media.route()).isEqualTo(new AudioRoute.Echo());
    }

    @Test
    void takesMuteAndDeafFromTheFlags() {
        join(ada.wants("3000", "MUTE|unknown"));
        join(bob.wants("3000", "deaf,mute"));

        assertThat(ada.media.route()).isEqualTo(mix(true, false));
        assertThat(bob.media.route()).isEqualTo(mix(true, true));
    }

    @Test
    void letsAMembersOwnFlagsReplaceThoseOfTheProfile() {
        with("member-flags", "mute");
        join(ada.wants("3000"));
        join(bob.wants("3000", "moderator"));

        assertThat(ada.media.route()).isEqualTo(mix(true, false));
        assertThat(bob.media.route()).isEqualTo(mix(false, false));
    }

    @Test
    void togglesMuteAndDeafWithDigits() {
        Membership membership = join(ada.wants("3000"));

        membership.dtmf('0');
        time.settle();
        assertThat(ada.media.route()).isEqualTo(mix(true, false));
        membership.dtmf('0');
        membership.dtmf('*');
        membership.dtmf('7');
        time.settle();
        assertThat(ada.media.route()).isEqualTo(mix(true, true));
    }

    @Test
    void letsAMemberGoWhoPressesHash() {
        Membership membership = join(ada.wants("3000"));

        membership.dtmf('#');
        time.settle();

        assertThat(ada.notices).endsWith(new RoomNotice.Out("", true, false));
        assertThat(media.openMixers()).isEmpty();
    }

    @Test
    void ignoresDigitsWhereTheProfileHasNoControls() {
        with("caller-controls", "none");
        Membership membership = join(ada.wants("3000"));

        membership.dtmf('0');
        time.settle();

        assertThat(ada.media.routes()).hasSize(1);
    }

    @Test
    void refusesMoreMembersThanTheProfileAllows() {
        with("max-members", "2");
        join(ada.wants("3000"));
        join(bob.wants("3000"));

        Join third = conferences.join(new TestChannel("Cy").wants("3000"));

        assertThat(third).isInstanceOf(Join.Refused.class);
        assertThat(((Join.Refused) third).reason()).contains("full");
        assertThat(conferences.counters().get(ConferenceCount.JOINS_REFUSED)).isEqualTo(1);
    }

    @Test
    void usesTheDefaultProfileForUnknownOnesAndRefusesWhereThereIsNone() {
        assertThat(conferences.join(withProfile(ada, "no-such"))).isInstanceOf(Join.Joined.class);

        conferences = new Conferences(time, media, ConferenceSettings::none, new EventChannels(), new RoomWorld(
                () -> Routing.EMPTY, new Commands(), new CoreEvents(time), new Random(1), RoomSpeech.NONE, RoomRecords.NONE, RecordingLinks.NONE));
        assertThat(conferences.join(withProfile(bob, "no-such")))
                .isEqualTo(new Join.Refused(
                        Cause.DESTINATION_OUT_OF_ORDER,
                        "no conference profile named no-such, and none named default"));
    }

    @Test
    void s39RefusesImpossibleNamesAndMoreRoomsThanThereIsPlaceFor() {
        assertThat(conferences.join(ada.wants(""))).isInstanceOf(Join.Refused.class);
        assertThat(conferences.join(ada.wants("x".repeat(257)))).isInstanceOf(Join.Refused.class);
        List<Membership> members = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            members.add(join(new TestChannel("m" + i).wants("room" + i)));
        }

        Join refused = conferences.join(ada.wants("one-more"));
        assertThat(((Join.Refused) refused).cause()).isEqualTo(Cause.SWITCH_CONGESTION);
        members.forEach(Membership::leave);
        time.settle();

        assertThat(media.openMixers()).isEmpty();
        assertThat(conferences.join(ada.wants("one-more"))).isInstanceOf(Join.Joined.class);
    }

    @Test
    void losesNobodyWhenManyJoinAndLeaveAtOnce() {
        for (int i = 0; i < 50; i++) {
            TestChannel channel = new TestChannel("m" + i);
            time.start(channel.id().value(), () -> {
                for (int turn = 0; turn < 20; turn++) {
                    join(channel.wants("3000")).leave();
                }
            });
        }
        time.settle();

        assertThat(media.openMixers()).isEmpty();
        assertThat(conferences.rooms()).isEmpty();
        assertThat(conferences.counters().get(ConferenceCount.MEMBERS_JOINED)).isEqualTo(1_000);
        assertThat(conferences.counters().get(ConferenceCount.MEMBERS_LEFT)).isEqualTo(1_000);
    }

    @Test
    void dropsDigitsOfAFloodAndKeepsTheRoom() {
        Membership membership = join(ada.wants("3000"));

        for (int i = 0; i < 100_000; i++) {
            membership.dtmf('1');
        }
        time.settle();

        assertThat(conferences.join(bob.wants("3000"))).isInstanceOf(Join.Joined.class);
    }

    @Test
    void listsRoomsAndMembers() {
        assertThat(api("list")).isEqualTo("+OK No active conferences.\n");
        join(ada.wants("3000"));
        join(bob.wants("3000", "mute|moderator"));

        String members = "1;verto.rtc/Ada;call-Ada;Ada;1000;hear|speak|floor;0;0;0\n"
                + "2;verto.rtc/Bob;call-Bob;Bob;1000;hear|moderator;0;0;0\n";
        assertThat(api("3000 list")).isEqualTo(members);
        assertThat(api("3000@example.org list")).isEqualTo(members);
        assertThat(api("list"))
                .isEqualTo("+OK Conference 3000 (2 members rate: 48000 flags: running|answered|dynamic|exit_sound|enter_sound)\n" + members);
        assertThat(api("list summary"))
                .isEqualTo("+OK Conference 3000 (2 members rate: 48000 flags: running|answered|dynamic|exit_sound|enter_sound)\n");
        assertThat(api("3000 list pretty")).isEqualTo("1) Ada (1000)\n2) Bob (1000)\n");
        assertThat(api("3000 list delim |")).startsWith("1|verto.rtc/Ada|call-Ada|");
        assertThat(api("3000 count")).isEqualTo("2\n");
        assertThat(api("count")).isEqualTo("1\n");
    }

    @Test
    void mutesDeafensAndRemovesMembersByCommand() {
        join(ada.wants("3000", "moderator"));
        join(bob.wants("3000"));

        assertThat(api("3000 mute 2")).isEqualTo("+OK mute 2\n");
        assertThat(bob.media.route()).isEqualTo(mix(true, false));
        assertThat(api("3000 tmute 2")).isEqualTo("+OK unmute 2\n");
        assertThat(api("3000 deaf all")).isEqualTo("+OK deaf 1\n+OK deaf 2\n");
        assertThat(api("3000 undeaf non_moderator")).isEqualTo("+OK undeaf 2\n");
        assertThat(ada.media.route()).isEqualTo(mix(false, true));
        assertThat(api("3000 kick last")).isEqualTo("+OK kicked 2\n");
        assertThat(bob.notices).containsExactly(new RoomNotice.Out("", true, false));
        assertThat(api("3000 hup 1")).isEqualTo("+OK hup 1\n");
        time.settle();
        assertThat(media.openMixers()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithACommand() {
        join(ada.wants("3000"));

        assertThat(api("3009 list")).isEqualTo("-ERR Conference 3009 not found\n");
        assertThat(api("3000 dance")).isEqualTo("-ERR Conference command 'dance' not found.\n");
        assertThat(api("3000 mute 9")).isEqualTo("-ERR Non-Existant ID 9\n");
        assertThat(api("3000 mute x=y")).isEqualTo("-ERR Non-Existant member\n");
        assertThat(api("3000 mute")).startsWith("mute <");
        assertThat(api("3000 mute non_moderator")).isEqualTo("+OK mute 1\n");
        assertThat(api("")).startsWith("-USAGE");
        assertThat(api("3000")).startsWith("-USAGE");
    }

    @Test
    void s12DoesNotLetANameForgeAMember() {
        join(new TestChannel("Eve\n9;x").wants("3000"));

        assertThat(api("3000 list")).hasLineCount(1);
    }

    private void with(String... params) {
        setup = RoomSetup.with(params);
        time = setup.time;
        media = setup.media;
        conferences = setup.conferences;
    }

    private AudioRoute mix(boolean muted, boolean deaf) {
        return new AudioRoute.Mix(media.mixers.getLast(), muted, deaf, 0, 0, 0, false, Set.of(), Optional.empty(), VoiceRules.NONE);
    }

    private Membership join(JoinRequest request) {
        return switch (conferences.join(request)) {
            case Join.Joined(Membership membership) -> membership;
            case Join.Refused refused -> throw new AssertionError(refused.reason());
        };
    }

    private String api(String arguments) {
        return conferences.api().run(arguments);
    }

    private static JoinRequest withProfile(TestChannel channel, String profile) {
        return new JoinRequest(channel, channel.media, "3000", "example.org", profile, "", channel.caller(), "", "", Map.of(), Arrival.PLAIN);
    }
}
