package io.jverto.switchboard.event;

import io.jverto.base.count.Budget;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.time.TimeSource;
import java.util.Locale;

/// Events of the switch for Verto clients that watch it: `FSevent.<name>` (verto-wire.md section 8.7). Made only where
/// `enable-fs-events` is on; nothing of the machine is told. Strangers can cause some of them, so that they are bounded: [#AT_ONCE] and [#PER_SECOND], the rest is
/// dropped and counted. [CoreEvents] calls it for one event at a time.
public final class FsEvents implements CoreEvents.Listener {
    static final int AT_ONCE = 2_000;
    private static final int PER_SECOND = 1_000;
    private static final String MAIN_CHANNEL = "FSevent";

    private final EventChannels events;
    private final TimeSource time;
    private final Budget budget;

    private FsEvents(EventChannels events, TimeSource time) {
        this.events = events;
        this.time = time;
        this.budget = new Budget(AT_ONCE, PER_SECOND, time.nanoTime());
    }

    /// From now on whatever the switch tells goes out on event channels too.
    public static void bridge(CoreEvents core, EventChannels events, TimeSource time) {
        core.listen(new FsEvents(events, time));
    }

    /// Whether clients may hear that channel at all.
    public static boolean isBridged(CoreEvents core) {
        return core.listeners().stream().anyMatch(FsEvents.class::isInstance);
    }

    @Override
    public boolean wants(EventName name, String subclass) {
        return true;
    }

    @Override
    public void onEvent(CoreEvent event) {
        if (!budget.take(time.nanoTime(), 1)) {
            events.counters().increment(EventCount.CORE_EVENTS_DROPPED);
            return;
        }
        JsonObjectBuilder data = new JsonObjectBuilder();
        event.headers().forEach((name, value) -> {
            if (!ofMachine(name)) {
                data.put(name, value);
            }
        });
        if (!event.body().isEmpty()) {
            data.put("_body", event.body());
        }
        String kind = event.subclass().isEmpty() ? event.name().name() : "custom::" + event.subclass();
        events.publish(new JsonObjectBuilder()
                .put("data", data.build())
                .put("eventChannel", MAIN_CHANNEL + "." + kind.toLowerCase(Locale.ROOT))
                .build());
    }

    private static boolean ofMachine(String header) {
        return header.equals("Core-UUID") || header.startsWith("FreeSWITCH-");
    }
}
