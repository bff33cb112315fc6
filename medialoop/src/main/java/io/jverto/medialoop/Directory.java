package io.jverto.medialoop;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.stun.StunUsername;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which transport of a loop a datagram is for: a STUN request by the user fragment that it names, a response by its
/// transaction, all else by an address that ICE selected. Every entry belongs to a transport, which has few of each.
@OwnedBy(Role.MEDIA_LOOP)
final class Directory {
    /// An address goes over to another transport when its holder heard no STUN for so long.
    private static final long QUIET_NANOS = 5_000_000_000L;
    /// RFC 8489 section 5: the two class bits of the message type; both zero in a request.
    private static final int CLASS_HIGH = 0x01;
    private static final int CLASS_LOW = 0x10;

    private final Counters<LoopCount> counters;
    private final Map<String, LoopTransport> byUfrag = new HashMap<>();
    private final Map<TransactionId, LoopTransport> byCheck = new HashMap<>();
    private final Map<InetSocketAddress, Holder> byAddress = new HashMap<>();

    /// Who has selected an address.
    static final class Holder {
        /// Null when it has it no more; then there may be another holder.
        private @Nullable LoopTransport transport;

        private Holder(LoopTransport transport) {
            this.transport = transport;
        }
    }

    Directory(Counters<LoopCount> counters) {
        this.counters = counters;
    }

    void add(LoopTransport transport) {
        transport.ufrags().forEach(ufrag -> byUfrag.put(ufrag, transport));
    }

    /// Reads what the next datagram from there is going to need; of no use but that it was read.
    static int preload(Remote from) {
        Holder holder = from.holder;
        LoopTransport transport = holder == null ? null : holder.transport;
        return transport == null ? 0 : transport.preloadReceive();
    }

    /// @return null when it is for none (counted)
    @Nullable LoopTransport find(long nowNanos, Remote from, byte[] bytes, int length) {
        Holder holder = from.holder;
        if (holder != null && holder.transport != null && DatagramKind.of(bytes, 0, length) != DatagramKind.STUN) {
            return holder.transport; // without a look-up, whose way through memory costs as much as deciphering
        }
        LoopTransport found = find(nowNanos, from.address, bytes, length);
        from.holder = byAddress.get(from.address);
        return found;
    }

    /// @return null when it is for none (counted)
    @Nullable LoopTransport find(long nowNanos, InetSocketAddress from, byte[] bytes, int length) {
        if (DatagramKind.of(bytes, 0, length) != DatagramKind.STUN) {
            return known(holder(from), LoopCount.UNKNOWN_ADDRESS);
        }
        LoopTransport found = isRequest(bytes, 0)
                ? named(StunUsername.localUfrag(bytes, 0, length))
                : known(
                        TransactionId.isIn(length) ? byCheck.get(TransactionId.of(bytes, 0)) : null,
                        LoopCount.UNKNOWN_TRANSACTION);
        if (found != null) {
            found.heardStun(nowNanos);
        }
        return found;
    }

    /// A request that names nobody is no call's; [#isStranger] tells whoever answers it.
    private @Nullable LoopTransport named(Optional<String> ufrag) {
        return ufrag.isEmpty() ? null : known(byUfrag.get(ufrag.get()), LoopCount.UNKNOWN_UFRAG);
    }

    /// Whether a datagram that is for no transport is a STUN request that names none.
    static boolean isStranger(byte[] bytes, int length) {
        return isStunRequest(bytes, length) && StunUsername.localUfrag(bytes, 0, length).isEmpty();
    }

    static boolean isStunRequest(byte[] bytes, int length) {
        return DatagramKind.of(bytes, 0, length) == DatagramKind.STUN && isRequest(bytes, 0);
    }

    /// Whether a transport has selected the address.
    boolean isKnown(InetSocketAddress address) {
        return byAddress.containsKey(address);
    }

    private @Nullable LoopTransport known(@Nullable LoopTransport found, LoopCount otherwise) {
        if (found == null) {
            counters.increment(otherwise);
        }
        return found;
    }

    static boolean isRequest(byte[] bytes, int offset) {
        return (bytes[offset] & CLASS_HIGH) == 0 && (bytes[offset + 1] & CLASS_LOW) == 0;
    }

    /// Datagrams from there are for that transport now.
    ///
    /// @return false when the address is another's, who is alive: a peer cannot take a foreign call's address away
    boolean select(long nowNanos, InetSocketAddress address, LoopTransport transport) {
        LoopTransport holder = holder(address);
        if (holder == transport) {
            return true;
        }
        boolean may = isFree(nowNanos, address);
        if (may) {
            end(byAddress.put(address, new Holder(transport)));
        }
        return may;
    }

    /// @return whether nobody has the address, or one who fell silent
    boolean isFree(long nowNanos, InetSocketAddress address) {
        LoopTransport holder = holder(address);
        return holder == null || nowNanos - holder.lastStunNanos() >= QUIET_NANOS;
    }

    void unselect(InetSocketAddress address, LoopTransport transport) {
        if (holder(address) == transport) {
            end(byAddress.remove(address));
        }
    }

    private @Nullable LoopTransport holder(InetSocketAddress address) {
        Holder holder = byAddress.get(address);
        return holder == null ? null : holder.transport;
    }

    private static void end(@Nullable Holder holder) {
        if (holder != null) {
            holder.transport = null;
        }
    }

    /// @return false when it was open already
    boolean openCheck(TransactionId id, LoopTransport transport) {
        return byCheck.put(id, transport) == null;
    }

    void closeCheck(TransactionId id) {
        byCheck.remove(id);
    }

    void remove(LoopTransport transport) {
        transport.ufrags().forEach(ufrag -> byUfrag.remove(ufrag, transport));
    }

    /// @return entries of all kinds
    int size() {
        return byUfrag.size() + byCheck.size() + byAddress.size();
    }
}
