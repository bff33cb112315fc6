package io.jverto.sip.profile;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.sip.locate.Locator;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transport.SipInput;
import io.jverto.sip.transport.SipListeners;
import io.jverto.sip.transport.SourceLimits;
import io.jverto.sip.transport.TransportConfig;
import io.jverto.sip.transport.TransportCounter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// True sockets.
///
/// @param tls the certificates of a profile
public record RealNetwork(
        TimeSource time, InetAddress local, Counters<TransportCounter> counters, Function<ListenConfig, SSLContext> tls, Locator locator)
        implements SipWorld.Network {
    private static final Logger log = LoggerFactory.getLogger(RealNetwork.class);
    private static final int BURST_SECONDS = 2;
    private static final int ATTEMPTS = 10;

    @Override
    public SipWorld.Sockets open(ProfileConfig config, SipInput input) {
        for (int attempt = 1; config.listen().port() == 0 && attempt < ATTEMPTS; attempt++) {
            try {
                return openOnce(config, input);
            } catch (CannotListen half) {
                log.debug("the port was free for UDP, but not for TCP: another one", half);
            }
        }
        return openOnce(config, input);
    }

    private SipWorld.Sockets openOnce(ProfileConfig config, SipInput input) {
        ListenConfig listen = config.listen();
        SourceLimits limits = new SourceLimits(config.messagesPerSecond(), config.messagesPerSecond() * BURST_SECONDS, _ -> false);
        SipListeners listeners = new SipListeners(TransportConfig.of(tls.apply(listen)), time, limits, counters, input);
        Opened opened = new Opened(listeners, new EnumMap<>(SipTransport.class));
        try {
            InetAddress ip = address(listen.ip());
            int port = opened.listen(config, SipTransport.UDP, ip, listen.port());
            opened.listen(config, SipTransport.TCP, ip, port);
            if (listen.tls()) {
                opened.listen(config, SipTransport.TLS, ip, listen.tlsPort());
            }
            for (HostPort at : listen.websockets()) {
                opened.listen(config, SipTransport.WS, address(bare(at, listen)), at.port());
            }
            for (HostPort at : listen.secureWebsockets()) {
                opened.listen(config, SipTransport.WSS, address(bare(at, listen)), at.port());
            }
            return opened;
        } catch (CannotListen inUse) {
            opened.close();
            throw inUse;
        }
    }

    /// A binding without an address is at that of the profile.
    private static String bare(HostPort at, ListenConfig listen) {
        return at.host().equals(ListenConfig.OWN) ? listen.ip() : at.bareHost();
    }

    private InetAddress address(String text) {
        return text.isEmpty() ? local : InetAddress.ofLiteral(text);
    }

    @Override
    public List<Hop> resolve(HostPort host, Optional<SipTransport> transport) {
        return locator.find(host, transport);
    }

    private record Opened(SipListeners listeners, Map<SipTransport, Integer> ports) implements SipWorld.Sockets {
        int listen(ProfileConfig config, SipTransport transport, InetAddress ip, int port) {
            try {
                int opened = listeners.listen(transport, new InetSocketAddress(ip, port));
                ports.put(transport, opened);
                return opened;
            } catch (UncheckedIOException refused) {
                Throwable why = refused.getCause();
                throw new CannotListen(
                        "SIP profile " + config.name() + " cannot listen at " + Hop.hostPort(ip, port) + " over " + transport + ": "
                                + (why == null ? refused : why).getMessage(),
                        refused);
            }
        }

        @Override
        public void send(Hop to, byte[] message) {
            listeners.send(to, message);
        }

        @Override
        public int port(SipTransport transport) {
            return ports.getOrDefault(transport, 0);
        }

        @Override
        public void close() {
            listeners.close();
        }
    }
}
