package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is on which line of whose gallery (docs/protocol/verto-extensions.md, gallery).
class RoomGalleryTest {
    private static final String ROOM = "3000@y";
    private final RoomSetup setup = RoomSetup.with("conference-flags", "livearray-sync", "domain", "y");
    private final TestChannel ada = new TestChannel("Ada");
    private final TestClient client = new TestClient(setup.events, ada.cookie());
    private final List<TestChannel> others = List.of(new TestChannel("Bob"), new TestChannel("Cy"), new TestChannel("Dee"));
    private final List<Membership> seats = new ArrayList<>();

    private static VideoPlan plan(VideoCodec codec, String mid, boolean receiving) {
        return new VideoPlan(new VideoFormat(codec, 96), 97, VideoPlan.Feedback.ALL, VideoPlan.Extensions.NONE, mid, 0, 0, true, receiving);
    }

    private static List<GalleryLine> lines(int count) {
        List<GalleryLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(new GalleryLine(i, plan(VideoCodec.VP8, "g" + i, false)));
        }
        return lines;
    }

    @BeforeEach
    void allHaveCameras() {
        ada.media.video = Optional.of(plan(VideoCodec.VP8, "1", true));
        others.forEach(channel -> channel.media.video = Optional.of(plan(VideoCodec.VP8, "1", true)));
    }

    private void join(int lines) {
        ada.media.gallery = lines(lines);
        setup.join(ada.wants("3000"));
        others.forEach(channel -> seats.add(setup.join(channel.wants("3000"))));
        client.heard();
    }

    private void opens(int... first) {
        client.gallery(ROOM, ada.id().value(), first);
        setup.time.settle();
    }

    /// Whose media are on which line, by name.
    private Map<Integer, String> seen() {
        Map<Integer, String> names = new HashMap<>();
        ada.media.members.forEach((line, tile) -> others.stream().filter(one -> one.media == tile.member()).forEach(one -> names.put(line, one.caller().callerName())));
        return names;
    }

    @Test
    void eachMemberIsOnALineOfItsOwnAndTheClientIsToldWhich() {
        join(4);
        assertThat(ada.media.shown).as("what all see, before it asks").isPresent();

        opens();

        assertThat(seen()).isEqualTo(Map.of(0, "Bob", 1, "Cy", 2, "Dee"));
        assertThat(ada.media.shown).as("instead of what all see").isEmpty();
        assertThat(others.getFirst().media.shown).as("others see the floor").contains(ada.media);
        assertThat(client.heard()).singleElement().asString()
                .contains("'eventChannel':'conference-info.3000@y'", "'contentType':'gallery'", "'mid':'g0','memberID':2", "'mid':'g2','memberID':4");
    }

    @Test
    void whoLeavesFreesItsLineForTheNextAndTheOthersStayWhereTheyAre() {
        join(4);
        opens();
        client.heard();

        seats.getFirst().leave();
        setup.time.settle();
        assertThat(seen()).isEqualTo(Map.of(1, "Cy", 2, "Dee"));
        assertThat(client.heard()).filteredOn(told -> told.contains("gallery")).singleElement().asString().doesNotContain("g0");

        setup.join(others.getFirst().wants("3000"));
        assertThat(seen()).isEqualTo(Map.of(0, "Bob", 1, "Cy", 2, "Dee"));
    }

    @Test
    void whereThereAreFewerLinesThanMembersWhoTalksLongEnoughTakesTheLineOfWhoWasSilentLongest() {
        join(2);
        opens();
        assertThat(seen()).isEqualTo(Map.of(0, "Bob", 1, "Cy"));
        seats.get(0).talking(true);
        setup.time.advance(Duration.ofSeconds(5));
        seats.get(0).talking(false);

        seats.get(2).talking(true);
        setup.time.advance(Duration.ofMillis(700));
        assertThat(seen()).as("a cough").containsValue("Cy");
        setup.time.advance(Duration.ofMillis(200));

        assertThat(seen()).isEqualTo(Map.of(0, "Bob", 1, "Dee"));
        seats.get(2).talking(false);
        setup.time.advance(Duration.ofSeconds(10));
        assertThat(seen()).as("nobody else talks").isEqualTo(Map.of(0, "Bob", 1, "Dee"));
    }

    @Test
    void whoHasJustComeOnALineIsNotTakenAwayAtOnce() {
        join(1);
        opens();
        setup.time.advance(Duration.ofSeconds(5));
        seats.get(1).talking(true);
        setup.time.advance(Duration.ofSeconds(1));
        assertThat(seen()).containsValue("Cy");
        seats.get(1).talking(false);

        seats.get(2).talking(true);
        setup.time.advance(Duration.ofSeconds(2));
        assertThat(seen()).containsValue("Cy");
        setup.time.advance(Duration.ofSeconds(1));
        assertThat(seen()).containsValue("Dee");
    }

    @Test
    void whoIsWantedIsSeenWhoeverTalks() {
        join(1);
        opens(4);
        assertThat(seen()).isEqualTo(Map.of(0, "Dee"));

        seats.getFirst().talking(true);
        setup.time.advance(Duration.ofSeconds(10));
        assertThat(seen()).isEqualTo(Map.of(0, "Dee"));

        opens(3);
        assertThat(seen()).as("another one is wanted").isEqualTo(Map.of(0, "Cy"));
    }

    @Test
    void nobodyIsThereWhoIsNotSeenOrHasAnotherCodec() {
        others.get(1).media.video = Optional.of(plan(VideoCodec.H264, "1", true));
        join(4);
        opens();
        assertThat(seen()).isEqualTo(Map.of(0, "Bob", 1, "Dee"));

        setup.api("3000 vmute 2");
        assertThat(seen()).isEqualTo(Map.of(1, "Dee"));
        setup.api("3000 vblind 1");
        assertThat(seen()).isEmpty();
    }

    @Test
    void placesAreAsHighAsTheClientSays() {
        join(4);
        opens(3);

        assertThat(ada.media.members.get(0).height()).as("who is wanted comes first, and is large").isEqualTo(700);
        assertThat(ada.media.members.get(1).height()).isEqualTo(180);
    }

    @Test
    void aGalleryIsClosedAndTheMemberSeesWhatAllSeeAgain() {
        join(2);
        opens();

        client.noGallery(ROOM, ada.id().value());
        setup.time.settle();

        assertThat(seen()).isEmpty();
        assertThat(ada.media.shown).isPresent();
    }

    @Test
    void aClientAsksForItsOwnCallAlone() {
        join(2);

        client.gallery(ROOM, others.getFirst().id().value());
        setup.time.settle();

        assertThat(others.getFirst().media.members).isEmpty();
        assertThat(client.heard()).singleElement().asString().contains("Permission Denied");
    }
}
