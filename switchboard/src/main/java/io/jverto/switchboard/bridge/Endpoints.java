package io.jverto.switchboard.bridge;

import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The kinds of peers that can be called, by the prefix of their dial strings. Filled at start. Thread-safe.
public final class Endpoints {
    private final ConcurrentHashMap<String, Endpoint> byScheme = new ConcurrentHashMap<>();

    private final Pickups pickups = new Pickups();

    /// @return the legs that wait to be picked up
    public Pickups pickups() {
        return pickups;
    }

    public void add(Endpoint endpoint) {
        byScheme.put(endpoint.scheme().toLowerCase(Locale.ROOT), endpoint);
    }

    /// @return their prefixes
    public List<String> names() {
        return byScheme.keySet().stream().sorted().toList();
    }

    /// @return the devices that have registered anywhere, in the order of the prefixes
    public List<Registration> registrations() {
        return names().stream().flatMap(name -> find(name).stream()).flatMap(endpoint -> endpoint.registrations().stream()).toList();
    }

    public Optional<Endpoint> find(String scheme) {
        return Optional.ofNullable(byScheme.get(scheme.toLowerCase(Locale.ROOT)));
    }
}
