package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef;
import io.jverto.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final VirtualTime time = new VirtualTime();
    private final CoreEvents core = new CoreEvents(time);
    private final List<CoreEvent> heard = new CopyOnWriteArrayList<>();

    @Test
    void tellsEachTwentySecondsHowBusyTheSwitchIsUntilItIsClosed() {
        core.listen(new CoreEvents.Listener() {
            @Override
            public boolean wants(EventName name, String subclass) {
                return name == EventName.HEARTBEAT;
            }

            @Override
            public void onEvent(CoreEvent event) {
                heard.add(event);
            }
        });
        Heartbeat heart = Heartbeat.start(core, new ThreeCalls(time.wallTime()), time);

        time.advance(Duration.ofSeconds(59));
        assertThat(heard).hasSize(2);
        assertThat(heard.getLast().headers()).containsEntry("Session-Count", "3").containsEntry("Max-Sessions", "9")
                .containsEntry("Up-Time", "0 years, 0 days, 0 hours, 0 minutes, 40 seconds").containsEntry("Uptime-msec", "40000");

        heart.close();
        time.advance(Duration.ofSeconds(59));
        assertThat(heard).hasSize(2);
    }

    private record ThreeCalls(Instant startedAt) implements LiveChannels {
        @Override
        public Optional<ChannelRef> find(ChannelId id) {
            return Optional.empty();
        }

        @Override
        public List<ChannelRow> rows() {
            return List.of();
        }

        @Override
        public int count() {
            return 3;
        }

        @Override
        public long sinceStart() {
            return 4;
        }

        @Override
        public int peak() {
            return 3;
        }

        @Override
        public int limit() {
            return 9;
        }
    }
}
