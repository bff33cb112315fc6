package io.jverto.sip.transport;

import io.jverto.base.count.Budgets;
import io.jverto.base.net.AddressGroup;
import java.net.InetAddress;
import java.util.function.Predicate;

/// How many messages a source may send (S27): a network of IPv6 counts as one source, whose bits after the 64th it may choose. Thread-safe.
/// Limits: remembers [#SOURCES]; who is forgotten begins anew, and all those who are not remembered share nothing with those who are.
public final class SourceLimits {
    private static final int SOURCES = 10_000;

    private final Predicate<InetAddress> trusted;
    private final Budgets budgets;

    /// @param trusted sources without limit: gateways, proxies of our own
    public SourceLimits(int perSecond, int burst, Predicate<InetAddress> trusted) {
        this.budgets = new Budgets(SOURCES, burst, perSecond);
        this.trusted = trusted;
    }

    /// @return false when the source has to wait
    public synchronized boolean take(long nowNanos, InetAddress source) {
        return trusted.test(source) || budgets.take(nowNanos, AddressGroup.of(source));
    }

    synchronized int remembered() {
        return budgets.size();
    }
}
