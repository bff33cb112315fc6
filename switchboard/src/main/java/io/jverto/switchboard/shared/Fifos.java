package io.jverto.switchboard.shared;

import io.jverto.switchboard.port.ChannelId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Queues of callers, and who serves them (dialplan-directory.md section 9.1, `fifo`). A queue is there as long as somebody is in it: bounded by
/// the number of channels. Thread-safe.
public final class Fifos {
    public static final int FIRST_PRIORITY = 1;
    public static final int LAST_PRIORITY = 10;

    private final Map<String, List<Caller>> waiting = new TreeMap<>();
    /// Callers who wait, or have been taken and are about to be served.
    private final Set<ChannelId> inside = new HashSet<>();
    private final Map<ChannelId, Consumer> consumers = new LinkedHashMap<>();
    private long turns;

    /// Who waits. The smaller priority is served first, then who came first.
    ///
    /// @param sinceSeconds since 1970
    public record Caller(ChannelId id, String name, String number, int priority, long sinceSeconds, long turn) {}

    /// Somebody who has been taken out of a queue.
    public record Taken(String fifo, Caller caller) {}

    /// Who serves queues.
    ///
    /// @param serves whom he talks with
    public record Consumer(List<String> fifos, Optional<ChannelId> serves) {}

    /// One queue as it is.
    ///
    /// @param waiting in the order in which they are served
    public record Queue(String name, List<Caller> waiting, Map<ChannelId, Consumer> consumers) {}

    /// Of several queues, from which one the next caller is taken.
    public enum Strategy {
        /// In which somebody has waited for longest.
        LONGEST_WAIT,
        /// In which most wait.
        MOST_CALLERS
    }

    /// @return how many are to be served before, and himself
    public synchronized int push(String fifo, ChannelId id, String name, String number, int priority, long nowSeconds) {
        inside.add(id);
        add(fifo, new Caller(id, name, number, priority, nowSeconds, ++turns));
        return position(fifo, id);
    }

    private void add(String fifo, Caller caller) {
        List<Caller> queue = waiting.computeIfAbsent(fifo, _ -> new ArrayList<>());
        queue.add(caller);
        queue.sort(Comparator.comparingInt(Caller::priority).thenComparingLong(Caller::turn));
    }

    /// Somebody could not be served after all: he is where he was, if he has not gone meanwhile.
    public synchronized void putBack(Taken taken) {
        if (isInside(taken.caller().id())) {
            add(taken.fifo(), taken.caller());
        }
    }

    /// Whether somebody who was taken has not gone meanwhile.
    public synchronized boolean isInside(ChannelId caller) {
        return inside.contains(caller);
    }

    /// A caller has gone, served or not, or a consumer has.
    public synchronized void gone(ChannelId channel) {
        inside.remove(channel);
        consumers.remove(channel);
        List.copyOf(waiting.keySet()).forEach(fifo -> remove(fifo, channel));
    }

    /// Takes out who is next.
    ///
    /// @param order priorities that come first, in this order
    public synchronized Optional<Taken> pop(List<String> fifos, Strategy strategy, List<Integer> order) {
        Comparator<String> best = strategy == Strategy.MOST_CALLERS
                ? Comparator.comparingInt(fifo -> -waiting.get(fifo).size())
                : Comparator.comparingLong(fifo -> waiting.get(fifo).stream().mapToLong(Caller::turn).min().orElseThrow());
        return fifos.stream().filter(waiting::containsKey).min(best).map(fifo -> {
            Caller next = waiting.get(fifo).stream().min(Comparator.comparingInt(caller -> rank(order, caller))).orElseThrow();
            remove(fifo, next.id());
            return new Taken(fifo, next);
        });
    }

    private static int rank(List<Integer> order, Caller caller) {
        int at = order.indexOf(caller.priority());
        return at < 0 ? order.size() : at;
    }

    /// @return whether he still waited
    public synchronized boolean leave(String fifo, ChannelId caller) {
        return remove(fifo, caller);
    }

    private boolean remove(String fifo, ChannelId caller) {
        List<Caller> queue = waiting.getOrDefault(fifo, List.of());
        boolean removed = !queue.isEmpty() && queue.removeIf(one -> one.id().equals(caller));
        if (removed && queue.isEmpty()) {
            waiting.remove(fifo);
        }
        return removed;
    }

    /// @return from 1; 0 when he does not wait
    public synchronized int position(String fifo, ChannelId caller) {
        List<Caller> queue = waiting.getOrDefault(fifo, List.of());
        for (int i = 0; i < queue.size(); i++) {
            if (queue.get(i).id().equals(caller)) {
                return i + 1;
            }
        }
        return 0;
    }

    /// @return who is served next, if somebody waits
    public synchronized Optional<Caller> next(String fifo) {
        return waiting.getOrDefault(fifo, List.of()).stream().findFirst();
    }

    /// @return who waits, in the order in which they are served
    public synchronized List<ChannelId> waiting(String fifo) {
        return waiting.getOrDefault(fifo, List.of()).stream().map(Caller::id).toList();
    }

    /// Somebody serves queues from now on, or is ready for the next one, or talks with one.
    public synchronized void serves(ChannelId consumer, List<String> fifos, Optional<ChannelId> caller) {
        consumers.put(consumer, new Consumer(List.copyOf(fifos), caller));
    }

    /// @return who serves a queue and talks with nobody, in the order in which they came
    public synchronized List<ChannelId> idle(String fifo) {
        return consumers.entrySet().stream()
                .filter(one -> one.getValue().serves().isEmpty() && one.getValue().fifos().contains(fifo))
                .map(Map.Entry::getKey).toList();
    }

    /// @return all queues, by name
    public synchronized List<Queue> all() {
        Map<String, List<Caller>> names = new TreeMap<>(waiting);
        consumers.values().forEach(consumer -> consumer.fifos().forEach(fifo -> names.putIfAbsent(fifo, List.of())));
        return names.entrySet().stream().map(one -> new Queue(one.getKey(), List.copyOf(one.getValue()), consumersOf(one.getKey()))).toList();
    }

    private Map<ChannelId, Consumer> consumersOf(String fifo) {
        Map<ChannelId, Consumer> of = new LinkedHashMap<>(consumers);
        of.values().removeIf(consumer -> !consumer.fifos().contains(fifo));
        return of;
    }
}
