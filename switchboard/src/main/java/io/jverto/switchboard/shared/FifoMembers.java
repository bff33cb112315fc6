package io.jverto.switchboard.shared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whom a queue calls when somebody waits in it (`fifo_member`, `fifo.conf`), and whom it calls now. Bounded. Thread-safe.
public final class FifoMembers {
    public static final int MAX_MEMBERS = 1_000;

    private final Map<String, Map<String, Entry>> byFifo = new TreeMap<>();
    private final List<Ringing> ringing = new ArrayList<>();
    private long turns;

    /// Somebody who can be called.
    ///
    /// @param simultaneous how many calls he has at the same time at the most
    /// @param timeoutSeconds how long he rings
    /// @param lagSeconds how long he rests after a call, answered or not
    /// @param untilSeconds since 1970, when he is one no more; 0 for never
    /// @param configured whether a configuration names him
    public record Member(String fifo, String dialString, int simultaneous, int timeoutSeconds, int lagSeconds, long untilSeconds, boolean configured) {}

    /// Somebody who is called now.
    ///
    /// @param giveUp ends that
    public record Ringing(Member member, Runnable giveUp) {}

    private static final class Entry {
        private Member member;
        private int calls;
        private long freeNanos;
        private boolean rests;
        private long turn;

        private Entry(Member member) {
            this.member = member;
        }
    }

    /// @return false when there are too many
    public synchronized boolean put(Member member) {
        Entry known = byFifo.getOrDefault(member.fifo(), Map.of()).get(member.dialString());
        if (known != null) {
            known.member = member;
            return true;
        }
        if (byFifo.values().stream().mapToInt(Map::size).sum() >= MAX_MEMBERS) {
            return false;
        }
        byFifo.computeIfAbsent(member.fifo(), _ -> new LinkedHashMap<>()).put(member.dialString(), new Entry(member));
        return true;
    }

    /// @return whether there was one
    public synchronized boolean remove(String fifo, String dialString) {
        Map<String, Entry> members = byFifo.getOrDefault(fifo, Map.of());
        boolean removed = !members.isEmpty() && members.remove(dialString) != null;
        if (removed && members.isEmpty()) {
            byFifo.remove(fifo);
        }
        return removed;
    }

    /// The configuration names these, and no others.
    public synchronized void configure(List<Member> members) {
        List<Member> before = byFifo.values().stream().flatMap(all -> all.values().stream()).map(entry -> entry.member).filter(Member::configured).toList();
        before.forEach(member -> remove(member.fifo(), member.dialString()));
        members.forEach(this::put);
    }

    /// @return in the order in which they came
    public synchronized List<Member> of(String fifo) {
        return byFifo.getOrDefault(fifo, Map.of()).values().stream().map(entry -> entry.member).toList();
    }

    /// @return the queues that have any
    public synchronized Set<String> fifos() {
        return new TreeSet<>(byFifo.keySet());
    }

    /// Takes who is to be called next: of those who are free, whose last call was longest ago.
    public synchronized Optional<Member> take(String fifo, long nowNanos, long nowSeconds) {
        Map<String, Entry> members = byFifo.getOrDefault(fifo, Map.of());
        members.values().stream().filter(entry -> entry.member.untilSeconds() > 0 && entry.member.untilSeconds() <= nowSeconds).toList()
                .forEach(entry -> remove(fifo, entry.member.dialString()));
        Optional<Entry> next = members.values().stream()
                .filter(entry -> entry.calls < entry.member.simultaneous() && (!entry.rests || entry.freeNanos - nowNanos <= 0))
                .min(Comparator.comparingLong(entry -> entry.turn));
        next.ifPresent(entry -> {
            entry.calls++;
            entry.turn = ++turns;
        });
        return next.map(entry -> entry.member);
    }

    /// One of his calls is over.
    public synchronized void release(Member member, long freeNanos) {
        Entry entry = byFifo.getOrDefault(member.fifo(), Map.of()).get(member.dialString());
        if (entry != null && entry.calls > 0) {
            entry.calls--;
            entry.rests = true;
            entry.freeNanos = freeNanos;
        }
    }

    public synchronized void rings(Ringing one) {
        ringing.add(one);
    }

    /// He has answered, or rings no more.
    public synchronized void ringsNoMore(Ringing one) {
        ringing.remove(one);
    }

    /// @return whom a queue calls now, the first first
    public synchronized List<Ringing> ringing(String fifo) {
        return ringing.stream().filter(one -> one.member().fifo().equals(fifo)).toList();
    }
}
