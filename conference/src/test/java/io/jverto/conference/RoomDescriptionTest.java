package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.event.EventHandler.Sender;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The channel `conference.<name>`.
class RoomDescriptionTest {
    private static final String CHANNEL = "conference.3000@example.org";
    private static final String ADA = "{'entity':'1000@example.org','displayText':'Ada','status':'%s','joinTime':'2026-01-01T00:00:00+00:00','memberId':'1'}";
    private static final String BOB = "{'entity':'1000@example.org','displayText':'Bob','status':'%s','joinTime':'2026-01-01T00:00:10+00:00','memberId':'2'}";

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @Test
    void tellsWhoeverAsksWhoIsThereAndWhoWas() {
        RoomSetup setup = new RoomSetup("");
        TestClient viewer = viewer(setup);
        setup.join(ada.wants("3000"));
        setup.time.advance(Duration.ofSeconds(10));
        Membership seat = setup.join(bob.wants("3000"));
        seat.leave();
        setup.time.settle();

        ask(setup, viewer, CHANNEL, "bootstrap");

        assertThat(viewer.heard()).containsExactly("{'eventChannel':'" + CHANNEL + "','data':{'entity':'3000@example.org',"
                + "'conferenceDescription':'jverto Conference','conferenceState':'active','userCount':'1','users':[" + ADA.formatted("connected")
                + "],'oldUsers':[" + BOB.formatted("disconnected") + "],'action':'conferenceDescription'},'x':'y','userid':'viewer@example.org',"
                + "'sessid':'viewer','fromDisplay':'viewer'}");
    }

    @Test
    void aRoomThatIsNotThereIsInactiveAndOtherActionsAreErrors() {
        RoomSetup setup = new RoomSetup("");
        TestClient viewer = viewer(setup);

        ask(setup, viewer, CHANNEL, "bootstrap");
        ask(setup, viewer, CHANNEL, "destroy");

        assertThat(viewer.heard()).satisfiesExactly(
                unknown -> assertThat(unknown).contains("'data':{'conferenceDescription':'jverto Conference','conferenceState':'inactive',"
                        + "'users':[],'oldUsers':[],'action':'conferenceDescription'}"),
                wrong -> assertThat(wrong).contains("'data':{'error':'Invalid action','action':'conferenceDescription'}"));
    }

    @Test
    void withJsonEventsEveryJoinAndLeaveIsToldAndManyAtOnceAsOne() {
        RoomSetup setup = new RoomSetup("json-events");
        TestClient viewer = viewer(setup);

        Membership first = setup.join(ada.wants("3000"));
        assertThat(viewer.heard()).singleElement().satisfies(told -> assertThat(told)
                .contains("'userCount':'1','users':[" + ADA.formatted("connected") + "],'oldUsers':[]},'eventChannel':'" + CHANNEL + "','eventSerno':0")
                .doesNotContain("'action'"));

        setup.time.advance(Duration.ofSeconds(10));
        Membership second = setup.join(bob.wants("3000"));
        assertThat(viewer.heard()).singleElement().satisfies(told -> assertThat(told).contains("'userCount':'2'"));
        second.leave();
        setup.time.settle();
        assertThat(viewer.heard()).isEmpty();
        setup.time.advance(Duration.ofMillis(250));
        assertThat(viewer.heard()).singleElement().satisfies(told ->
                assertThat(told).contains("'userCount':'1'", "'oldUsers':[" + BOB.formatted("disconnected") + "]"));

        first.leave();
        setup.time.settle();
        assertThat(viewer.heard()).singleElement().satisfies(told ->
                assertThat(told).contains("'conferenceState':'inactive','userCount':'0','users':[]", ADA.formatted("disconnected")));
    }

    @Test
    void withoutJsonEventsNothingIsToldUnasked() {
        RoomSetup setup = new RoomSetup("livearray-sync");
        TestClient viewer = viewer(setup);

        setup.join(ada.wants("3000")).leave();
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(viewer.heard()).isEmpty();
    }

    @Test
    void s8WhoAsksTooOftenGetsNoAnswer() {
        RoomSetup setup = new RoomSetup("");
        TestClient viewer = viewer(setup);
        setup.join(ada.wants("3000"));

        for (int i = 0; i < 25; i++) {
            ask(setup, viewer, CHANNEL, "bootstrap");
        }
        assertThat(viewer.heard()).hasSize(20);
        assertThat(setup.conferences.counters().get(ConferenceCount.DESCRIPTIONS_DROPPED)).isEqualTo(5);

        setup.time.advance(Duration.ofSeconds(1));
        ask(setup, viewer, CHANNEL, "bootstrap");
        assertThat(viewer.heard()).hasSize(1);
    }

    @Test
    void ofThoseWhoLeftAHundredAreRemembered() {
        RoomSetup setup = new RoomSetup("");
        TestClient viewer = viewer(setup);
        setup.join(ada.wants("3000"));
        for (int i = 0; i < 105; i++) {
            setup.join(new TestChannel("guest" + i).wants("3000")).leave();
            setup.time.settle();
        }

        ask(setup, viewer, CHANNEL, "bootstrap");

        assertThat(viewer.heard()).singleElement().satisfies(told -> assertThat(told.split("'disconnected'")).hasSize(101));
    }

    private static TestClient viewer(RoomSetup setup) {
        TestClient viewer = new TestClient(setup.events, "viewer");
        setup.events.subscribe(viewer.cookie, List.of(CHANNEL), _ -> true);
        return viewer;
    }

    private static void ask(RoomSetup setup, TestClient viewer, String channel, String action) {
        JsonValue data = new JsonObjectBuilder().put("action", action).build();
        JsonObject params = new JsonObjectBuilder().put("eventChannel", channel).put("data", data).put("x", "y").build();
        setup.events.broadcast(new Sender(viewer.cookie, viewer.cookie + "@example.org", viewer.cookie), channel, params, false);
        setup.time.settle();
    }
}
