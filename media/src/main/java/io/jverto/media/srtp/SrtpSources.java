package io.jverto.media.srtp;

import java.util.ArrayList;
import java.util.List;

/// The SSRCs of one direction, at most [#MAX]. Receiving, the one that was silent for longest makes room for a new one, which
/// happens only after a packet of the new one was authentic: strangers cannot evict anybody. What an evicted source sent
/// could be replayed; by then the call has gone through as many newer ones. Sending, a new one is refused: an SSRC that
/// came back would repeat nonces (RFC 7714 section 8.1).
final class SrtpSources {
    /// A call has one audio and a few video streams, with a gallery two for each line; a client that changes devices adds some.
    static final int MAX = 40;

    private final List<SrtpSource> sources = new ArrayList<>();
    private SrtpSource spare = new SrtpSource();
    private long uses;

    /// @return the source with that SSRC, or an unused one that [#keep] may make a real one
    SrtpSource find(int ssrc) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).ssrc == ssrc) {
                return sources.get(i);
            }
        }
        spare.restart(ssrc);
        return spare;
    }

    boolean isFull() {
        return sources.size() == MAX;
    }

    boolean isNew(SrtpSource source) {
        return source == spare;
    }

    /// Notes that a source was heard, and makes it a real one if it is new.
    ///
    /// @return true when another one had to go
    boolean keep(SrtpSource source) {
        source.lastUsed = ++uses;
        if (source != spare) {
            return false;
        }
        if (!isFull()) {
            sources.add(source);
            spare = new SrtpSource();
            return false;
        }
        int oldest = 0;
        for (int i = 1; i < sources.size(); i++) {
            oldest = sources.get(i).lastUsed < sources.get(oldest).lastUsed ? i : oldest;
        }
        spare = sources.set(oldest, source);
        return true;
    }

    /// Reads what [#find] and its caller are going to need; of no use but that it was read.
    int preload() {
        return sources.isEmpty() ? 0 : sources.getFirst().rtp.preload();
    }

    int size() {
        return sources.size();
    }
}
