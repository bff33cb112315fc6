package io.jverto.switchboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FsEventsTest {
    private final VirtualTime time = new VirtualTime();
    private final EventChannels events = new EventChannels();
    private final CoreEvents core = new CoreEvents(time, new CoreEvents.Origin("core-1", "pbx"));
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    @Test
    void nothingIsToldUnlessItIsSwitchedOn() {
        hear("FSevent");

        core.custom("verto::login", Map.of());
        FsEvents.bridge(core, events, time);
        core.custom("verto::Login", Map.of("a", "b"), "text");

        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.string("eventChannel")).hasValue("FSevent.custom::verto::login");
            assertThat(event.object("data").orElseThrow().members().keySet()).containsExactly("Event-Subclass", "Event-Name", "Event-Date-Local",
                     "Event-Date-GMT", "Event-Date-Timestamp", "Event-Sequence", "a", "_body");
            assertThat(data(event, "Event-Name") + " " + data(event, "Event-Subclass") + " " + data(event, "a") + " " + data(event, "_body"))
                    .isEqualTo("CUSTOM verto::Login b text");
            assertThat(data(event, "Event-Date-Timestamp")).isEqualTo("1767225600000000");
        });
    }

    @Test
    void oneKindOfEventMayBeHeardAlone() {
        FsEvents.bridge(core, events, time);
        hear("FSevent.channel_answer");

        core.publish(EventName.CHANNEL_CREATE, Map::of);
        core.publish(EventName.CHANNEL_ANSWER, Map::of);

        assertThat(heard).singleElement().satisfies(event -> assertThat(data(event, "Event-Name")).isEqualTo("CHANNEL_ANSWER"));
    }

    @Test
    void aFloodIsCutOff() {
        FsEvents.bridge(core, events, time);
        hear("FSevent");

        for (int i = 0; i < FsEvents.AT_ONCE + 500; i++) {
            core.custom("verto::client_connect", Map.of());
        }
        assertThat(heard).hasSize(FsEvents.AT_ONCE);
        assertThat(events.counters().get(EventCount.CORE_EVENTS_DROPPED)).isEqualTo(500);

        time.advance(Duration.ofSeconds(1));
        core.custom("verto::client_connect", Map.of());
        assertThat(heard).hasSize(FsEvents.AT_ONCE + 1);
    }

    private void hear(String channel) {
        events.attach("S", delivery -> heard.add(delivery.params()));
        events.subscribe("S", List.of(channel), _ -> true);
    }

    private static String data(JsonObject event, String key) {
        return event.object("data").flatMap(data -> data.string(key)).orElse("");
    }
}
