package io.jverto.sip.transport;

import io.jverto.base.count.Counters;
import io.jverto.base.net.Addresses;
import io.jverto.base.time.TimeSource;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The sockets of one user agent: UDP, TCP, TLS, WebSockets. Sends over TCP and TLS also where it does not listen. Thread-safe after [#listen].
public final class SipListeners implements SipSockets, AutoCloseable {
    private final TimeSource time;
    private final SourceLimits limits;
    private final Counters<TransportCounter> counters;
    private final SipInput input;
    private final Connections connections;
    private Optional<UdpSocket> udp = Optional.empty();

    public SipListeners(TransportConfig config, TimeSource time, SourceLimits limits, Counters<TransportCounter> counters, SipInput input) {
        this.time = time;
        this.limits = limits;
        this.counters = counters;
        this.input = input;
        this.connections = new Connections(config, time, limits, counters, input);
    }

    /// Opens a socket; called before anything is sent.
    ///
    /// @param bind port 0 for any
    /// @return the port
    /// @throws java.io.UncheckedIOException when the address is in use or not ours
    public int listen(SipTransport transport, InetSocketAddress bind) {
        try {
            if (transport != SipTransport.UDP) {
                return connections.listen(transport, bind);
            }
            UdpSocket socket = new UdpSocket(bind, time, limits, counters, input);
            udp = Optional.of(socket);
            return socket.port();
        } catch (IOException unusable) {
            throw new java.io.UncheckedIOException("cannot listen at " + Addresses.text(bind) + " over " + transport, unusable);
        }
    }

    @Override
    public void send(Hop to, byte[] message) {
        switch (to.transport()) {
            case UDP -> udp.ifPresentOrElse(socket -> socket.send(to, message), () -> input.unreachable(to));
            case TCP, TLS, WS, WSS -> connections.send(to, message);
        }
    }

    /// Connections of both directions.
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        udp.ifPresent(UdpSocket::close);
        connections.close();
    }
}
