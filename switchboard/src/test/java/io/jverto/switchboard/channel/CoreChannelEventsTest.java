package io.jverto.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventCount;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CoreChannelEventsTest {
    private final TestSwitch pbx = new TestSwitch().actions("answer", "echo");
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    @Test
    void aCallIsToldFromBeginningToEnd() {
        hear("FSevent");

        pbx.call("c-1", "9196", TestSdp.OPUS, Map.of("presence_id", "1000@example.org", "jsock_uuid_str", "S-1"))
                .channel.hangup(Cause.USER_BUSY, false);
        pbx.time.settle();

        assertThat(heard).extracting(event -> event.string("eventChannel").orElse("")).containsExactly(
                "FSevent.channel_create", "FSevent.channel_answer", "FSevent.channel_hangup", "FSevent.channel_hangup_complete");
        assertThat(heard).extracting(event -> data(event, "Event-Name") + " " + data(event, "Answer-State") + " " + data(event, "Event-Sequence"))
                .containsExactly("CHANNEL_CREATE ringing 1", "CHANNEL_ANSWER answered 2", "CHANNEL_HANGUP hangup 3", "CHANNEL_HANGUP_COMPLETE hangup 4");
        assertThat(data(heard.getLast(), "Hangup-Cause")).isEqualTo("USER_BUSY");
        assertThat(data(heard.getFirst(), "Unique-ID")).isEqualTo("c-1");
        assertThat(data(heard.getFirst(), "Caller-Destination-Number")).isEqualTo("9196");
        assertThat(data(heard.getFirst(), "Channel-Presence-ID")).isEqualTo("1000@example.org");
        assertThat(data(heard.getFirst(), "variable_presence_id")).isEqualTo("1000@example.org");
        assertThat(data(heard.getFirst(), "Event-Date-Timestamp")).isEqualTo("1767225600000000");
        assertThat(heard.toString()).doesNotContain("S-1");
    }

    @Test
    void oneKindOfEventMayBeHeardAlone() {
        hear("FSevent.channel_answer");

        pbx.call("c-1", "9196");

        assertThat(heard).singleElement().satisfies(event -> assertThat(data(event, "Event-Name")).isEqualTo("CHANNEL_ANSWER"));
    }

    @Test
    void nothingIsToldUnlessItIsSwitchedOn() {
        EventChannels events = new EventChannels();
        events.attach("S", delivery -> heard.add(delivery.params()));
        events.subscribe("S", List.of("FSevent"), _ -> true);

        new CoreEvents(events, false, pbx.time).custom("verto::login", Map.of());
        new CoreEvents(events, true, pbx.time).custom("verto::Login", Map.of("a", "b"));

        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.string("eventChannel")).hasValue("FSevent.custom::verto::login");
            assertThat(data(event, "Event-Name") + " " + data(event, "Event-Subclass") + " " + data(event, "a")).isEqualTo("CUSTOM verto::Login b");
        });
    }

    @Test
    void aFloodIsCutOff() {
        hear("FSevent");
        CoreEvents core = new CoreEvents(pbx.events, true, pbx.time);

        for (int i = 0; i < 2_500; i++) {
            core.custom("verto::client_connect", Map.of());
        }
        assertThat(heard).hasSize(2_000);
        assertThat(pbx.events.counters().get(EventCount.CORE_EVENTS_DROPPED)).isEqualTo(500);

        pbx.advance(1_000);
        core.custom("verto::client_connect", Map.of());
        assertThat(heard).hasSize(2_001);
    }

    private void hear(String channel) {
        pbx.events.attach("S", delivery -> heard.add(delivery.params()));
        pbx.events.subscribe("S", List.of(channel), _ -> true);
    }

    private static String data(JsonObject event, String key) {
        return event.object("data").flatMap(data -> data.string(key)).orElse("");
    }
}
