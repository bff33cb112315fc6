package io.jverto.switchboard.shared;

import io.jverto.switchboard.port.ChannelId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Who does something that only one call may do at a time, and who waits for it, in the order in which they came. Bounded by the number of
/// channels. Thread-safe.
public final class Mutexes {
    private final Map<String, LinkedHashSet<ChannelId>> queues = new HashMap<>();

    /// Gets in line, at most once.
    ///
    /// @return whether it is its turn
    public synchronized boolean turnOf(String name, ChannelId call) {
        Set<ChannelId> queue = queues.computeIfAbsent(name, _ -> new LinkedHashSet<>());
        queue.add(call);
        return queue.iterator().next().equals(call);
    }

    public synchronized void release(String name, ChannelId call) {
        queues.computeIfPresent(name, (_, queue) -> {
            queue.remove(call);
            return queue.isEmpty() ? null : queue;
        });
    }

    /// Leaves all lines.
    public synchronized void release(ChannelId call) {
        Set.copyOf(queues.keySet()).forEach(name -> release(name, call));
    }
}
