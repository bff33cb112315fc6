package io.jverto.verto.session;

import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.login.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All sessions with a connection, by id and by user. A session id is a secret, but not the only one: it can be taken over by the
/// same user alone (verto-wire.md section 4.1). A session hears events as long as it stands here. Bounded by the number of
/// connections. Thread-safe.
public final class Sessions {
    private final EventChannels events;
    private final Map<String, Session> byId = new LinkedHashMap<>();
    private final Map<UserId, List<Session>> byUser = new LinkedHashMap<>();

    public Sessions(EventChannels events) {
        this.events = events;
    }

    /// Enters a session, if its id is free or belongs to the same user.
    public synchronized Binding bind(Session session) {
        Optional<Session> before = Optional.ofNullable(byId.get(session.id()));
        if (before.isPresent() && !before.get().identity().equals(session.identity())) {
            return new Binding.InUse();
        }
        before.ifPresent(this::forget);
        byId.put(session.id(), session);
        events.attach(session.id(), session);
        if (session.identity() instanceof Identity.User user) {
            byUser.computeIfAbsent(user.id(), _ -> new ArrayList<>()).add(session);
        }
        return before.<Binding>map(Binding.TakenOver::new).orElseGet(Binding.Fresh::new);
    }

    /// Takes a session out, unless another has taken its place.
    public synchronized void remove(Session session) {
        if (byId.get(session.id()) == session) {
            forget(session);
        }
    }

    public synchronized Optional<Session> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// @return the user's sessions, oldest first; those that came in to call one number are nobody's to ring or to write to
    public synchronized List<Session> of(UserId user) {
        return byUser.getOrDefault(user, List.of()).stream().filter(session -> !session.principal().isOfOneCall()).toList();
    }

    public synchronized Collection<Session> all() {
        return List.copyOf(byId.values());
    }

    private void forget(Session session) {
        byId.remove(session.id());
        events.detach(session.id(), session);
        if (session.identity() instanceof Identity.User user) {
            byUser.computeIfPresent(user.id(), (_, sessions) -> {
                sessions.remove(session);
                return sessions.isEmpty() ? null : sessions;
            });
        }
    }

    /// What became of a wish to use a session id.
    public sealed interface Binding {
        record Fresh() implements Binding {}

        /// @param before the same user's older session, which must be told
        record TakenOver(Session before) implements Binding {}

        /// Somebody else has it.
        record InUse() implements Binding {}
    }
}
