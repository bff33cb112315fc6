package io.jverto.switchboard.event;

import io.jverto.base.count.Counters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One session's subscriptions and permissions, for as long as its client is connected. Its monitor is held while its subscriber is
/// told, so that serials and order agree; no two seats are ever held at once. Thread-safe.
final class Seat {
    static final int MAX_SUBSCRIPTIONS = 512;
    static final int MAX_GRANTS = 512;

    private final String cookie;
    private final Subscriber subscriber;
    private final Counters<EventCount> counters;

    private final Map<String, Line> lines = new HashMap<>(4);
    private final Set<String> grants = new HashSet<>(4);
    private boolean closed;

    Seat(String cookie, Subscriber subscriber, Counters<EventCount> counters) {
        this.cookie = cookie;
        this.subscriber = subscriber;
        this.counters = counters;
    }

    String cookie() {
        return cookie;
    }

    boolean belongsTo(Subscriber other) {
        return subscriber == other;
    }

    synchronized boolean grant(String channel) {
        if (closed || (grants.size() >= MAX_GRANTS && !grants.contains(channel))) {
            counters.increment(EventCount.GRANTS_OVER_LIMIT);
            return false;
        }
        grants.add(channel);
        return true;
    }

    synchronized boolean holds(String channel) {
        return grants.contains(channel);
    }

    /// @return the subscription that went with the permission, if there was one
    synchronized boolean revoke(String channel) {
        grants.remove(channel);
        Line line = lines.get(channel);
        boolean heard = line != null && !line.withdrawn;
        if (heard) {
            line.withdrawn = true;
        }
        return heard;
    }

    synchronized boolean hears(String channel) {
        Line line = lines.get(channel);
        return line != null && !line.withdrawn;
    }

    /// @return empty when the session is over, or hears too much already
    synchronized Optional<Line> subscribe(String channel) {
        if (!closed && lines.size() >= MAX_SUBSCRIPTIONS) {
            lines.values().removeIf(line -> line.withdrawn);
        }
        if (closed || lines.size() >= MAX_SUBSCRIPTIONS) {
            return Optional.empty();
        }
        Line line = new Line();
        lines.put(channel, line);
        return Optional.of(line);
    }

    /// @return empty when it did not hear it, else whether it had been withdrawn before
    synchronized Optional<Boolean> unsubscribe(String channel) {
        Line line = lines.remove(channel);
        if (line != null) {
            line.over = true;
        }
        return line == null ? Optional.empty() : Optional.of(line.withdrawn);
    }

    /// The end: nothing is delivered any more.
    ///
    /// @return what it heard
    synchronized Set<String> close() {
        closed = true;
        lines.values().removeIf(line -> line.withdrawn);
        Set<String> heard = Set.copyOf(lines.keySet());
        lines.clear();
        grants.clear();
        return heard;
    }

    synchronized void direct(SharedEvent event, boolean isPublic) {
        if (closed) {
            counters.increment(EventCount.EVENTS_UNADDRESSED);
            return;
        }
        if (!isPublic && isShutOut(event.params().string("eventChannel").orElse(""))) {
            return;
        }
        counters.increment(EventCount.EVENTS_DELIVERED);
        subscriber.onEvent(new EventDelivery.Direct(event));
    }

    /// @param heardAs the name under which the session may have subscribed: the channel or its main channel
    synchronized void hear(SharedEvent event, String channel, String heardAs, boolean isPublic) {
        Line line = lines.get(heardAs);
        if (line != null) {
            hear(line, event, channel, heardAs, isPublic);
        }
    }

    /// @param line from [#subscribe]; it may have ended since
    synchronized void hear(Line line, SharedEvent event, String channel, String heardAs, boolean isPublic) {
        if (closed || line.over || line.withdrawn || (!isPublic && isShutOut(channel))) {
            return;
        }
        counters.increment(EventCount.EVENTS_DELIVERED);
        subscriber.onEvent(new EventDelivery.Subscribed(event, line.next++, heardAs));
    }

    private boolean isShutOut(String channel) {
        boolean out = subscriber.guest() && !grants.contains(channel);
        if (out) {
            counters.increment(EventCount.EVENTS_HIDDEN);
        }
        return out;
    }

    /// A subscription. Its seat's monitor guards it.
    static final class Line {
        private long next;
        /// Ended by the client.
        private boolean over;
        /// Taken away by the server. It is remembered so that the client's own unsubscribe, which clients send at their leisure, is
        /// confirmed and not an error (verto-wire.md section 9.2).
        private boolean withdrawn;
    }
}
