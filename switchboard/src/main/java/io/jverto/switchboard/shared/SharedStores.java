package io.jverto.switchboard.shared;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.kept.Belongings.KeptLimit;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.SharedData;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// All that calls share. One server uses a database, and no call outlives the server: hence both kinds of limits are counted in memory, each
/// for itself.
///
/// @param hash in memory
/// @param data over a restart
/// @param limits of `limit hash`
/// @param dbLimits of `limit db`
public record SharedStores(HashStore hash, SharedData data, Limits limits, Limits dbLimits) {
    private static final List<String> BACKENDS = List.of("hash", "db");

    // DEVIATION api-7
    public SharedStores(SharedData data, TimeSource time, Counters<SwitchCounter> counters) {
        this(new HashStore(counters), data, new Limits(time, counters), new Limits(time, counters));
    }

    /// @param backend `hash` or `db`
    public Optional<Limits> limits(String backend) {
        return switch (backend.toLowerCase(Locale.ROOT)) {
            case "hash" -> Optional.of(limits);
            case "db" -> Optional.of(dbLimits);
            default -> Optional.empty();
        };
    }

    /// @return places that a call has
    public List<KeptLimit> placesOf(ChannelId call) {
        return BACKENDS.stream().flatMap(backend -> limits(backend).orElseThrow().of(call).stream().map(name -> new KeptLimit(backend, name.realm(), name.id())))
                .sorted(Comparator.comparing(KeptLimit::toString)).toList();
    }

    /// Gives a call a place that it had before the server was started again.
    public void takeAgain(ChannelId call, KeptLimit place) {
        limits(place.backend()).ifPresent(limits -> limits.takeAgain(call, new Limits.Name(place.realm(), place.id())));
    }

    /// A call lets go of all it is counted for.
    public void release(ChannelId call) {
        List.of(limits, dbLimits).forEach(kind -> kind.release(call));
    }
}
