package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConferenceApplicationTest {
    private final List<ConferenceService.JoinRequest> requests = new CopyOnWriteArrayList<>();
    private final List<ConferenceService.Outcall> calledIn = new CopyOnWriteArrayList<>();
    private final List<String> room = new CopyOnWriteArrayList<>();
    private final TestSwitch pbx = new TestSwitch(10, new Rooms());

    @AfterEach
    void nothingIsLeft() {
        assertThat(pbx.board.channels().count()).isZero();
        assertThat(pbx.media.open).hasValue(0);
    }

    @Test
    void answersJoinsPassesDigitsAndLeaves() {
        pbx.actions("set domain_name=example.org", "conference $1@wide+flags{mute|moderator}");

        TestClient caller = pbx.call("a", "3000");
        caller.channel.dtmf("*0", 0);
        pbx.media.of("a").listener.onDtmf('5', 100);
        pbx.time.settle();
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 answer sdp", "0 over NORMAL_CLEARING");
        assertThat(room).containsExactly("join 3000 example.org wide [mute|moderator]", "*", "0", "5", "leave");
    }

    @Test
    void s12ACallerCannotGiveHimselfFlagsOrAnotherProfile() {
        pbx.actions("conference $1@default");

        TestClient caller = pbx.call("a", "3000+flags{moderator}@evil");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(room).containsExactly("join 3000+flags{moderator}@evil  default []", "leave");
    }

    @Test
    void aRefusalEndsTheCallWithItsCause() {
        pbx.actions("conference locked");

        assertThat(pbx.call("a", "1").heard).containsExactly("0 answer sdp", "0 bye CALL_REJECTED");
    }

    @Test
    void anUnusableOfferNeverComesToTheRoom() {
        pbx.actions("conference 3000");

        assertThat(pbx.call("a", "1", TestSdp.UNUSABLE, Map.of()).heard).containsExactly("0 bye INCOMPATIBLE_DESTINATION");
        assertThat(room).isEmpty();
    }

    @Test
    void theBridgeFormCallsOneOtherIntoARoomForTwo() {
        TestPhones.Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.actions("set domain_name=office.org", "conference bridge:pair@wide:user/1001@example.org+flags{nomoh}");

        TestClient caller = pbx.call("a", "1");
        pbx.time.settle();
        assertThat(caller.heard).containsExactly("0 media sdp"); // answered when the other one answers
        assertThat(room).isEmpty();
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "1001");
        pbx.time.settle();

        assertThat(caller.heard).element(1).asString().startsWith("0 answer");
        assertThat(room).containsExactly("join pair office.org wide [nomoh|mintwo]", "join pair office.org wide [nomoh|mintwo]");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.arrival().checked()).isFalse();
            assertThat(request.arrival().roomFlags()).endsWith("bridge_to");
        });
        caller.channel.fromRoom(new RoomNotice.Out("", true, true));
        bob.rung().channel.fromRoom(new RoomNotice.Out("", true, true));
        pbx.time.settle();
    }

    @Test
    void theBridgeFormEndsTheCallerWithTheCauseOfWhoDoesNotCome() {
        TestPhones.Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.actions("conference bridge:_uuid_:user/1001@example.org");

        TestClient caller = pbx.call("a", "1");
        bob.rung().channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();
        assertThat(caller.heard).containsExactly("0 media sdp", "0 bye USER_BUSY");

        TestClient other = pbx.call("b", "1");
        pbx.advance(60_000);
        assertThat(other.heard).last().asString().endsWith("bye NO_ANSWER");
        assertThat(room).isEmpty();
    }

    @Test
    void whoGivesUpBeforeTheOtherComesLeavesNobodyInARoom() {
        TestPhones.Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.actions("conference bridge:pair:user/1001@example.org");

        TestClient caller = pbx.call("a", "1");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(bob.heard()).last().asString().contains("bye");
        assertThat(room).isEmpty();
    }

    @Test
    void theBridgeFormCallsNobodyIntoARoomThatIsThereNorWhomACallerMadeUp() {
        TestPhones.Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.actions("conference bridge:there:user/1001@example.org", "hangup USER_BUSY");
        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye USER_BUSY");
        pbx.actions("conference bridge:pair:user/$1@example.org", "hangup USER_BUSY");
        assertThat(pbx.call("b", "1001&park()").heard).last().asString().endsWith("bye USER_BUSY");
        pbx.actions("conference bridge:pair", "hangup USER_BUSY");
        assertThat(pbx.call("c", "1").heard).last().asString().endsWith("bye USER_BUSY");

        assertThat(bob.calls).isEmpty();
        assertThat(room).isEmpty();
    }

    @Test
    void theBridgeFormWaitsAloneWhereNobodyIsToBeCalled() {
        pbx.actions("conference bridge:_uuid_:none");

        TestClient caller = pbx.call("a", "1");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(room).containsExactly("join a  default [mintwo]", "leave");
    }

    @Test
    void whomARoomCallsGetsItsFlagsItsVariablesAndItsAnnouncement() {
        pbx.actions("set conference_auto_outcall_announce=tone_stream://%(100,0,500)", "set team=red", "set conference_auto_outcall_export_vars=team,none",
                "conference_set_auto_outcall user/1001", "conference 3000");

        TestClient caller = pbx.call("a", "1");
        assertThat(pbx.media.of("a").log).endsWith("play Tone[script=%(500,0,640)]"); // a beep, then the room
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        assertThat(calledIn).singleElement().extracting(ConferenceService.Outcall::variables)
                .isEqualTo(Map.of("conference_announce", "tone_stream://%(100,0,500)", "team", "red"));
        assertThat(room).containsExactly("join 3000  default []");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void whoIsStillRungForARoomThatEndsIsRungNoMore() {
        TestPhones.Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        List<String> reply = new CopyOnWriteArrayList<>();
        pbx.time.start("call", () -> reply.add(pbx.commands.run("originate {conference_outcall='3000@example.org'}user/1001@example.org &conference(3000)")));
        pbx.time.settle();
        assertThat(bob.rung().channel.answered()).isFalse();

        pbx.commands.run("hupall ORIGINATOR_CANCEL conference_outcall 3001@example.org");
        pbx.time.settle();
        assertThat(reply).isEmpty();
        pbx.commands.run("hupall ORIGINATOR_CANCEL conference_outcall 3000@example.org");
        pbx.time.settle();

        assertThat(reply).containsExactly("-ERR ORIGINATOR_CANCEL\n");
        assertThat(room).isEmpty();
    }

    @Test
    void whoComesAgainHasTheNumberThatHeHad() {
        pbx.actions("conference 3000", "conference 3000");
        TestClient caller = pbx.call("a", "1");
        assertThat(requests.getLast().arrival().memberId()).isZero();

        caller.channel.fromRoom(new RoomNotice.Out("", true, false));
        pbx.time.settle();

        assertThat(requests).hasSize(2);
        assertThat(requests.getLast().arrival().memberId()).isEqualTo(7);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void whoWasCalledIntoARoomHearsTheAnnouncementBeforeHeIsIn() {
        TestPhones.Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.time.start("call", () -> pbx.commands.run(
                "originate {conference_announce='tone_stream://%(100,0,500)',outcall_flags=mute}user/1001@example.org &conference(3000)"));
        pbx.time.settle();
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "1001");
        pbx.time.settle();
        String id = bob.rung().channel.id().value();
        assertThat(pbx.media.of(id).log).endsWith("play Tone[script=%(100,0,500)]");
        assertThat(room).isEmpty();
        pbx.media.of(id).playbackEnds();
        pbx.time.settle();

        assertThat(room).containsExactly("join 3000  default [mute]");
        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aCallerIsAskedForThePinAndComesInWithTheRightOne() {
        pbx.actions("conference guarded+1234");
        TestClient caller = pbx.call("a", "1");
        assertThat(pbx.media.of("a").log).endsWith("play Tone[script=%(100,0,440)]");

        press(caller, "1", "2", "3", "5");
        assertThat(pbx.media.of("a").log).endsWith("play Tone[script=%(100,0,220)]");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        press(caller, "1", "2", "3", "4");

        assertThat(room).containsExactly("join guarded  default []");
        assertThat(requests.getLast().arrival().ownPin()).isEqualTo("1234");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void theHashBehindAPinIsNoKeyOfTheRoomAndNoSecondTry() {
        pbx.actions("conference guarded+1234");
        TestClient caller = pbx.call("a", "1");
        press(caller, "9", "9", "9", "9", "#");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        press(caller, "1", "2", "3", "4", "#", "#");

        assertThat(room).containsExactly("join guarded  default []", "#");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aHashLongAfterThePinIsAKeyOfTheRoom() {
        pbx.actions("conference guarded+1234");
        TestClient caller = pbx.call("a", "1");
        press(caller, "1", "2", "3", "4");
        pbx.time.advance(Duration.ofSeconds(3));

        press(caller, "#");

        assertThat(room).containsExactly("join guarded  default []", "#");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void whoDoesNotKnowThePinGoesOnInTheDialplanAfterThreeTries() {
        pbx.actions("conference guarded+1234", "hangup USER_BUSY");
        TestClient caller = pbx.call("a", "1");
        for (int i = 0; i < 3; i++) {
            press(caller, "9", "#");
            pbx.media.of("a").playbackEnds();
            pbx.time.settle();
        }

        assertThat(room).isEmpty();
        assertThat(caller.heard).endsWith("0 bye USER_BUSY");
    }

    @Test
    void whoPressesNothingIsWaitedForAsLongAsTheRoomSays() {
        for (String room : List.of("guarded", "guarded-quick")) {
            int seconds = room.equals("guarded") ? 10 : 3;
            pbx.actions("conference " + room, "hangup USER_BUSY");
            TestClient caller = pbx.call(room, "1");
            pbx.media.of(room).playbackEnds();
            pbx.time.settle();

            pbx.time.advance(Duration.ofMillis(seconds * 1_000 - 1));
            assertThat(pbx.media.of(room).log).as("%s still waits", room).doesNotContain("play Tone[script=%(100,0,220)]");
            pbx.time.advance(Duration.ofMillis(1));
            assertThat(pbx.media.of(room).log).as("%s waits no longer", room).endsWith("play Tone[script=%(100,0,220)]");

            pbx.media.of(room).playbackEnds();
            pbx.time.settle();
            pbx.media.of(room).playbackEnds();
            pbx.time.advance(Duration.ofMillis(seconds * 1_000 - 1));
            press(caller, "1");
            pbx.time.advance(Duration.ofMillis(room.equals("guarded") ? 0 : 9_999));
            press(caller, "2", "3", "4");
            assertThat(this.room).as("%s takes its PIN", room).contains("join " + room + "  default []");
            caller.channel.hangup(Cause.NORMAL_CLEARING, true);
            pbx.time.settle();
        }
    }

    @Test
    void aPinThatIsKnownIsNotAskedFor() {
        pbx.actions("set supplied_pin=a;X-ConfPin=1234;b", "conference guarded+1234");

        TestClient caller = pbx.call("a", "1");

        assertThat(room).containsExactly("join guarded  default []");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void digitsThatTheRoomSendsReachTheClient() {
        pbx.actions("conference 3000");
        TestClient caller = pbx.call("a", "1");
        caller.channel.fromRoom(new RoomNotice.Digits("12#a"));
        pbx.time.settle();

        assertThat(pbx.media.of("a").log).endsWith("dtmf 1", "dtmf 2", "dtmf #", "dtmf A");
        assertThat(room).as("it stays").doesNotContain("leave");
        caller.channel.fromRoom(new RoomNotice.Knows("conference_recording", "/r/${a}.wav"));
        pbx.time.settle();
        assertThat(pbx.commands.run("uuid_getvar a conference_recording")).isEqualTo("/r/${a}.wav");
        pbx.commands.run("uuid_break a");
        pbx.time.settle();
        assertThat(room).endsWith("break");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void whoIsLetGoGoesOnInItsDialplanAndWhoIsMovedComesIntoTheOtherRoom() {
        pbx.actions("conference 3000", "hangup USER_BUSY");
        TestClient caller = pbx.call("a", "1");
        caller.channel.fromRoom(new RoomNotice.Digits("12"));
        pbx.time.settle();
        caller.channel.fromRoom(new RoomNotice.MovedTo("3001", "wide", 7));
        pbx.time.settle();
        assertThat(room).containsExactly("join 3000  default []", "leave", "join 3001  wide []");
        assertThat(requests.getLast().arrival().memberId()).isEqualTo(7);
        caller.channel.fromRoom(new RoomNotice.Out("", true, false));
        pbx.time.settle();
        assertThat(caller.heard).endsWith("0 bye NORMAL_CLEARING");

        TestClient other = pbx.call("b", "1");
        other.channel.fromRoom(new RoomNotice.Out("tone_stream://%(100,0,330)", true, false));
        pbx.time.settle();
        assertThat(pbx.media.of("b").log).endsWith("play Tone[script=%(100,0,330)]");
        pbx.media.of("b").playbackEnds();
        pbx.time.settle();
        assertThat(other.heard).endsWith("0 bye USER_BUSY");
    }

    @Test
    void theEndOfARoomEndsTheCallUnlessItsDialplanWantsToGoOn() {
        pbx.actions("conference 3000", "hangup USER_BUSY");
        TestClient caller = pbx.call("a", "1");
        caller.channel.fromRoom(new RoomNotice.Out("", true, true));
        pbx.time.settle();
        assertThat(caller.heard).endsWith("0 bye NORMAL_CLEARING");

        pbx.actions("set hangup_after_conference=false", "conference 3000", "hangup USER_BUSY");
        TestClient other = pbx.call("b", "1");
        other.channel.fromRoom(new RoomNotice.Out("", true, true));
        pbx.time.settle();
        assertThat(other.heard).endsWith("0 bye USER_BUSY");
    }

    @Test
    void s12NobodyIsCalledWhomACallerMadeUp() {
        pbx.actions("conference_set_auto_outcall user/$1,user/1002", "conference 3000");

        TestClient caller = pbx.call("a", "1001&park()");

        assertThat(calledIn).extracting(ConferenceService.Outcall::dialString).containsExactly("user/1002");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    private void press(TestClient caller, String... digits) {
        for (String digit : digits) {
            caller.channel.dtmf(digit, 0);
            pbx.time.settle();
        }
    }

    /// `execute` in a room: the sound is interrupted and goes on, digits belong to the application, what else comes in is handed on behind it.
    @Test
    void whatIsDoneInBetweenDoesNotEndTheMembership() {
        pbx.actions("conference 3000");
        TestClient caller = pbx.call("a", "1");

        pbx.commands.run("uuid_broadcast a tone_stream://%(500,0,440)");
        pbx.time.settle();
        caller.channel.dtmf("5", 0);
        pbx.media.of("a").listener.onTalking(true);
        pbx.time.settle();
        assertThat(room).containsExactly("join 3000  default []");
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();

        assertThat(pbx.media.of("a").log).endsWith("meanwhile play Tone[script=%(500,0,440)]", "meanwhile Silent", "as before");
        caller.channel.dtmf("6", 0);
        pbx.time.settle();
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(room).containsExactly("join 3000  default []", "talks", "6", "leave");
    }

    @Test
    void handsOnWhoTalksAndWhoIsBack() {
        pbx.actions("conference 3000");

        TestClient caller = pbx.call("a", "1");
        pbx.media.of("a").listener.onTalking(true);
        pbx.media.of("a").listener.onTalking(false);
        caller.channel.reattached();
        pbx.time.settle();
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(room).containsExactly("join 3000  default []", "talks", "is silent", "announced", "leave");
    }

    @Test
    void tellsTheRoomWhatItsClientsShow() {
        pbx.actions("set conference_member_flags=mute", "set conference_member_flags_moderator=true", "conference 3000");

        TestClient caller = pbx.call("a", "1", TestSdp.OPUS, Map.of("event_channel_cookie", "s-1", "verto_dvar_email", "a@b"));
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(room.getFirst()).isEqualTo("join 3000  default [mute|moderator]");
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.cookie()).isEqualTo("s-1");
            assertThat(request.memberVariables()).containsExactly(Map.entry("email", "a@b"));
            assertThat(request.codec()).isEqualTo("opus@48000");
        });
    }

    @Test
    void handsOnWhatItsClientSaysAndWhatItSaysOfItself() {
        pbx.actions("conference 3000");
        CallRef caller = (CallRef) pbx.call("a", "1", TestSdp.OPUS, Map.of("verto_dvar_email", "a@b")).channel;

        caller.change(Map.of("verto_dvar_email", "c@d", "verto_autoGainControl", "true"));
        caller.say(new Saying.InCall(new ChatMessage(Map.of("body", "hello"))));
        caller.say(new Saying.Typed("nobody reads along in a room"));
        pbx.time.settle();
        caller.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(room).containsExactly("join 3000  default []", "is now {email=c@d}", "says hello", "leave");
        assertThat(pbx.counters.get(SwitchCounter.SAYINGS_UNHEARD)).isEqualTo(1);
    }

    private final class Rooms implements ConferenceService {
        @Override
        public Door door(JoinRequest request) {
            return request.name().startsWith("guarded")
                    ? new Door(4, 3, 0, "tone_stream://%(100,0,440)", "tone_stream://%(100,0,220)", "", request.name().endsWith("quick") ? 3_000 : 0)
                    : Door.OPEN;
        }

        @Override
        public boolean isThere(RoomName room) {
            return room.name().equals("there");
        }

        @Override
        public void callIn(Outcall outcall) {
            calledIn.add(outcall);
        }

        @Override
        public Join join(JoinRequest request) {
            if (request.name().startsWith("guarded") && !request.arrival().pin().equals("1234")) {
                return new Join.Refused(Cause.CALL_REJECTED, "wrong", Join.Why.PIN, "");
            }
            if (request.name().equals("locked")) {
                return new Join.Refused(Cause.CALL_REJECTED, "locked");
            }
            requests.add(request);
            room.add("join " + request.name() + " " + request.domain() + " " + request.profile() + " [" + request.flags() + "]");
            return new Join.Joined(new Membership() {
                @Override
                public Map<String, String> variables() {
                    return Map.of("conference_member_id", "7");
                }

                @Override
                public void dtmf(char digit) {
                    room.add(String.valueOf(digit));
                }

                @Override
                public void talking(boolean talking) {
                    room.add(talking ? "talks" : "is silent");
                }

                @Override
                public void held(boolean held) {
                    room.add(held ? "held" : "back");
                }

                @Override
                public void breakOff() {
                    room.add("break");
                }

                @Override
                public void describe(Map<String, String> memberVariables) {
                    room.add("is now " + memberVariables);
                }

                @Override
                public boolean say(ChatMessage message) {
                    return room.add("says " + message.fields().get("body"));
                }

                @Override
                public void announce() {
                    room.add("announced");
                }

                @Override
                public void leave() {
                    room.add("leave");
                }
            });
        }
    }
}
