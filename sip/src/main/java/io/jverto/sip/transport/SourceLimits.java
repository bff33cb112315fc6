package io.jverto.sip.transport;

import io.jverto.base.count.Budget;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// How many messages a source may send (S27): a network of IPv6 counts as one source, whose bits after the 64th it may choose. Thread-safe.
/// Limits: remembers [#SOURCES]; who is forgotten begins anew, and all those who are not remembered share nothing with those who are.
public final class SourceLimits {
    private static final int SOURCES = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final int perSecond;
    private final int burst;
    private final Predicate<InetAddress> trusted;
    private final Map<String, Budget> budgets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Budget> eldest) {
            return size() > SOURCES;
        }
    };

    /// @param trusted sources without limit: gateways, proxies of our own
    public SourceLimits(int perSecond, int burst, Predicate<InetAddress> trusted) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.trusted = trusted;
    }

    /// @return false when the source has to wait
    public synchronized boolean take(long nowNanos, InetAddress source) {
        return trusted.test(source) || budgets.computeIfAbsent(key(source), _ -> new Budget(burst, perSecond, nowNanos)).take(nowNanos, 1);
    }

    static String key(InetAddress source) {
        byte[] bytes = source.getAddress();
        return Arrays.toString(source instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    synchronized int remembered() {
        return budgets.size();
    }
}
