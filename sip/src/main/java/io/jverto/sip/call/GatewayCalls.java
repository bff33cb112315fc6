package io.jverto.sip.call;

import io.jverto.base.count.Budget;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.gateway.GatewayLimits;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The calls of ours that go out over gateways, of each gateway and of each user, and whether one more may (attack S31, toll fraud). Thread-safe.
/// Limits: remembers how fast [#USERS] users of a gateway call; who is forgotten begins anew.
final class GatewayCalls {
    private static final int USERS = 10_000;
    /// What one call takes of a budget that grows by the calls of a minute each second.
    private static final int SECONDS = 60;

    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();

    /// Why a call may not go out.
    enum Refusal {
        GATEWAY_CALLS,
        GATEWAY_RATE,
        USER_CALLS,
        USER_RATE,
        /// It has been given up.
        OVER
    }

    /// What one call takes, and gives back. Its fields belong to the lock of the whole.
    static final class Share {
        private String gateway = "";
        private Optional<String> user = Optional.empty();
        private boolean taken;
        private boolean over;
    }

    /// One gateway.
    private static final class Line {
        private final GatewayLimits limits;
        private final Budget perSecond;
        private final Map<String, Budget> perMinute = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Budget> eldest) {
                return size() > USERS;
            }
        };
        private int calls;

        Line(GatewayLimits limits, int calls, long nowNanos) {
            this.limits = limits;
            this.calls = calls;
            this.perSecond = new Budget(limits.callsPerSecond(), limits.callsPerSecond(), nowNanos);
        }

        boolean hasTimeFor(String user, long nowNanos) {
            int most = limits.userCallsPerMinute();
            return most == 0 || perMinute.computeIfAbsent(user, _ -> new Budget((long) most * SECONDS, most, nowNanos)).take(nowNanos, SECONDS);
        }

        boolean hasTime(long nowNanos) {
            return limits.callsPerSecond() == 0 || perSecond.take(nowNanos, 1);
        }
    }

    /// Takes a share for a call.
    ///
    /// @param user whose call it is; empty when it is no user's
    /// @return empty when the call may go out
    synchronized Optional<Refusal> take(Share share, GatewayConfig gateway, Optional<String> user, long nowNanos) {
        if (share.over) {
            return Optional.of(Refusal.OVER);
        }
        Line line = line(gateway, nowNanos);
        GatewayLimits limits = line.limits;
        int ofUser = user.map(name -> users.getOrDefault(name, 0)).orElse(0);
        if (user.isPresent() && limits.userCalls() > 0 && ofUser >= limits.userCalls()) {
            return Optional.of(Refusal.USER_CALLS);
        } else if (limits.calls() > 0 && line.calls >= limits.calls()) {
            return Optional.of(Refusal.GATEWAY_CALLS);
        } else if (user.isPresent() && !line.hasTimeFor(user.get(), nowNanos)) {
            return Optional.of(Refusal.USER_RATE);
        } else if (!line.hasTime(nowNanos)) {
            return Optional.of(Refusal.GATEWAY_RATE);
        }
        line.calls++;
        user.ifPresent(name -> users.put(name, ofUser + 1));
        share.gateway = gateway.name();
        share.user = user;
        share.taken = true;
        return Optional.empty();
    }

    /// A gateway that was configured anew keeps the calls that it has.
    private Line line(GatewayConfig gateway, long nowNanos) {
        return lines.compute(gateway.name(), (_, old) -> old == null || !old.limits.equals(gateway.limits())
                ? new Line(gateway.limits(), old == null ? 0 : old.calls, nowNanos)
                : old);
    }

    /// Gives back what a call has, once; it gets nothing any more.
    synchronized void release(Share share) {
        share.over = true;
        if (share.taken) {
            share.taken = false;
            lines.get(share.gateway).calls--;
            share.user.ifPresent(name -> users.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1));
        }
    }

    /// @return users who have calls, for tests: nothing is left behind
    synchronized int users() {
        return users.size();
    }
}
