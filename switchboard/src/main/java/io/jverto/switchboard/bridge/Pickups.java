package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.port.Endpoint;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Legs `pickup/<key>` that wait until somebody runs `pickup <key>` (dialplan-directory.md section 4). Bounded by the number of channels.
/// Thread-safe.
public final class Pickups {
    private final ConcurrentHashMap<String, Deque<ChannelHandle>> waiting = new ConcurrentHashMap<>();

    Target to(String key, Map<String, io.jverto.switchboard.dialplan.Text> variables) {
        return new Target.Ring(List.of(new Device(key)), variables, key);
    }

    /// @return who has waited longest under that key
    Optional<ChannelHandle> first(String key) {
        return Optional.ofNullable(waiting.get(key)).map(Deque::peekFirst);
    }

    private void add(String key, ChannelHandle leg) {
        waiting.compute(key, (_, legs) -> {
            Deque<ChannelHandle> all = legs == null ? new ConcurrentLinkedDeque<>() : legs;
            all.add(leg);
            return all;
        });
    }

    private void remove(String key, ChannelHandle leg) {
        waiting.computeIfPresent(key, (_, legs) -> {
            legs.remove(leg);
            return legs.isEmpty() ? null : legs;
        });
    }

    /// Nobody's: it only waits.
    final class Device implements NoDevice {
        private final String key;

        private Device(String key) {
            this.key = key;
        }

        void enter(Channel leg) {
            add(key, leg.handle());
        }

        void leave(Channel leg) {
            remove(key, leg.handle());
        }

        @Override
        public String channelName() {
            return "pickup/" + key;
        }

        @Override
        public Endpoint.Callee callee() {
            return new Endpoint.Callee("", key);
        }

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }
    }
}
