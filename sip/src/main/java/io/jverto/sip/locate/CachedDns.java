package io.jverto.sip.locate;

import io.jverto.base.time.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Remembers for a minute what names say, and for ten seconds that they say nothing, whatever their records allow; addresses are remembered by
/// the platform. Thread-safe. Limits: [#MOST] answers; beyond them those are forgotten that nobody has asked for longest.
public final class CachedDns implements Dns {
    static final int MOST = 2_000;
    private static final long LIFE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long NOTHING_NANOS = Duration.ofSeconds(10).toNanos();

    private final Dns dns;
    private final TimeSource time;
    private final Map<String, Known<?>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known<?>> eldest) {
            return size() > MOST;
        }
    };

    private record Known<T>(List<T> records, long untilNanos) {}

    public CachedDns(Dns dns, TimeSource time) {
        this.dns = dns;
        this.time = time;
    }

    @Override
    public List<Naptr> naptr(String name) {
        return known("naptr ", name, dns::naptr);
    }

    @Override
    public List<Srv> srv(String name) {
        return known("srv ", name, dns::srv);
    }

    @Override
    public List<InetAddress> addresses(String name) {
        return dns.addresses(name);
    }

    @SuppressWarnings("unchecked") // what stands under a kind of record is of that kind
    private <T> List<T> known(String kind, String name, Function<String, List<T>> lookUp) {
        String key = kind + name.toLowerCase(Locale.ROOT);
        synchronized (known) {
            Known<?> before = known.get(key);
            if (before != null && time.nanoTime() < before.untilNanos()) {
                return (List<T>) before.records();
            }
        }
        List<T> found = List.copyOf(lookUp.apply(name)); // two who ask at the same time both ask
        synchronized (known) {
            known.put(key, new Known<>(found, time.nanoTime() + (found.isEmpty() ? NOTHING_NANOS : LIFE_NANOS)));
        }
        return found;
    }
}
