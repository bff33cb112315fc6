package io.jverto.sip.locate;

import io.jverto.base.net.Network;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Finds where requests to a host go (RFC 3263 section 4). Thread-safe as far as its [Dns] is; may wait. Limits: [#MOST] addresses.
public final class Locator {
    static final int MOST = 16;
    private static final Map<String, SipTransport> SERVICES =
            Map.of("SIP+D2U", SipTransport.UDP, "SIP+D2T", SipTransport.TCP, "SIPS+D2T", SipTransport.TLS);

    private final Dns dns;
    private final RandomGenerator random;

    public Locator(Dns dns, RandomGenerator random) {
        this.dns = dns;
        this.random = random;
    }

    /// @param transport empty where the host's own choice counts
    /// @return addresses in the order to try; empty when there are none
    public List<Hop> find(HostPort host, Optional<SipTransport> transport) {
        String name = host.bareHost();
        SipTransport fallback = transport.orElse(SipTransport.UDP);
        if (host.port() > 0 || Network.address(name).isPresent()) {
            return at(name, host.portOr(fallback.defaultPort()), fallback).limit(MOST).toList();
        }
        List<Hop> found = (transport.isPresent() ? ofService(service(fallback, name), fallback) : chosen(name)).distinct().limit(MOST).toList();
        return found.isEmpty() ? at(name, fallback.defaultPort(), fallback).limit(MOST).toList() : found;
    }

    /// What the domain prefers, or else whatever it has (RFC 3263 section 4.1).
    private Stream<Hop> chosen(String name) {
        List<Hop> preferred = dns.naptr(name).stream()
                .filter(one -> one.flags().equalsIgnoreCase("s") && SERVICES.containsKey(one.service().toUpperCase(java.util.Locale.ROOT)))
                .sorted(Comparator.comparingInt(Dns.Naptr::order).thenComparingInt(Dns.Naptr::preference))
                .flatMap(one -> ofService(one.replacement(), SERVICES.get(one.service().toUpperCase(java.util.Locale.ROOT))))
                .limit(MOST)
                .toList();
        return preferred.isEmpty()
                ? Stream.of(SipTransport.UDP, SipTransport.TCP).flatMap(transport -> ofService(service(transport, name), transport))
                : preferred.stream();
    }

    private static String service(SipTransport transport, String name) {
        return switch (transport) {
            case UDP -> "_sip._udp.";
            case TCP -> "_sip._tcp.";
            case TLS -> "_sips._tcp.";
            case WS -> "_sip._ws.";
            case WSS -> "_sips._ws.";
        } + name;
    }

    private Stream<Hop> ofService(String service, SipTransport transport) {
        return ordered(dns.srv(service)).stream()
                .filter(one -> !one.target().isEmpty() && !one.target().equals("."))
                .flatMap(one -> at(one.target(), one.port(), transport));
    }

    /// The lower priority first; of the same one, each as often first as its weight says (RFC 2782).
    private List<Dns.Srv> ordered(List<Dns.Srv> records) {
        List<Dns.Srv> left = new ArrayList<>(records.stream().sorted(Comparator.comparingInt(Dns.Srv::priority).thenComparingInt(Dns.Srv::weight)).toList());
        List<Dns.Srv> ordered = new ArrayList<>();
        while (!left.isEmpty() && ordered.size() < MOST) {
            int priority = left.getFirst().priority();
            List<Dns.Srv> same = left.stream().filter(one -> one.priority() == priority).toList();
            int ticket = random.nextInt(same.stream().mapToInt(Dns.Srv::weight).sum() + 1);
            int at = 0;
            for (int sum = same.getFirst().weight(); sum < ticket; sum += same.get(at).weight()) {
                at++;
            }
            ordered.add(same.get(at));
            left.remove(at);
        }
        return ordered;
    }

    private Stream<Hop> at(String name, int port, SipTransport transport) {
        Optional<InetAddress> literal = Network.address(name);
        return (literal.isPresent() ? literal.stream() : dns.addresses(name).stream())
                .map(address -> new Hop(transport, new InetSocketAddress(address, port)));
    }
}
