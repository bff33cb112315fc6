package io.jverto.switchboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoreEventsTest {
    private final CoreEvents core = new CoreEvents(new VirtualTime());
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whatNobodyWantsIsNotEvenPutTogether() {
        core.publish(EventName.HEARTBEAT, this::headers);
        Heard heard = new Heard(EventName.DTMF);
        core.listen(heard);
        core.publish(EventName.HEARTBEAT, this::headers);
        assertThat(asked).hasValue(0);
        assertThat(core.heard(EventName.HEARTBEAT)).isFalse();

        core.publish(EventName.DTMF, this::headers);
        core.forget(heard);
        core.publish(EventName.DTMF, this::headers);

        assertThat(asked).hasValue(1);
        assertThat(heard.events).extracting(CoreEvent::name).containsExactly(EventName.DTMF);
    }

    @Test
    void allListenersHearTheSameEventsInTheSameOrder() {
        Heard one = new Heard(EventName.DTMF);
        Heard other = new Heard(EventName.DTMF);
        core.listen(one);
        core.listen(other);

        for (int i = 0; i < 3; i++) {
            core.publish(EventName.DTMF, Map::of);
        }

        assertThat(one.events).isEqualTo(other.events);
        assertThat(one.events).extracting(event -> event.header("event-sequence").orElse("")).containsExactly("1", "2", "3");
    }

    @Test
    void noHeaderOfAnEventReplacesWhatTheSwitchSaysOfIt() {
        Heard heard = new Heard(EventName.CUSTOM);
        core.listen(heard);

        core.custom("mine::a", Map.of("Event-Name", "CHANNEL_ANSWER", "Event-Sequence", "99", "x", "y"));

        assertThat(heard.events.getFirst().headers()).containsEntry("Event-Name", "CUSTOM").containsEntry("Event-Sequence", "1").containsEntry("x", "y");
    }

    private Map<String, String> headers() {
        asked.incrementAndGet();
        return Map.of();
    }

    private static final class Heard implements CoreEvents.Listener {
        private final EventName wanted;
        private final List<CoreEvent> events = new ArrayList<>();

        Heard(EventName wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean wants(EventName name, String subclass) {
            return name == wanted;
        }

        @Override
        public void onEvent(CoreEvent event) {
            events.add(event);
        }
    }
}
