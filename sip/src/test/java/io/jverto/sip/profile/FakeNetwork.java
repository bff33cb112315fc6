package io.jverto.sip.profile;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipDecoder;
import io.jverto.sip.message.SipDecoding;
import io.jverto.sip.message.SipEncoder;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transport.SipInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A network without sockets: one profile, and whoever stands at other addresses.
final class FakeNetwork implements SipWorld.Network {
    final Map<Hop, Consumer<SipMessage>> peers = new ConcurrentHashMap<>();
    final Map<String, List<Hop>> names = new HashMap<>();
    final List<Hop> lost = new ArrayList<>();
    /// Takes what nobody else does.
    Optional<Consumer<SipMessage>> anybody = Optional.empty();
    boolean inUse;
    boolean closed;
    private SipInput input;

    @Override
    public SipWorld.Sockets open(ProfileConfig config, SipInput to) {
        if (inUse) {
            throw new CannotListen("in use", new IllegalStateException());
        }
        input = to;
        closed = false;
        return new SipWorld.Sockets() {
            @Override
            public void send(Hop hop, byte[] message) {
                SipDecoding decoding = SipDecoder.decode(message, 0, message.length);
                Consumer<SipMessage> peer = peers.getOrDefault(hop, anybody.orElse(null));
                if (peer != null && decoding instanceof SipDecoding.Decoded(SipMessage decoded)) {
                    peer.accept(decoded);
                } else {
                    lost.add(hop);
                }
            }

            @Override
            public int port(SipTransport transport) {
                return transport == SipTransport.UDP || transport == SipTransport.TCP ? 5060 : 0;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public List<Hop> resolve(HostPort host, Optional<SipTransport> transport) {
        return names.getOrDefault(host.host(), List.of());
    }

    void deliver(Hop from, SipMessage message) {
        byte[] bytes = SipEncoder.encode(message);
        input.received(from, SipDecoder.decode(bytes, 0, bytes.length));
    }

    /// As it comes from a socket.
    void deliver(Hop from, byte[] bytes) {
        input.received(from, SipDecoder.decode(bytes, 0, bytes.length));
    }

    void disconnect(Hop hop) {
        input.unreachable(hop);
    }
}
