package io.jverto.switchboard.event;

import io.jverto.base.count.Budget;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.time.TimeSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Events of the switch itself for clients that watch it: `FSevent.<name>` (verto-wire.md section 8.7). Off unless `enable-fs-events` is on.
/// Strangers can cause some of them, so that they are bounded: [#AT_ONCE] and [#PER_SECOND], the rest is dropped and counted. Thread-safe.
public final class CoreEvents {
    static final int AT_ONCE = 2_000;
    private static final int PER_SECOND = 500;
    private static final String MAIN_CHANNEL = "FSevent";
    private static final String CUSTOM = "CUSTOM";

    private final EventChannels events;
    private final boolean enabled;
    private final TimeSource time;
    private final Budget budget;
    private long sequence;

    /// @param enabled `enable-fs-events`
    public CoreEvents(EventChannels events, boolean enabled, TimeSource time) {
        this.events = events;
        this.enabled = enabled;
        this.time = time;
        this.budget = new Budget(AT_ONCE, PER_SECOND, time.nanoTime());
    }

    public boolean enabled() {
        return enabled;
    }

    /// @param name in capitals, for instance `CHANNEL_CREATE`
    /// @param headers in their order
    public void publish(String name, Map<String, String> headers) {
        publish(name.toLowerCase(Locale.ROOT), new JsonObjectBuilder().put("Event-Name", name), headers);
    }

    /// @param subclass for instance `verto::login`
    public void custom(String subclass, Map<String, String> headers) {
        publish("custom::" + subclass.toLowerCase(Locale.ROOT),
                new JsonObjectBuilder().put("Event-Subclass", subclass).put("Event-Name", CUSTOM), headers);
    }

    private synchronized void publish(String channel, JsonObjectBuilder data, Map<String, String> headers) {
        if (!enabled) {
            return;
        }
        if (!budget.take(time.nanoTime(), 1)) {
            events.counters().increment(EventCount.CORE_EVENTS_DROPPED);
            return;
        }
        Instant now = time.wallTime();
        data.put("Event-Date-GMT", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                .put("Event-Date-Timestamp", String.valueOf(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000))
                .put("Event-Sequence", String.valueOf(++sequence))
                .putAll(headers);
        events.publish(new JsonObjectBuilder().put("data", data.build()).put("eventChannel", MAIN_CHANNEL + "." + channel).build());
    }
}
