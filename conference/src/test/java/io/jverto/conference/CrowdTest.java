package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ConferenceService.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A room of 1,000, and what comes late to a room.
class CrowdTest {
    private static final String ROOM = "3000@example.org";
    private static final int SIZE = 1_000;

    private final RoomSetup setup = new RoomSetup("livearray-sync");

    @Test
    void talkIsSeenWithinAQuarterOfASecondAndACrowdThatChangesAllAtOnceDrownsNobody() {
        TestClient client = new TestClient(setup.events, "session-watch");
        Membership watching = setup.join(new TestChannel("watch").wants("3000"));
        client.subscribe("conference-liveArray." + ROOM);
        client.bootstrap(ROOM);
        List<Membership> crowd = new ArrayList<>();
        for (int i = 1; i < SIZE; i++) {
            crowd.add(setup.join(new TestChannel("m" + i, "").wants("3000")));
        }
        setup.time.advance(Duration.ofSeconds(5));
        client.takeModifies();

        crowd.get(500).talking(true);
        setup.time.advance(Duration.ofMillis(250));
        assertThat(client.takeModifies()).as("the talker, and who had the floor").isBetween(1, 2);

        crowd.forEach(member -> member.talking(true));
        setup.time.advance(Duration.ofSeconds(1));
        assertThat(client.takeModifies()).isBetween(100, 2 * RoomEvents.MAX_DELIVERIES / SIZE + 1);
        setup.time.advance(Duration.ofSeconds(12));

        assertThat(client.takeModifies()).isGreaterThan(700);
        assertThat(client.rows).hasSize(SIZE);
        assertThat(client.rows.values().stream().filter(row -> row.toString().contains("TALKING")).count()).isEqualTo(SIZE - 1);
        assertThat(client.wrong).isEmpty();
        watching.leave();
    }

    @Test
    void aTalkFlagReachesEverybodyWithinAQuarterSecondOfItsChange() {
        TestClient client = new TestClient(setup.events, "session-watch");
        setup.join(new TestChannel("watch").wants("3000"));
        client.subscribe("conference-liveArray." + ROOM);
        client.bootstrap(ROOM);
        List<Membership> members = new ArrayList<>();
        boolean[] talks = new boolean[20];
        long[] sinceMillis = new long[talks.length];
        for (int i = 0; i < talks.length; i++) {
            members.add(setup.join(new TestChannel("m" + i, "").wants("3000")));
        }
        Random random = new Random(9);
        long now = 1_000;
        for (int turn = 0; turn < 400; turn++) {
            int who = random.nextInt(talks.length);
            talks[who] = !talks[who];
            sinceMillis[who] = now;
            members.get(who).talking(talks[who]);
            int wait = 1 + random.nextInt(60);
            setup.time.advance(Duration.ofMillis(wait));
            now += wait;
            for (int i = 0; i < talks.length; i++) {
                if (now - sinceMillis[i] >= 250) {
                    assertThat(client.rows.get("call-m" + i).toString().contains("TALKING")).as("turn %d, member %d", turn, i).isEqualTo(talks[i]);
                }
            }
        }
    }

    @Test
    void whoComesLateIsToldWhatWasSaidAndOnlyTheLastOfMuch() {
        TestClient early = new TestClient(setup.events, "session-Ada");
        setup.join(new TestChannel("Ada").wants("3000"));
        for (int i = 0; i < ChatHistory.MAX_MESSAGES + 20; i++) {
            early.chat(ROOM, "message " + i);
        }
        TestClient late = new TestClient(setup.events, "session-Bob");
        setup.join(new TestChannel("Bob").wants("3000"));
        late.subscribe("conference-chat." + ROOM);
        late.heard();

        late.askForHistory(ROOM);

        assertThat(late.heard()).singleElement().satisfies(event -> {
            assertThat(event).contains("'action':'history'").contains("'message 20'").contains("'message 119'").doesNotContain("'message 19'");
            assertThat(event).contains("'from':'session-Ada@example.org'");
        });
        assertThat(early.heard()).noneMatch(event -> event.contains("history"));
        for (int i = 0; i < 100; i++) {
            late.askForHistory(ROOM);
        }
        assertThat(late.heard()).hasSizeLessThan(20);
    }

    @Test
    void whoIsNotInTheRoomIsToldNothingOfWhatWasSaid() {
        TestClient early = new TestClient(setup.events, "session-Ada");
        setup.join(new TestChannel("Ada").wants("3000"));
        early.chat(ROOM, "between us");
        TestClient stranger = new TestClient(setup.events, "session-Eve");

        stranger.askForHistory(ROOM);

        assertThat(stranger.heard()).noneMatch(event -> event.contains("between us"));
    }
}
