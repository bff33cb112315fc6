package io.jverto.media.ice;

import io.jverto.base.net.AddressGroup;
import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells strangers as whom we see them: a STUN server without passwords (RFC 8489 section 12), beside the checks of calls. It answers plain binding
/// requests alone, with no byte more than the address needs, so that nobody who forges his own is of use to flood others; and few of them.
public final class BindingServer {
    private static final int PER_SECOND = 10;
    private static final int BURST = 20;
    private static final int PER_SECOND_OF_ALL = 1_000;
    private static final int BURST_OF_ALL = 2_000;
    /// Sources that are remembered; the one heard least recently is forgotten.
    private static final int MAX_SOURCES = 4_096;

    private final StunMessage request = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private final StunLimit all = new StunLimit(PER_SECOND_OF_ALL, BURST_OF_ALL);
    private final Map<String, StunLimit> sources = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StunLimit> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    /// @return length of the answer in [#bytes]; 0 when there is none
    public int onRequest(long nowNanos, InetSocketAddress from, byte[] datagram, int offset, int length) {
        boolean plain = request.read(datagram, offset, length)
                && request.messageClass() == StunClass.REQUEST
                && request.unknownRequired() == 0
                && request.username().isEmpty();
        // The source first: what one asks too much takes nothing from the others.
        if (!plain || from.getPort() == 0
                || !sources.computeIfAbsent(AddressGroup.of(from.getAddress()), _ -> new StunLimit(PER_SECOND, BURST)).take(nowNanos)
                || !all.take(nowNanos)) {
            return 0;
        }
        return writer.beginBare(StunClass.SUCCESS, request.transaction()).mappedAddress(from).finishBare();
    }

    public byte[] bytes() {
        return writer.bytes();
    }
}
