package io.jverto.switchboard.message;

import io.jverto.switchboard.port.MessageDevices;
import io.jverto.switchboard.port.MessageRoute;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The protocols that messages may be addressed to, by what stands before the `+`. Filled at start. Thread-safe.
public final class MessageRoutes {
    private final ConcurrentHashMap<String, MessageRoute> byProtocol = new ConcurrentHashMap<>();

    private volatile MessageDevices devices = MessageDevices.NONE;

    /// @return what else than Verto clients messages to users go to
    public MessageDevices devices() {
        return devices;
    }

    public void devices(MessageDevices others) {
        devices = others;
    }

    public void add(MessageRoute route) {
        byProtocol.put(route.protocol().toLowerCase(Locale.ROOT), route);
    }

    public Optional<MessageRoute> find(String protocol) {
        return Optional.ofNullable(byProtocol.get(protocol.toLowerCase(Locale.ROOT)));
    }
}
