package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.media.plan.VoiceRules;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomEventsTest {
    private static final String ROOM = "3019@example.org";
    private static final String LA = "conference-liveArray." + ROOM;
    private static final String CHAT = "conference-chat." + ROOM;
    private static final String INFO = "conference-info." + ROOM;
    private static final String MOD = "conference-mod." + ROOM;
    private static final String PRIVATE = "'laChannel':'" + LA + "','laName':'3019','role':'%s','chatID':'conf+" + ROOM
            + "','conferenceMemberID':'%d','canvasCount':0,%s'chatChannel':'" + CHAT + "','infoChannel':'" + INFO
            + "','hipchatURL':'https://x'},'eventChannel':'%s','eventType':'channelPvtData'}";

    private final RoomSetup setup = new RoomSetup("livearray-sync|livearray-json-status");
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final TestClient adas = new TestClient(setup.events, ada.cookie());
    private final TestClient bobs = new TestClient(setup.events, bob.cookie());

    @AfterEach
    void nobodySawAGap() {
        assertThat(adas.wrong).isEmpty();
        assertThat(bobs.wrong).isEmpty();
    }

    /// The order and the shapes of scenario `conference` of the reference server's recorded dialogues.
    @Test
    void tellsAJoinAndALeaveAsTheReferenceServerDoes() {
        Membership first = setup.join(ada.wants("3019", "moderator"));
        assertThat(adas.heard()).containsExactly(
                "{'pvtData':{'callID':'call-Ada','action':'conference-liveArray-join'," + joined("moderator", 1, "'modChannel':'" + MOD + "',", ada));
        listen(adas);
        assertThat(adas.heard()).containsExactly("{'data':{'action':'bootObj','name':'3019','wireSerno':-1,'data':[['call-Ada',"
                + row(1, "Ada", "false", "false", "false", "true", "FLOOR").replace("\"}'", "\",\"role\":\"moderator\"}'") // ours: who leads
                + "]]},'eventChannel':'" + LA + "','sessid':'session-Ada'}");

        Membership second = setup.join(bob.wants("3019"));
        String bobsRow = row(2, "Bob", "false", "false", "false", "false", "ACTIVE");
        assertThat(adas.heard()).containsExactly("{'data':{'action':'add','arrIndex':1,'name':'3019','hashKey':'call-Bob','wireSerno':2,'data':"
                + bobsRow + "},'eventChannel':'" + LA + "','eventSerno':0,'subscribedChannel':'" + LA + "'}");
        assertThat(bobs.heard()).containsExactly(
                "{'pvtData':{'callID':'call-Bob','action':'conference-liveArray-join'," + joined("participant", 2, "", bob));
        listen(bobs);
        bobs.heard();

        second.leave();
        setup.time.settle();
        String del = "{'data':{'name':'3019','action':'del','hashKey':'call-Bob','wireSerno':3,'data':" + bobsRow + "},'eventChannel':'" + LA
                + "','eventSerno':%d,'subscribedChannel':'" + LA + "'}";
        assertThat(adas.heard()).containsExactly(del.formatted(1));
        assertThat(bobs.heard()).containsExactly(
                del.formatted(0),
                "{'pvtData':{'callID':'call-Bob','action':'conference-liveArray-part'," + joined("participant", 2, "", bob));
        first.leave();
        setup.time.settle();
        assertThat(adas.heard()).satisfiesExactly(
                own -> assertThat(own).contains("'del'", "'wireSerno':4"), part -> assertThat(part).contains("conference-liveArray-part"));
    }

    @Test
    void clearsTheArrayForWhoeverStillListensWhenTheRoomEnds() {
        setup.events.subscribe(bobs.cookie, List.of("conference-liveArray"), channel -> true);
        Membership only = setup.join(ada.wants("3019"));

        only.leave();
        setup.time.settle();
        bobs.wrong.clear(); // it listens without being in the room
        setup.join(ada.wants("3019"));

        assertThat(bobs.heard()).satisfiesExactly(
                add -> assertThat(add).contains("'add'", "'wireSerno':1"),
                del -> assertThat(del).contains("'del'", "'wireSerno':2"),
                clear -> assertThat(clear).startsWith("{'data':{'action':'clear','name':'3019','wireSerno':-1,'data':{}}"),
                again -> assertThat(again).contains("'add'", "'wireSerno':1"));
        bobs.wrong.clear();
    }

    @ParameterizedTest
    @CsvSource({"moderator, true, true", "'', true, false"})
    void grantsAModeratorOneChannelMore(String flags, boolean sees, boolean moderates) {
        Membership membership = setup.join(ada.wants("3019", flags));

        assertThat(List.of(adas.may(LA), adas.may(CHAT), adas.may(INFO), adas.may(MOD))).containsExactly(sees, sees, sees, moderates);
        assertThat(List.of(bobs.may(LA), bobs.may(CHAT), bobs.may(INFO), bobs.may(MOD))).containsOnly(false);
        membership.leave();
        setup.time.settle();
        assertThat(List.of(adas.may(LA), adas.may(CHAT), adas.may(INFO), adas.may(MOD))).containsOnly(false);
    }

    @Test
    void whatAMemberSaysOfItselfLaterIsPushedIfItIsDifferent() {
        Membership only = setup.join(ada.wants("3019"));
        listen(adas);
        setup.time.advance(Duration.ofSeconds(1));
        adas.heard();

        only.describe(Map.of("email", "Ada@example.org"));
        only.describe(Map.of("email", "ada@new.example"));
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(adas.heard()).singleElement().satisfies(modify -> assertThat(modify)
                .contains("'action':'modify'", "'hashKey':'call-Ada'", "{'email':'ada@new.example'},null]"));
    }

    @Test
    void aSessionThatIsInTheRoomTwiceKeepsItsRightsUntilBothHaveLeft() {
        TestChannel screen = new TestChannel("Ada-screen", ada.cookie());
        Membership moderator = setup.join(ada.wants("3019", "moderator"));
        Membership other = setup.join(screen.wants("3019"));

        moderator.leave();
        setup.time.settle();
        assertThat(adas.may(CHAT)).isTrue();
        assertThat(adas.may(MOD)).isFalse();
        other.leave();
        setup.time.settle();

        assertThat(adas.may(CHAT)).isFalse();
    }

    @Test
    void saysNothingAtAllWithoutTheFlag() {
        RoomSetup silent = new RoomSetup("wait-mod");
        TestClient client = new TestClient(silent.events, ada.cookie());

        Membership membership = silent.join(ada.wants("3019", "moderator"));
        client.moderate(ROOM, "mute", "1");
        client.chat(ROOM, "hello");
        membership.announce();
        silent.time.settle();

        assertThat(client.heard()).isEmpty();
        assertThat(client.may(LA)).isFalse();
    }

    @Test
    void aTelephoneHasARowAndNobodyIsToldInPrivate() {
        setup.join(ada.wants("3019"));
        listen(adas);
        adas.heard();

        setup.join(new JoinRequest(bob, bob.media, "3019", "example.org", "default", "", bob.caller(), "PCMU@8000", "", Map.of(), Arrival.PLAIN));

        assertThat(adas.heard()).singleElement().asString()
                .contains("'data':['0002','1000','Bob','PCMU@8000','{", "}',{},null]");
        assertThat(setup.events.counters().get(io.jverto.switchboard.event.EventCount.EVENTS_UNADDRESSED)).isZero();
    }

    @Test
    void aMemberWithoutNameAndNumberHasEmptyTextsInItsRow() {
        CallerProfile nobody = new CallerProfile("", "", "", "", "3000", "default", "XML", "", "", "", "", "192.0.2.1", "mod_verto", "verto.rtc/3000");
        setup.join(new JoinRequest(ada, ada.media, "3019", "example.org", "default", "", nobody, "opus@48000", ada.cookie(), Map.of(), Arrival.PLAIN));
        listen(adas);

        assertThat(adas.heard()).last().asString().contains("[['call-Ada',['0001','','','opus@48000','{");
    }

    @Test
    void announcesAgainToAClientThatCameBack() {
        Membership membership = setup.join(ada.wants("3019"));
        setup.join(bob.wants("3019"));
        setup.events.detach(ada.cookie(), adas);
        TestClient again = new TestClient(setup.events, ada.cookie());

        membership.announce();
        setup.time.settle(); // a second wish would be one with the first while that one waits
        membership.announce();
        setup.time.settle();
        listen(again);

        assertThat(again.heard()).satisfiesExactlyInAnyOrder(
                join -> assertThat(join).contains("conference-liveArray-join"),
                join -> assertThat(join).contains("conference-liveArray-join"),
                boot -> assertThat(boot).contains("bootObj"));
        assertThat(again.rows).containsOnlyKeys("call-Ada", "call-Bob");
    }

    @Test
    void holdsChangesOfAMemberBackUntilAQuarterSecondAfterTheLast() {
        Membership membership = setup.join(ada.wants("3019"));
        listen(adas);
        adas.heard();

        for (int i = 0; i < 20; i++) {
            membership.talking(i % 2 == 0);
            setup.time.advance(Duration.ofMillis(50));
        }
        membership.talking(true);
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(adas.takeModifies()).isBetween(2, 6);
        assertThat(adas.heard()).last().asString().contains("\"talking\":true", "TALKING (FLOOR)");
    }

    @Test
    void whoTalksAgainJustAfterHeStoppedIsSeenToAtOnce() {
        Membership membership = setup.join(ada.wants("3019"));
        listen(adas);
        membership.talking(true);
        setup.time.advance(Duration.ofSeconds(2));
        adas.heard();

        membership.talking(false);
        setup.time.advance(Duration.ofMillis(1));
        assertThat(adas.heard()).last().asString().contains("\"talking\":false");
        membership.talking(true);
        setup.time.advance(Duration.ofMillis(1));

        assertThat(adas.heard()).last().asString().contains("\"talking\":true");
    }

    @Test
    void saysNothingWhenAllIsAsItWas() {
        Membership membership = setup.join(ada.wants("3019"));
        listen(adas);
        adas.heard();

        membership.talking(true);
        membership.talking(false);
        setup.time.advance(Duration.ofSeconds(2));

        assertThat(adas.heard()).isEmpty();
    }

    @Test
    void givesTheFloorToWhoTalksWhenItsHolderIsSilent() {
        Membership first = setup.join(ada.wants("3019"));
        Membership second = setup.join(bob.wants("3019"));
        listen(adas);
        first.talking(true);
        second.talking(true);
        setup.time.advance(Duration.ofSeconds(1));
        assertThat(statuses()).containsExactly("TALKING (FLOOR)", "TALKING");

        first.talking(false);
        setup.time.advance(Duration.ofSeconds(1));
        assertThat(statuses()).containsExactly("ACTIVE", "TALKING (FLOOR)");
        second.leave();
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(statuses()).containsExactly("FLOOR");
    }

    @Test
    void everybodySeesWhoLeadsTheRoom() {
        setup.join(ada.wants("3019"));
        listen(adas);
        setup.join(bob.wants("3019", "moderator"));
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(adas.rows.values()).map(io.jverto.testkit.json.JsonText::of).satisfiesExactly(
                row -> assertThat(row).doesNotContain("role"),
                row -> assertThat(row).contains("\"oldStatus\":\"ACTIVE\",\"role\":\"moderator\"}"));
    }

    @Test
    void showsMuteByDigitAndWhoIsMutedDoesNotTalk() {
        Membership membership = setup.join(ada.wants("3019"));
        listen(adas);
        membership.talking(true);
        membership.dtmf('0');
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(adas.heard()).last().asString().contains("\"muted\":true", "\"talking\":false", "\"oldStatus\":\"MUTE\"");
        membership.dtmf('0');
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(statuses()).containsExactly("TALKING (FLOOR)");
    }

    @Test
    void echoesChatToEverybodyWithTheSendersName() {
        setup.join(ada.wants("3019"));
        setup.join(bob.wants("3019"));
        adas.subscribe(CHAT);
        bobs.subscribe(CHAT);
        adas.heard();
        bobs.heard();

        bobs.chat(ROOM, "hello");
        bobs.chat("9999@example.org", "nobody is there");

        String echo = "{'data':{'direction':'outbound','message':'hello','fromDisplay':'session-Bob','from':'session-Bob@example.org',"
                + "'type':'message'},'eventChannel':'" + CHAT + "','eventSerno':0,'subscribedChannel':'" + CHAT + "'}";
        assertThat(adas.heard()).containsExactly(echo);
        assertThat(bobs.heard()).containsExactly(echo);
    }

    @Test
    void showsWhatAModeratorDidBeforeTheAnswer() {
        moderated();

        adas.moderate(ROOM, "tmute", "0002");
        setup.time.settle();

        assertThat(adas.heard()).satisfiesExactly(
                modify -> assertThat(modify).contains("'modify'", "'hashKey':'call-Bob'", "\"muted\":true"),
                answer -> assertThat(answer).isEqualTo("{'data':{'action':'response','conf-command':'3019 tmute 2','response':'+OK mute 2\\n'},"
                        + "'eventChannel':'" + MOD + "','eventSerno':0,'subscribedChannel':'" + MOD + "'}"));
        assertThat(bob.media.route()).isEqualTo(
                new AudioRoute.Mix(setup.media.mixers.getLast(), true, false, 0, 0, 0, false, Set.of(), Optional.empty(), VoiceRules.NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "mute; '+OK mute 2'", "unmute; '+OK unmute 2'", "deaf; '+OK deaf 2'", "UNDEAF; '+OK undeaf 2'",
        "volume_in; '+OK Volume IN 2 = 1'", "volume_out; '+OK Volume OUT 2 = 1'", "kick; '+OK kicked 2'"
    })
    void obeysAModerator(String command, String reply) {
        moderated();

        adas.moderate(ROOM, command, JsonNumber.of(2), new JsonArray(List.of(JsonNumber.of(7), new JsonString("up"))));
        setup.time.settle();

        assertThat(adas.heard()).last().asString().contains("'response':'" + reply + "\\n'");
    }

    @Test
    void setsVolumesInTheMixerWithinTheirBounds() {
        moderated();

        adas.moderate(ROOM, "volume_in", new JsonString("2"), new JsonString("-99"));
        adas.moderate(ROOM, "volume_out", new JsonString("2"), new JsonString("3"));
        setup.time.settle();

        assertThat(bob.media.route()).isEqualTo(
                new AudioRoute.Mix(setup.media.mixers.getLast(), false, false, -4, 3, 0, false, Set.of(), Optional.empty(), VoiceRules.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-videoLayouts", "canvasInfo"})
    void hasNeitherLayoutsNorCanvases(String command) {
        moderated();

        adas.moderate(ROOM, command, JsonLiteral.NULL, JsonLiteral.NULL);
        setup.time.settle();

        assertThat(adas.heard()).singleElement().asString()
                .startsWith("{'data':{'action':'response','conf-command':'" + command + "','response':'OK','responseData':[]},");
    }

    @Test
    void aModeratorLocksTheRoomAndOpensItAgain() {
        moderated();

        adas.moderate(ROOM, "lock", JsonLiteral.NULL, JsonLiteral.NULL);
        setup.time.settle();
        assertThat(adas.heard()).singleElement().asString()
                .startsWith("{'data':{'action':'response','conf-command':'3019 lock','response':'+OK 3019 locked\\n'},");
        assertThat(setup.api("3019@example.org get is_locked")).isEqualTo("locked");

        adas.moderate(ROOM, "unlock", JsonLiteral.NULL, JsonLiteral.NULL);
        setup.time.settle();
        assertThat(setup.api("3019@example.org get is_locked")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"denoise", "pin", "list", "''", "click-layer"})
    void doesNotKnowOtherCommands(String command) {
        moderated();

        adas.moderate(ROOM, command, "2");
        setup.time.settle();

        assertThat(adas.heard()).singleElement().asString().startsWith("{'data':{'action':'response','error':'Invalid Command'},");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "all", "", "-1", "99999999999999999999", "last"})
    void findsNobodyUnderOtherIds(String id) {
        moderated();

        adas.moderate(ROOM, "kick", id);
        setup.time.settle();

        assertThat(adas.heard()).singleElement().asString().contains("'-ERR Non-Existant ID ");
        assertThat(bob.hangups).isEmpty();
    }

    @Test
    void s10ObeysNobodyElseWhateverItsListAllows() {
        moderated();
        bobs.heard();

        bobs.moderate(ROOM, "kick", "1");
        setup.time.settle();

        assertThat(ada.hangups).isEmpty();
        assertThat(bobs.heard()).containsExactly(
                "{'data':{'action':'response','error':'Permission Denied'},'eventChannel':'" + MOD + "'}");
        assertThat(adas.heard()).isEmpty();
        assertThat(setup.conferences.counters().get(ConferenceCount.MODERATION_DENIED)).isEqualTo(1);
    }

    @Test
    void tellsAKickedMemberThatItIsOutAndNothingAfterwards() {
        moderated();
        listen(bobs);
        bobs.heard();

        adas.moderate(ROOM, "kick", "2");
        setup.time.settle();
        adas.chat(ROOM, "he is gone");

        assertThat(bobs.heard()).satisfiesExactly(
                del -> assertThat(del).contains("'del'"), part -> assertThat(part).contains("conference-liveArray-part"));
    }

    @Test
    void s39KeepsRowsSmallWhateverAClientSaysOfItself() {
        Map<String, String> much = new java.util.TreeMap<>(Map.of("email", "a@b", "huge", "x".repeat(100_000)));
        for (int i = 0; i < 500; i++) {
            much.put("v" + i, "y");
        }
        setup.join(new JoinRequest(ada, ada.media, "3019", "example.org", "default", "", ada.caller(), "opus@48000", ada.cookie(), much, Arrival.PLAIN));

        listen(adas);

        assertThat(adas.heard()).last().asString().contains("'email':'a@b'").hasSizeLessThan(10_000);
    }

    private void moderated() {
        setup.join(ada.wants("3019", "moderator"));
        setup.join(bob.wants("3019"));
        listen(adas);
        adas.subscribe(MOD);
        setup.time.advance(Duration.ofSeconds(1));
        adas.heard();
    }

    private static void listen(TestClient client) {
        client.subscribe(LA, CHAT, INFO);
        client.bootstrap(ROOM);
    }

    private List<String> statuses() {
        return adas.rows.values().stream()
                .map(io.jverto.testkit.json.JsonText::of)
                .map(row -> row.replaceAll(".*\"oldStatus\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static String joined(String role, int id, String modChannel, TestChannel channel) {
        return PRIVATE.formatted(role, id, modChannel, channel.cookie());
    }

    private static String row(int id, String name, String muted, String deaf, String talking, String floor, String words) {
        return "['000" + id + "','1000','" + name + "','opus@48000','{\"audio\":{\"muted\":" + muted + ",\"deaf\":" + deaf
                + ",\"onHold\":false,\"talking\":" + talking + ",\"floor\":" + floor + ",\"energyScore\":0},\"video\":false,\"oldStatus\":\"" + words
                + "\"}',{'email':'" + name + "@example.org'},null]";
    }
}
