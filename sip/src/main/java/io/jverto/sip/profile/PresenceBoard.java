package io.jverto.sip.profile;

import io.jverto.sip.subscribe.PersonState;
import io.jverto.sip.subscribe.States.Lamp;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What every user is at: whether he has a telephone or a browser here, whether he is in a call, and what is said of him by PRESENCE_IN, which
/// telephones (PUBLISH) and dialplans publish. Thread-safe. Limits: [#MOST] users of whom something is said; beyond them the oldest is forgotten.
final class PresenceBoard implements CoreEvents.Listener {
    private static final int MOST = 20_000;
    private static final String LOGIN = "verto_login";

    private final Lamps lamps;
    private final Predicate<UserId> reachable;
    private final Consumer<UserId> changed;
    private final Map<String, PersonState> said = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PersonState> eldest) {
            return size() > MOST;
        }
    };

    /// @param reachable whether a user has something that rings; may wait
    /// @param changed must not wait
    PresenceBoard(Lamps lamps, Predicate<UserId> reachable, Consumer<UserId> changed) {
        this.lamps = lamps;
        this.reachable = reachable;
        this.changed = changed;
    }

    /// What a user is at now; may wait.
    PersonState of(UserId user) {
        Optional<PersonState> own;
        synchronized (said) {
            own = Optional.ofNullable(said.get(key(user)));
        }
        List<Lamp> calls = lamps.of(user);
        boolean talks = calls.stream().anyMatch(call -> call.state().equals("confirmed"));
        String seen = talks ? "On The Phone" : calls.isEmpty() ? "" : "Ringing";
        boolean open = own.map(PersonState::open).orElse(true) && (own.isPresent() || reachable.test(user));
        return new PersonState(
                open, own.map(PersonState::note).filter(note -> !note.isEmpty()).orElse(seen),
                own.map(PersonState::activity).filter(activity -> !activity.isEmpty()).orElse(talks ? "on-the-phone" : ""));
    }

    private static String key(UserId user) {
        return user.toString().toLowerCase(Locale.ROOT);
    }

    /// Tells the switch what a user says of himself by PUBLISH.
    static void tell(CoreEvents core, UserId user, Optional<PersonState> state) {
        core.publish(EventName.PRESENCE_IN, () -> {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("proto", "sip");
            headers.put("login", user.toString());
            headers.put("from", user.toString());
            headers.put("event_type", "presence");
            headers.put("rpid", state.map(PersonState::activity).orElse(""));
            headers.put("status", state.map(PersonState::note).orElse(""));
            headers.put("open", state.map(one -> Boolean.toString(one.open())).orElse(""));
            return headers;
        });
    }

    @Override
    public boolean wants(EventName name, String subclass) {
        return name == EventName.PRESENCE_IN || subclass.equals("verto::login") || subclass.equals("verto::client_disconnect");
    }

    @Override
    public void onEvent(CoreEvent event) {
        if (event.name() != EventName.PRESENCE_IN) {
            event.header(LOGIN).flatMap(Lamps::user).ifPresent(changed);
        } else if (event.header("alt_event_type").isEmpty()) { // a room tells of its lamp
            event.header("from").flatMap(Lamps::user).ifPresent(user -> note(event, user));
        }
    }

    private void note(CoreEvent event, UserId user) {
        String note = event.header("status").orElse("");
        String activity = event.header("rpid").orElse("");
        String open = event.header("open").orElse("");
        synchronized (said) {
            said.remove(key(user));
            if (!(note + activity + open).isEmpty()) {
                said.put(key(user), new PersonState(!open.equals("false"), note, activity.matches("[a-z-]{1,40}") ? activity : ""));
            }
        }
        changed.accept(user);
    }
}
