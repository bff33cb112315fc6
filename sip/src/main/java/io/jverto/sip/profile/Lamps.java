package io.jverto.sip.profile;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Which calls users have, as the events of the switch tell of channels that have a `presence_id`; and that voice messages have come or gone.
/// Thread-safe. Bounded by the number of channels.
final class Lamps implements CoreEvents.Listener {
    private final Map<String, Map<String, Lamp>> calls = new ConcurrentHashMap<>();
    private final Consumer<UserId> lampChanged;
    private final BiConsumer<UserId, Map<String, String>> boxChanged;

    /// @param lampChanged must not wait
    /// @param boxChanged given what MESSAGE_WAITING says; must not wait
    Lamps(Consumer<UserId> lampChanged, BiConsumer<UserId, Map<String, String>> boxChanged) {
        this.lampChanged = lampChanged;
        this.boxChanged = boxChanged;
    }

    /// @return a user's calls now
    List<Lamp> of(UserId user) {
        return List.copyOf(calls.getOrDefault(key(user), Map.of()).values());
    }

    @Override
    public boolean wants(EventName name, String subclass) {
        return name == EventName.CHANNEL_CALLSTATE || name == EventName.CHANNEL_HANGUP || name == EventName.MESSAGE_WAITING;
    }

    @Override
    public void onEvent(CoreEvent event) {
        if (event.name() == EventName.MESSAGE_WAITING) {
            event.header("MWI-Message-Account").flatMap(Lamps::user).ifPresent(box -> boxChanged.accept(box, event.headers()));
            return;
        }
        Optional<UserId> user = event.header("Channel-Presence-ID").flatMap(Lamps::user);
        Optional<String> id = event.header("Unique-ID");
        if (user.isPresent() && id.isPresent()) {
            String state = event.name() == EventName.CHANNEL_HANGUP ? "HANGUP" : event.header("Channel-Call-State").orElse("");
            boolean outgoing = event.header("Call-Direction").filter("inbound"::equals).isPresent();
            if (note(key(user.get()), id.get(), outgoing, state)) {
                lampChanged.accept(user.get());
            }
        }
    }

    /// @return whether somebody who watches sees a difference
    private boolean note(String key, String id, boolean outgoing, String state) {
        String shown = switch (state) {
            case "RING_WAIT", "RINGING", "EARLY" -> "early";
            case "ACTIVE", "HELD" -> "confirmed";
            case "HANGUP" -> "terminated";
            default -> "";
        };
        if (shown.isEmpty()) {
            return false;
        }
        Map<String, Lamp> before = calls.getOrDefault(key, Map.of());
        Map<String, Lamp> after = new LinkedHashMap<>(before);
        if (shown.equals("terminated")) {
            after.remove(id);
        } else {
            after.put(id, new Lamp(id, outgoing, shown));
        }
        if (after.isEmpty()) {
            calls.remove(key);
        } else {
            calls.put(key, Map.copyOf(after));
        }
        return !after.equals(before);
    }

    private static String key(UserId user) {
        return user.toString().toLowerCase(Locale.ROOT);
    }

    static Optional<UserId> user(String text) {
        int at = text.lastIndexOf('@');
        return at > 0 && at + 1 < text.length() ? Optional.of(new UserId(text.substring(0, at), text.substring(at + 1))) : Optional.empty();
    }
}
