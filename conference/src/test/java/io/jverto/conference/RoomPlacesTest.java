package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where members are heard in stereo (conference.md section 12).
class RoomPlacesTest {
    private static final String ROOM = "3000@y";
    private static final String MOD = "conference-mod." + ROOM;
    private final RoomSetup setup = stereo();
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final TestChannel cy = new TestChannel("Cy");
    private final TestChannel dee = new TestChannel("Dee");

    @Test
    void aPositionIsSetAskedForAndTold() {
        setup.join(ada.wants("3000"));
        setup.watch();

        assertThat(setup.api("3000 position 1")).isEqualTo("+OK Position 1 = 0.00:0.00:0.00\n");
        assertThat(place(ada)).isEmpty();
        assertThat(setup.api("3000 position 1 -0.5:0:-1")).isEqualTo("+OK Position 1 = -0.50:0.00:-1.00\n");
        assertThat(setup.api("3000 position 1")).isEqualTo("+OK Position 1 = -0.50:0.00:-1.00\n");

        assertThat(place(ada)).contains(new Position(-0.5, 0, -1));
        assertThat(setup.told).singleElement().satisfies(event -> {
            assertThat(event.header("Action")).contains("set-position-member");
            assertThat(event.header("Position")).contains("-0.50:0.00:-1.00");
            assertThat(event.header("Member-ID")).contains("1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:0", "left", "1:2:3:4", "1e5:0:0", "NaN:0:0", "1:0:", "::"})
    void whatIsNoPositionChangesNothing(String text) {
        setup.join(ada.wants("3000"));
        setup.api("3000 position 1 1:0:0");

        assertThat(setup.api("3000 position 1 " + text)).isEqualTo("-ERR invalid input!\n");

        assertThat(place(ada)).contains(new Position(1, 0, 0));
    }

    @Test
    void aMonoRoomHasNoPlaces() {
        RoomSetup mono = RoomSetup.with("rate", "48000", "channels", "1", "conference-flags", "auto-3d-position", "member-flags", "positional");
        for (TestChannel channel : new TestChannel[] {ada, bob, cy}) {
            mono.join(channel.wants("3000", "", TestChannel.with(Map.of("conference_position", "1:0:0"))));
        }

        assertThat(mono.api("3000 position 1 1:0:0")).isEqualTo("-ERR Positional audio not avalilable 1\n");
        assertThat(mono.api("3000 position 1")).isEqualTo("-ERR Positional audio not avalilable 1\n");
        assertThat(mono.api("3000 auto-3d-position on")).isEqualTo("-ERR Positional audio not avalilable 1\n");
        assertThat(place(ada)).isEmpty();
    }

    @Test
    void aMemberComesInAtThePlaceThatItsChannelNames() {
        setup.join(ada.wants("3000", "", TestChannel.with(Map.of("conference_position", "0.25:0:-1"))));
        setup.join(bob.wants("3000", "", TestChannel.with(Map.of("conference_position", "somewhere"))));
        setup.join(cy.wants("3000", "positional"));
        setup.join(dee.wants("3000", "no-positional", TestChannel.with(Map.of("conference_position", "1:0:0"))));

        assertThat(place(ada)).contains(new Position(0.25, 0, -1));
        assertThat(place(bob)).isEmpty();
        assertThat(place(cy)).contains(Position.CENTRE);
        assertThat(place(dee)).isEmpty();
        assertThat(setup.api("3000 position 4 1:0:0")).isEqualTo("-ERR Positional audio not avalilable 2\n");
    }

    @Test
    void theArcIsArrangedAnewAsMembersComeAndGo() {
        RoomSetup setup = stereo("conference-flags", "auto-3d-position");
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        setup.time.settle();
        assertThat(place(ada)).contains(Position.CENTRE);
        assertThat(place(bob)).contains(Position.CENTRE);

        Membership cys = setup.join(cy.wants("3000"));
        setup.time.settle();
        assertThat(place(cy)).as("who came last").contains(Position.inFront(-90));
        assertThat(place(bob)).contains(Position.inFront(0));
        assertThat(place(ada)).contains(Position.inFront(90));

        cys.leave();
        setup.time.settle();
        assertThat(place(ada)).contains(Position.CENTRE);
    }

    @Test
    void theArcIsForThoseWhoMaySpeak() {
        RoomSetup setup = stereo("conference-flags", "auto-3d-position");
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));
        Membership dees = setup.join(dee.wants("3000"));
        setup.join(new TestChannel("Eve").wants("3000", "no-positional"));
        setup.time.settle();
        assertThat(place(cy)).contains(Position.inFront(-30));

        setup.api("3000 mute 2");
        assertThat(place(cy)).contains(Position.inFront(0));
        setup.api("3000 unmute 2");
        assertThat(place(cy)).contains(Position.inFront(-30));
        setup.api("3000 hold 1");
        assertThat(place(bob)).contains(Position.inFront(90));
        setup.api("3000 unhold 1");
        dees.held(true);
        setup.time.settle();
        assertThat(place(cy)).contains(Position.inFront(-90));
        dees.held(false);
        setup.time.settle();
        assertThat(place(dee)).contains(Position.inFront(-90));
    }

    @Test
    void aPlaceGivenByHandLastsUntilTheNextArrangement() {
        RoomSetup setup = stereo("conference-flags", "auto-3d-position");
        setup.join(ada.wants("3000"));
        Membership bobs = setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));
        setup.api("3000 position 1 0:0:1");
        bobs.talking(true);
        setup.time.settle();
        assertThat(place(ada)).contains(new Position(0, 0, 1));

        setup.api("3000 deaf 3");

        assertThat(place(ada)).contains(Position.inFront(90));
    }

    @Test
    void theArcIsSwitchedOnAndOffByCommand() {
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));
        setup.join(cy.wants("3000"));
        assertThat(setup.api("3000 auto-3d-position")).isEqualTo("+OK positioning off\n");

        assertThat(setup.api("3000 auto-3d-position on").lines().map(line -> line.replaceAll("\\(.*\\)", "()"))).containsExactly(
                "Member 3 () -1.00:0.00:0.00", "Member 2 () 0.00:0.00:-1.00", "Member 1 () 1.00:0.00:0.00", "+OK positioning on");
        assertThat(setup.api("3000 auto-3d-position off")).isEqualTo("+OK positioning off\n");
        assertThat(setup.api("3000 auto-3d-position sideways")).isEqualTo("-ERR invalid input!\n");

        setup.api("3000 mute 3");
        assertThat(place(bob)).as("off leaves all where they are").contains(Position.inFront(0));
    }

    @Test
    void aSoundIsPlayedAtThePlaceThatItsNameSays() {
        setup.join(ada.wants("3000"));

        setup.api("3000 play {vol=-3,position=0.5:0:-1}tone_stream://%(1000,0,500)");

        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1000,0,500)"));
        assertThat(setup.mixer().sounds.getLast().how.position()).contains(new Position(0.5, 0, -1));
        assertThat(setup.mixer().sounds.getLast().how.decibels()).isEqualTo(-3);
    }

    @Test
    void aModeratorsClientPlacesAnyMember() {
        RoomSetup setup = stereo("conference-flags", "livearray-sync");
        TestClient adas = new TestClient(setup.events, ada.cookie());
        setup.join(ada.wants("3000", "moderator"));
        setup.join(bob.wants("3000"));
        adas.subscribe(MOD);
        adas.heard();

        adas.moderate(ROOM, "position", new JsonNumber("2"), new JsonString("0.7:0:-0.7"));
        setup.time.settle();

        assertThat(place(bob)).contains(new Position(0.7, 0, -0.7));
        assertThat(adas.heard()).singleElement().asString().contains("+OK Position 2 = 0.70:0.00:-0.70");
    }

    @Test
    void aMembersClientPlacesItselfAndNobodyElseWhereTheProfileAllowsIt() {
        RoomSetup setup = stereo("conference-flags", "livearray-sync", "own-position", "true");
        TestClient bobs = new TestClient(setup.events, bob.cookie());
        setup.join(ada.wants("3000", "moderator"));
        setup.join(bob.wants("3000"));
        bobs.heard();

        bobs.asks(ROOM, "position", new JsonNumber("2"), new JsonString("-1:0:0"));
        setup.time.settle();
        assertThat(place(bob)).contains(new Position(-1, 0, 0));
        assertThat(bobs.heard()).singleElement().asString().contains("+OK Position 2 = -1.00:0.00:0.00");
        bobs.asks(ROOM, "position", new JsonNumber("1"), new JsonString("-1:0:0"));
        bobs.asks(ROOM, "position", new JsonString("all"), new JsonString("-1:0:0"));
        bobs.asks(ROOM, "mute", new JsonNumber("2"), new JsonString(""));
        setup.time.settle();

        assertThat(bobs.heard()).hasSize(2).allSatisfy(told -> assertThat(told).contains("Permission Denied"));
        assertThat(place(ada)).isEmpty();
        assertThat(((AudioRoute.Mix) bob.media.route()).muted()).isFalse();
    }

    @Test
    void aMembersClientMayNotPlaceItselfUnlessTheProfileSaysSo() {
        RoomSetup setup = stereo("conference-flags", "livearray-sync");
        TestClient bobs = new TestClient(setup.events, bob.cookie());
        setup.join(ada.wants("3000", "moderator"));
        setup.join(bob.wants("3000"));
        bobs.heard();

        bobs.asks(ROOM, "position", new JsonNumber("2"), new JsonString("-1:0:0"));
        setup.time.settle();

        assertThat(bobs.heard()).singleElement().asString().contains("Permission Denied");
        assertThat(place(bob)).isEmpty();
    }

    private static RoomSetup stereo(String... params) {
        String[] all = new String[params.length + 6];
        System.arraycopy(new String[] {"rate", "48000", "channels", "2", "domain", "y"}, 0, all, 0, 6);
        System.arraycopy(params, 0, all, 6, params.length);
        return RoomSetup.with(all);
    }

    private static Optional<Position> place(TestChannel channel) {
        return ((AudioRoute.Mix) channel.media.route()).position();
    }
}
