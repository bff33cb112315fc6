package io.jverto.server.eventsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.server.eventsocket.Subscription.Format;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.EventName;
import io.jverto.testkit.time.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutletTest {
    private final VirtualTime time = new VirtualTime();
    private final Counters<SocketCount> counters = new Counters<>(SocketCount.class);
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void aClientThatIsTooSlowMissesEventsAndNobodyWaitsForIt() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Outlet outlet = outlet(sent);

        for (int i = 0; i < Outlet.MAX_ITEMS + 5; i++) {
            outlet.offer(event("n", String.valueOf(i)));
        }
        assertThat(counters.get(SocketCount.EVENTS_DROPPED)).isEqualTo(5);
        time.start("writer", outlet::run);
        time.settle();

        assertThat(counters.get(SocketCount.EVENTS_SENT)).isEqualTo(Outlet.MAX_ITEMS);
        assertThat(sent.toString(StandardCharsets.UTF_8)).contains("n: " + (Outlet.MAX_ITEMS - 1) + "\n").doesNotContain("n: " + Outlet.MAX_ITEMS + "\n");
        outlet.offer(event("n", "again"));
        time.settle();
        assertThat(sent.toString(StandardCharsets.UTF_8)).contains("n: again");
        outlet.close();
        time.settle();
    }

    @Test
    void largeEventsAreBoundedByTheirSize() {
        Outlet outlet = outlet(new ByteArrayOutputStream());
        String large = "x".repeat(1 << 20);

        for (int i = 0; i < 10; i++) {
            outlet.offer(event("large", large));
        }

        assertThat(counters.get(SocketCount.EVENTS_DROPPED)).isEqualTo(10 - Outlet.MAX_WEIGHT / large.length() + 1);
    }

    @Test
    void aClientThatTakesNothingForHalfAMinuteIsGivenUp() {
        var held = time.<Boolean>mailbox(1);
        Outlet outlet = outlet(new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes) {
                hold(bytes);
            }

            private void hold(byte[] bytes) {
                if (bytes.length > 0) {
                    held.await(Long.MAX_VALUE);
                }
            }
        });
        time.start("writer", outlet::run);
        for (int i = 0; i < Outlet.MAX_ITEMS + 2; i++) {
            outlet.offer(event("n", "1"));
        }
        time.settle();
        for (int i = 0; i < Outlet.MAX_ITEMS; i++) {
            outlet.offer(event("n", "1"));
        }
        assertThat(closed).hasValue(0);

        time.advance(Duration.ofSeconds(31));
        outlet.offer(event("n", "2"));

        assertThat(closed.get()).isPositive();
        held.tell(true);
        time.settle();
    }

    private Outlet outlet(ByteArrayOutputStream out) {
        Outlet outlet = new Outlet(out, closed::incrementAndGet, "test", time, counters);
        time.start("subscriber", () -> outlet.subscribe(Subscription.NONE.withAll(Format.PLAIN), new byte[0]));
        time.settle();
        return outlet;
    }

    private static CoreEvent event(String name, String value) {
        return new CoreEvent(EventName.DTMF, "", Map.of(name, value), "");
    }
}
