package io.jverto.medialoop;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The [Remote]s that were heard of last, so that a datagram of a peer that sends fifty of them a second makes no new address. Bounded: who is one
/// too many takes the place of another, which costs that one a new object with its next datagram.
@OwnedBy(Role.MEDIA_LOOP)
final class Remotes {
    private static final int SIZE = 8_192;
    /// Places that one address may have.
    private static final int WAYS = 4;
    private static final int ADDRESS_BYTES = 16;
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final @Nullable Entry[] table = new Entry[SIZE];
    private int oldest;

    /// @param high the first half of an IPv6 address, or of an IPv4 one as RFC 4291 section 2.5.5.2 maps it
    /// @param low the other half
    /// @param scope of a link-local address; 0 for none
    /// @return the same object as before, for an address that was asked for lately
    Remote of(long high, long low, int scope, int port) {
        long mixed = (high ^ Long.rotateLeft(low, 17) ^ ((long) scope << 32 | port)) * GOLDEN;
        int first = (int) (mixed >>> 40) & (SIZE - WAYS);
        for (int i = first; i < first + WAYS; i++) {
            Entry entry = table[i];
            if (entry == null) {
                return add(i, high, low, scope, port);
            }
            if (entry.low == low && entry.port == port && entry.high == high && entry.scope == scope) {
                return entry.remote;
            }
        }
        oldest = (oldest + 1) % WAYS;
        return add(first + oldest, high, low, scope, port);
    }

    private Remote add(int place, long high, long low, int scope, int port) {
        Entry entry = new Entry(high, low, scope, port, new Remote(new InetSocketAddress(address(high, low, scope), port)));
        table[place] = entry;
        return entry.remote;
    }

    private static InetAddress address(long high, long low, int scope) {
        byte[] bytes = ByteBuffer.allocate(ADDRESS_BYTES).putLong(high).putLong(low).array();
        try {
            return scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException bug) {
            throw new IllegalStateException("sixteen bytes are an address", bug);
        }
    }

    private record Entry(long high, long low, int scope, int port, Remote remote) {}
}
