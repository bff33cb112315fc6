package io.jverto.media.ice;

import io.jverto.media.plan.IceCredentials;
import io.jverto.media.stun.StunKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pairs that belong to one exchange of credentials; a restart begins another one (RFC 8445 section 9).
final class IceChecklist {
    /// Pairs remembered. The peer's candidates, and room for addresses that it moves to.
    static final int MAX_PAIRS = 24;
    /// Candidates that the peer names and we check, first and late ones together (security.md S16); browsers send fewer that are of use
    /// to a server.
    static final int MAX_CANDIDATES = 10;

    private final IceCredentials local;
    private final StunKey localKey;
    private final List<IcePair> pairs = new ArrayList<>();
    private @Nullable Peer peer;
    private int candidates;
    private long uses;

    /// The other side, once known.
    private record Peer(IceCredentials credentials, StunKey key, String incoming, String outgoing) {}

    IceChecklist(IceCredentials local) {
        this.local = local;
        this.localKey = StunKey.ofPassword(local.password());
    }

    void peer(IceCredentials remote) {
        // RFC 8445 section 7.2.2: a request names its receiver first.
        peer = new Peer(
                remote,
                StunKey.ofPassword(remote.password()),
                local.ufrag() + ":" + remote.ufrag(),
                remote.ufrag() + ":" + local.ufrag());
    }

    boolean hasPeer() {
        return peer != null;
    }

    boolean hasPeer(IceCredentials remote) {
        return peer != null && peer.credentials.equals(remote);
    }

    /// @param ufrag the peer's; empty text is anybody's
    boolean isOf(String ufrag) {
        return peer != null && (ufrag.isEmpty() || peer.credentials.ufrag().equals(ufrag));
    }

    /// @return false when the peer has named as many as it may
    boolean takeCandidate() {
        boolean room = candidates < MAX_CANDIDATES;
        candidates += room ? 1 : 0;
        return room;
    }

    boolean isFor(String username) {
        return peer != null && peer.incoming.equals(username);
    }

    /// For us, but from somebody whose credentials have not come yet, or are other than we know.
    boolean isForUs(String username) {
        return username.startsWith(local.ufrag() + ":");
    }

    IceCredentials local() {
        return local;
    }

    StunKey localKey() {
        return localKey;
    }

    Optional<StunKey> peerKey() {
        return Optional.ofNullable(peer).map(Peer::key);
    }

    String outgoingUsername() {
        return peer == null ? "" : peer.outgoing;
    }

    List<IcePair> pairs() {
        return pairs;
    }

    Optional<IcePair> find(InetSocketAddress remote) {
        for (IcePair pair : pairs) {
            if (pair.remote.equals(remote)) {
                pair.lastUsed = ++uses;
                return Optional.of(pair);
            }
        }
        return Optional.empty();
    }

    /// Adds an address. When the list is full, the pair that was quiet for longest goes, but never the one to keep.
    ///
    /// @return the new pair
    IcePair add(InetSocketAddress remote, Optional<IcePair> keep) {
        if (pairs.size() == MAX_PAIRS) {
            IcePair quietest = pairs.get(0) == keep.orElse(null) ? pairs.get(1) : pairs.get(0);
            for (IcePair pair : pairs) {
                quietest = pair.lastUsed < quietest.lastUsed && pair != keep.orElse(null) ? pair : quietest;
            }
            pairs.remove(quietest);
        }
        IcePair added = new IcePair(this, remote);
        added.lastUsed = ++uses;
        pairs.add(added);
        return added;
    }

    /// The pair whose turn it is: triggered ones first, then the longest due (RFC 8445 section 6.1.4.2).
    Optional<IcePair> due(long nowNanos) {
        IcePair best = null;
        for (IcePair pair : pairs) {
            if (pair.nextSendNanos() <= nowNanos && (best == null || isBefore(pair, best))) {
                best = pair;
            }
        }
        return Optional.ofNullable(best);
    }

    long nextSendNanos() {
        long next = IcePair.NEVER;
        for (IcePair pair : pairs) {
            next = Math.min(next, pair.nextSendNanos());
        }
        return next;
    }

    /// The pair that answered last, apart from one.
    Optional<IcePair> freshest(Optional<IcePair> apartFrom) {
        IcePair best = null;
        for (IcePair pair : pairs) {
            if (pair.isAnswered()
                    && pair != apartFrom.orElse(null)
                    && (best == null || pair.answeredNanos() > best.answeredNanos())) {
                best = pair;
            }
        }
        return Optional.ofNullable(best);
    }

    /// Whether an address can be anybody's at all.
    static boolean isCheckable(InetSocketAddress candidate) {
        return !candidate.isUnresolved()
                && candidate.getPort() > 0
                && !candidate.getAddress().isAnyLocalAddress()
                && !candidate.getAddress().isMulticastAddress();
    }

    private static boolean isBefore(IcePair pair, IcePair other) {
        if (pair.isTriggered() != other.isTriggered()) {
            return pair.isTriggered();
        }
        return pair.nextSendNanos() < other.nextSendNanos();
    }
}
