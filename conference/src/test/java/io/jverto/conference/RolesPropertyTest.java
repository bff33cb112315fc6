package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.RoomNotice;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Only moderators moderate: whatever anybody else sends on the moderators' channel, or presses, changes nothing in a room.
class RolesPropertyTest {
    private static final String ROOM = "3000@example.org";
    private static final List<String> COMMANDS = List.of("kick", "mute", "unmute", "tmute", "deaf", "undeaf", "volume_in", "volume_out", "play", "stop",
            "recording", "transfer", "vid-layout", "lock", "pin", "relate", "record", "dial", "bgdial", "hup", "setvar", "MUTE", "", "nonsense");

    private final RoomSetup setup = new RoomSetup(List.of(RoomSetup.control("9", "lock", ""), RoomSetup.control("8", "moh toggle", "")),
            "conference-flags", "livearray-sync", "caller-controls", "own");
    private final TestChannel moderator = new TestChannel("Mod");
    private final TestChannel member = new TestChannel("Ann");
    private final TestChannel other = new TestChannel("Bob");

    @Test
    void nobodyElseChangesAnything() {
        Random random = new Random(11);
        setup.join(moderator.wants("3000", "moderator"));
        Membership ann = setup.join(member.wants("3000"));
        setup.join(other.wants("3000"));
        List<TestClient> others = List.of(new TestClient(setup.events, member.cookie()), new TestClient(setup.events, "session-stranger"));
        String before = state();
        for (int turn = 0; turn < 500; turn++) {
            TestClient client = others.get(random.nextInt(others.size()));
            client.moderate(ROOM, COMMANDS.get(random.nextInt(COMMANDS.size())), id(random), value(random));
            if (turn % 50 == 0) {
                ann.dtmf(random.nextBoolean() ? '9' : '8');
            }
            setup.time.settle();
        }

        assertThat(state()).isEqualTo(before);
        assertThat(setup.conferences.counters().get(ConferenceCount.MODERATION_DENIED)).isEqualTo(500);
        assertThat(setup.ran).isEmpty();
        assertThat(member.notices).allMatch(RoomNotice.Knows.class::isInstance);
    }

    @Test
    void s39AFloodOfAModeratorsCommandsHarmsNobodyElse() {
        TestClient client = new TestClient(setup.events, moderator.cookie());
        setup.join(moderator.wants("3000", "moderator"));
        setup.join(member.wants("3000"));
        client.subscribe("conference-mod." + ROOM);
        TestChannel chair = new TestChannel("Eve");
        setup.join(chair.wants("3000", "moderator"));
        TestClient second = new TestClient(setup.events, chair.cookie());
        setup.time.settle();
        for (int i = 0; i < 10_000; i++) {
            client.moderate(ROOM, "tmute", "2");
        }
        second.moderate(ROOM, "volume_in", new JsonString("1"), new JsonString("3"));
        setup.join(other.wants("3000"));

        long dropped = setup.conferences.counters().get(ConferenceCount.MODERATION_DROPPED);
        assertThat(dropped).as("that wait are bounded").isBetween(1L, 9_999L);
        List<String> heard = client.heard();
        assertThat(heard).as("each that was taken has its answer").filteredOn(said -> said.contains("+OK")).hasSize((int) (10_001 - dropped));
        assertThat(heard).as("who is too fast is told so, and not as often").filteredOn(said -> said.contains("Too Many Commands"))
                .hasSizeBetween(1, (int) (10_000 - dropped));
        assertThat(heard).as("another moderator is heard").anySatisfy(said -> assertThat(said).contains("+OK Volume IN 1 = 3"));
        assertThat(setup.api("3000 count")).isEqualTo("4\n");
        client.moderate(ROOM, "deaf", "2");
        setup.time.settle();
        assertThat(client.heard()).as("afterwards all is as before").last().asString().contains("+OK deaf 2");
    }

    @Test
    void s39WhoSendsWithoutEndLeavesRoomForOthers() {
        WaitingWishes wishes = new WaitingWishes();
        for (int client = 0; client < WaitingWishes.MOST / WaitingWishes.MOST_OF_ONE; client++) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(wishes.take("client " + client)).isEqualTo(i < WaitingWishes.MOST_OF_ONE);
            }
        }
        assertThat(wishes.take("one too many")).isFalse();

        wishes.done("client 1");

        assertThat(wishes.take("client 2")).isFalse();
        assertThat(wishes.take("one too many")).isTrue();
    }

    private String state() {
        return setup.api("3000 list") + setup.api("3000 list summary") + setup.api("3000 relate") + setup.mixer().sounding()
                + setup.mixer().recording() + setup.api("3000 get max_members") + moderator.media.route() + member.media.route() + other.media.route();
    }

    private static JsonValue id(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new JsonString("0002");
            case 1 -> new JsonString("all");
            case 2 -> new JsonString("1");
            default -> JsonLiteral.NULL;
        };
    }

    private static JsonValue value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new JsonString("up");
            case 1 -> new JsonArray(List.of(new JsonString("start"), new JsonString("a.wav")));
            case 2 -> new JsonString("tone_stream://%(100,0,440)");
            default -> JsonLiteral.NULL;
        };
    }
}
