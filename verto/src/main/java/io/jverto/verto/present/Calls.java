package io.jverto.verto.present;

import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.verto.login.Identity;
import io.jverto.verto.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The live calls of all clients, by call id and by session. Bounded by the switch's number of channels. Thread-safe.
public final class Calls {
    private final EventChannels events;
    private final Map<ChannelId, Call> byId = new HashMap<>();
    private final Map<Session, List<Call>> bySession = new HashMap<>();

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

    public synchronized void remove(Call call) {
        if (byId.remove(call.id(), call)) {
            events.release(call.id());
            bySession.computeIfPresent(call.session(), (_, calls) -> {
                calls.remove(call);
                return calls.isEmpty() ? null : calls;
            });
        }
    }

    /// @return the call, if it belongs to that user: another user's calls do not exist (verto-wire.md section 5.1)
    public synchronized Optional<Call> find(String callId, Identity user) {
        return Optional.ofNullable(byId.get(new ChannelId(callId)))
                .filter(call -> call.session().identity().equals(user));
    }

    public synchronized List<Call> of(Session session) {
        return List.copyOf(bySession.getOrDefault(session, List.of()));
    }

    public synchronized int size() {
        return byId.size();
    }
}
