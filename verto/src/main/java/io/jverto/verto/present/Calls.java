package io.jverto.verto.present;

import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.verto.login.Identity;
import io.jverto.verto.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The live calls of all clients: by call id, by the session that has them, and those that wait for their client by when it was
/// lost (verto-wire.md sections 4.3, 4.4). Bounded by the switch's number of channels. Thread-safe.
public final class Calls {
    private final EventChannels events;
    private final Map<ChannelId, Call> byId = new HashMap<>();
    private final Map<Session, List<Call>> bySession = new HashMap<>();
    private final Set<Call> orphans = new LinkedHashSet<>();
    /// When the client of a call was lost, until it has taken the call up again.
    private final Map<Call, Long> lostNanos = new LinkedHashMap<>();

    /// @param events told to whom each call's events go
    public Calls(EventChannels events) {
        this.events = events;
    }

    /// @return false when the id is in use
    public synchronized boolean add(Call call) {
        if (byId.putIfAbsent(call.id(), call) != null) {
            return false;
        }
        bySession.computeIfAbsent(call.session(), _ -> new ArrayList<>()).add(call);
        events.claim(call.id(), call.session().id());
        return true;
    }

    /// Enters a call that belongs to nobody, and whose client has been gone for a while.
    ///
    /// @return false when the id is in use
    public synchronized boolean addLost(Call call, long sinceNanos) {
        if (byId.putIfAbsent(call.id(), call) != null) {
            return false;
        }
        events.claim(call.id(), call.session().id());
        lostNanos.put(call, sinceNanos);
        orphans.add(call);
        return true;
    }

    /// @return when the call's client was lost; empty while it has one
    public synchronized Optional<Long> lostNanos(Call call) {
        return Optional.ofNullable(lostNanos.get(call));
    }

    public synchronized List<Call> all() {
        return List.copyOf(byId.values());
    }

    public synchronized void remove(Call call) {
        if (byId.remove(call.id(), call)) {
            events.release(call.id());
            lostNanos.remove(call);
            orphans.remove(call);
            bySession.computeIfPresent(call.session(), (_, calls) -> {
                calls.remove(call);
                return calls.isEmpty() ? null : calls;
            });
        }
    }

    /// The session's connection is gone: its calls belong to nobody from now on.
    ///
    /// @param waits which of them wait for their client
    /// @return all others; none when the loss was known
    public synchronized List<Call> orphan(Session session, long nowNanos, Predicate<Call> waits) {
        Map<Boolean, List<Call>> calls = Optional.ofNullable(bySession.remove(session)).orElse(List.of()).stream()
                .collect(Collectors.partitioningBy(waits));
        for (Call call : calls.get(true)) {
            lostNanos.put(call, nowNanos);
            orphans.add(call);
        }
        return List.copyOf(calls.get(false));
    }

    /// Gives calls that belong to nobody to the same user's session of the same id.
    ///
    /// @return those calls
    public synchronized List<Call> adopt(Session session) {
        List<Call> found = orphans.stream()
                .filter(call -> call.session().id().equals(session.id())
                        && call.session().identity().equals(session.identity()))
                .toList();
        found.forEach(call -> {
            orphans.remove(call);
            call.session(session);
            bySession.computeIfAbsent(session, _ -> new ArrayList<>()).add(call);
        });
        return found;
    }

    /// The client has taken its call up again.
    public synchronized void recovered(Call call) {
        lostNanos.remove(call);
    }

    /// @return calls whose client has been gone since before then
    public synchronized List<Call> lostBefore(long nanos) {
        return lostNanos.entrySet().stream()
                .filter(lost -> lost.getValue() - nanos < 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// @return the call, if it belongs to that user: another user's calls do not exist (verto-wire.md section 5.1)
    public synchronized Optional<Call> find(String callId, Identity user) {
        return Optional.ofNullable(byId.get(new ChannelId(callId)))
                .filter(call -> call.session().identity().equals(user));
    }

    /// @return the call, whoever has it: for commands of an operator
    public synchronized Optional<Call> ofServer(String callId) {
        return Optional.ofNullable(byId.get(new ChannelId(callId)));
    }

    public synchronized List<Call> of(Session session) {
        return List.copyOf(bySession.getOrDefault(session, List.of()));
    }

    public synchronized int size() {
        return byId.size();
    }
}
