package io.jverto.media.ice;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.IceCredentials;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/// Finds and keeps an address pair on which media may flow.
@OwnedBy(Role.MEDIA_LOOP)
public final class IceAgent {
    /// @param controlling true when we made the offer
    public IceAgent(
            IceCredentials local, boolean controlling, RandomGenerator random, Counters<IceCounter> counters) {}

    /// The peer's side is known: checks begin. Called again with other credentials when the peer restarted.
    public long remote(long nowNanos, IceCredentials remote, List<InetSocketAddress> candidates, IceOutput out) {
        throw new Broken("being written");
    }

    /// We restart with new credentials; media goes on over the old pair until [#remote] and a new one.
    public long restart(long nowNanos, IceCredentials local, boolean controlling) {
        throw new Broken("being written");
    }

    public long onStun(
            long nowNanos, InetSocketAddress from, byte[] bytes, int offset, int length, IceOutput out) {
        throw new Broken("being written");
    }

    public long onTimeout(long nowNanos, IceOutput out) {
        throw new Broken("being written");
    }
}
