package io.jverto.server.config;

import io.jverto.base.net.Network;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// What the `cidr` of users beside those of the configuration name, as lists of networks see it. Nobody waits here: media threads ask too.
/// Thread-safe.
public final class UserNetworks {
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile Map<String, List<Network>> byDomain = Map.of();

    /// The networks of a domain's users, whichever they are when they are asked for.
    private record OfDomain(UserNetworks all, String domain) implements Supplier<List<Network>> {
        @Override
        public List<Network> get() {
            return all.byDomain.getOrDefault(domain, List.of());
        }
    }

    /// @param domain in any letter case
    Supplier<List<Network>> of(String domain) {
        wanted.set(true);
        return new OfDomain(this, domain.toLowerCase(Locale.ROOT));
    }

    /// Whether any list has asked for a domain.
    public boolean areWanted() {
        return wanted.get();
    }

    /// @param now by the name of the domain in lower case
    public void set(Map<String, List<Network>> now) {
        byDomain = Map.copyOf(now);
    }
}
