package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many people come, talk, mute, moderate, lose their connection and go in random order: every client's copy of the live array is right at
/// every rest, no serial is ever missing, and who has left hears nothing.
class RoomEventsPropertyTest {
    private static final String ROOM = "3000@example.org";
    private static final int PEOPLE = 25;
    private static final int TURNS = 1_500;

    private final RoomSetup setup = new RoomSetup("livearray-sync");
    private final List<Person> people = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyCopyStaysTrue(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PEOPLE; i++) {
            people.add(new Person("p" + i));
        }

        for (int turn = 0; turn < TURNS; turn++) {
            people.get(random.nextInt(PEOPLE)).act(random);
            if (random.nextInt(4) == 0) {
                setup.time.advance(Duration.ofMillis(random.nextInt(200)));
            }
            if (turn % 100 == 99) {
                setup.time.advance(Duration.ofSeconds(1));
                assertAllAgree();
            }
        }
        people.forEach(Person::leave);
        setup.time.advance(Duration.ofSeconds(1));

        people.forEach(person -> assertThat(person.client.wrong).isEmpty());
        assertThat(setup.conferences.rooms()).isEmpty();
        assertThat(setup.media.openMixers()).isEmpty();
    }

    private void assertAllAgree() {
        List<Person> inside = people.stream().filter(person -> person.membership != null).toList();
        if (inside.isEmpty()) {
            return;
        }
        TestClient judge = inside.getFirst().client;
        Map<String, JsonValue> copy = Map.copyOf(judge.rows);
        judge.rows.clear();
        judge.bootstrap(ROOM);
        assertThat(copy).isEqualTo(judge.rows);
        assertThat(judge.rows).hasSize(inside.size());
        // the room's thread rests, so its members may be looked at
        setup.conferences.find("3000").orElseThrow().members()
                .forEach(member -> assertThat(judge.rows).containsEntry(member.key(), member.row()));
        inside.forEach(person -> assertThat(person.client.rows).isEqualTo(judge.rows));
    }

    private final class Person {
        private final TestChannel channel;
        private TestClient client;
        private Membership membership;

        Person(String name) {
            channel = new TestChannel(name);
            client = new TestClient(setup.events, channel.cookie());
        }

        void act(Random random) {
            if (membership == null) {
                enter(random);
                return;
            }
            switch (random.nextInt(8)) {
                case 0 -> leave();
                case 1 -> membership.dtmf(random.nextBoolean() ? '0' : '*');
                case 2 -> {
                    client.moderate(ROOM, random.nextBoolean() ? "tmute" : "deaf", String.valueOf(random.nextInt(60)));
                    setup.time.settle();
                }
                case 3 -> loseConnection();
                default -> membership.talking(random.nextBoolean());
            }
        }

        private void enter(Random random) {
            client.reset();
            membership = setup.join(channel.wants("3000", random.nextInt(3) == 0 ? "moderator" : ""));
            look();
        }

        private void leave() {
            if (membership != null) {
                membership.leave();
                membership = null;
                setup.time.settle();
            }
        }

        private void loseConnection() {
            setup.events.detach(channel.cookie(), client);
            assertThat(client.wrong).isEmpty();
            client = new TestClient(setup.events, channel.cookie());
            membership.announce();
            setup.time.settle();
            look();
        }

        private void look() {
            assertThat(client.isIn()).isTrue();
            client.subscribe("conference-liveArray." + ROOM, "conference-chat." + ROOM, "conference-mod." + ROOM);
            client.bootstrap(ROOM);
        }
    }
}
