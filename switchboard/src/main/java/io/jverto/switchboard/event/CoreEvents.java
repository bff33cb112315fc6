package io.jverto.switchboard.event;

import io.jverto.base.time.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the switch tells of itself to whoever listens, in one order for all. An event that nobody wants costs a look at the list of
/// listeners and is never put together. Listeners bound what they keep by themselves. Thread-safe.
public final class CoreEvents {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final TimeSource time;
    private final Origin origin;
    private volatile List<Listener> listeners = List.of();
    private long sequence;

    /// @param origin what every event says of where it comes from
    public CoreEvents(TimeSource time, Origin origin) {
        this.time = time;
        this.origin = origin;
    }

    /// Of a switch without a name.
    public CoreEvents(TimeSource time) {
        this(time, new Origin("", ""));
    }

    /// The switch that tells.
    ///
    /// @param uuid of this run; empty to leave it out
    /// @param hostName of its machine; empty to leave it out
    public record Origin(String uuid, String hostName) {}

    /// Whoever listens. Called on the thread on which something happened, one event after the other: it must not wait, nor publish.
    public interface Listener {
        /// @param subclass of [EventName#CUSTOM], else empty
        boolean wants(EventName name, String subclass);

        void onEvent(CoreEvent event);
    }

    public synchronized void listen(Listener listener) {
        List<Listener> more = new ArrayList<>(listeners);
        more.add(listener);
        listeners = List.copyOf(more);
    }

    public synchronized void forget(Listener listener) {
        listeners = listeners.stream().filter(one -> one != listener).toList();
    }

    /// @return who listens now
    List<Listener> listeners() {
        return listeners;
    }

    /// Whether anybody wants to hear that.
    public boolean heard(EventName name) {
        return heard(name, "");
    }

    private boolean heard(EventName name, String subclass) {
        for (Listener listener : listeners) {
            if (listener.wants(name, subclass)) {
                return true;
            }
        }
        return false;
    }

    /// @param headers asked for when somebody listens, on this thread
    public void publish(EventName name, Supplier<Map<String, String>> headers) {
        publish(name, headers, "");
    }

    public void publish(EventName name, Supplier<Map<String, String>> headers, String body) {
        if (heard(name)) {
            deliver(name, "", headers.get(), body);
        }
    }

    /// @param subclass for instance `verto::login`
    public void custom(String subclass, Map<String, String> headers) {
        custom(subclass, headers, "");
    }

    public void custom(String subclass, Map<String, String> headers, String body) {
        if (heard(EventName.CUSTOM, subclass)) {
            deliver(EventName.CUSTOM, subclass, headers, body);
        }
    }

    private synchronized void deliver(EventName name, String subclass, Map<String, String> headers, String body) {
        Map<String, String> all = common(name, subclass);
        headers.forEach(all::putIfAbsent);
        CoreEvent event = new CoreEvent(name, subclass, all, body);
        for (Listener listener : listeners) {
            if (listener.wants(name, subclass)) {
                listener.onEvent(event);
            }
        }
    }

    private Map<String, String> common(EventName name, String subclass) {
        Instant now = time.wallTime();
        Map<String, String> headers = new LinkedHashMap<>();
        if (!subclass.isEmpty()) {
            headers.put("Event-Subclass", subclass);
        }
        headers.put("Event-Name", name.name());
        if (!origin.uuid().isEmpty()) {
            headers.put("Core-UUID", origin.uuid());
        }
        if (!origin.hostName().isEmpty()) {
            // By these names programs of the field look for the machine.
            headers.put("FreeSWITCH-Hostname", origin.hostName());
            headers.put("FreeSWITCH-Switchname", origin.hostName());
        }
        headers.put("Event-Date-Local", LOCAL.format(now.atZone(ZoneId.systemDefault())));
        headers.put("Event-Date-GMT", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        headers.put("Event-Date-Timestamp", String.valueOf(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000));
        headers.put("Event-Sequence", String.valueOf(++sequence));
        return headers;
    }
}
