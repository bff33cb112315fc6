package io.jverto.switchboard.message;

import io.jverto.switchboard.port.MessageRoute;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The protocols that messages may be addressed to, by what stands before the `+`. Filled at start. Thread-safe.
public final class MessageRoutes {
    private final ConcurrentHashMap<String, MessageRoute> byProtocol = new ConcurrentHashMap<>();

    public void add(MessageRoute route) {
        byProtocol.put(route.protocol().toLowerCase(Locale.ROOT), route);
    }

    public Optional<MessageRoute> find(String protocol) {
        return Optional.ofNullable(byProtocol.get(protocol.toLowerCase(Locale.ROOT)));
    }
}
