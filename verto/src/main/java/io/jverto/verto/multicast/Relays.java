package io.jverto.verto.multicast;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.count.Counters;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Multicast;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The groups of all profiles; profiles of one group share a place in it, so that their clients hear everything once. Thread-safe.
public final class Relays implements AutoCloseable {
    private final EventChannels events;
    private final Counters<VertoCount> counters;
    private final TimeSource time;
    private final Map<String, Relay> byProfile = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Relay> byGroup = new HashMap<>();

    public Relays(EventChannels events, Counters<VertoCount> counters, TimeSource time) {
        this.events = events;
        this.counters = counters;
        this.time = time;
    }

    /// Joins the group of a profile that has one.
    ///
    /// @return why it could not
    public synchronized Optional<ConfigProblem> open(VertoProfile profile) {
        if (!(profile.extras().multicast() instanceof Multicast.Group group)) {
            return Optional.empty();
        }
        InetSocketAddress heard = new InetSocketAddress(group.address(), group.port());
        try {
            Relay relay = byGroup.get(heard);
            if (relay == null) {
                relay = Relay.open(group, events, counters, time);
                byGroup.put(heard, relay);
                time.start("verto-multicast-" + profile.name(), relay::listen);
            }
            byProfile.put(profile.name(), relay);
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(ConfigProblem.error(
                    group.origin(), "cannot join " + group.address().getHostAddress() + ":" + group.port() + ": " + refused.getMessage()));
        }
    }

    /// Tells the group of the profile, if there is one, what one of its clients broadcasts.
    public void publish(VertoProfile profile, JsonObject params) {
        Relay relay = byProfile.get(profile.name());
        if (relay != null) {
            relay.publish(params);
        }
    }

    @Override
    public synchronized void close() {
        byProfile.clear();
        byGroup.values().forEach(Relay::close);
        byGroup.clear();
    }
}
