package io.jverto.server.config;

import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkList.Entry;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The network lists that a switch knows by itself (media-rtc.md section 2); those of `acl.conf` are read by [AclConf].
final class Networks {
    /// RFC 1918, and for IPv6 the unique local addresses of RFC 4193.
    private static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10");
    /// Between a carrier's NAT and its customers.
    private static final List<String> RFC6598 = List.of("100.64.0.0/10");
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");
    private static final List<String> LINK = List.of("169.254.0.0/16", "fe80::/10");
    private static final List<String> UNSPECIFIED = List.of("0.0.0.0/8", "::/128");
    private static final List<String> ANY_V4 = List.of("0.0.0.0/0");
    private static final List<String> ANY_V6 = List.of("::/0");

    private Networks() {}

    /// @return all of them
    static List<NetworkList> all() {
        List<Network> own = interfaces();
        List<Entry> inside = entries(true, networks(Stream.of(LOOPBACK, LINK)));
        inside.addAll(entries(true, own));
        List<Entry> behindNat = entries(true, networks(Stream.of(PRIVATE)));
        behindNat.addAll(entries(false, own));
        List<Network> notWide = networks(Stream.of(PRIVATE, RFC6598, LOOPBACK, LINK, UNSPECIFIED));
        return List.of(
                new NetworkList("localnet.auto", false, inside),
                new NetworkList("nat.auto", false, behindNat),
                new NetworkList("rfc1918.auto", false, entries(true, networks(Stream.of(PRIVATE)))),
                new NetworkList("rfc6598.auto", false, entries(true, networks(Stream.of(RFC6598)))),
                new NetworkList("loopback.auto", false, entries(true, networks(Stream.of(LOOPBACK)))),
                new NetworkList("wan.auto", true, entries(false, notWide)),
                new NetworkList("wan_v4.auto", false, wide(ANY_V4, notWide)),
                new NetworkList("wan_v6.auto", false, wide(ANY_V6, notWide)),
                new NetworkList("any_v4.auto", false, entries(true, networks(Stream.of(ANY_V4)))),
                new NetworkList("any_v6.auto", false, entries(true, networks(Stream.of(ANY_V6)))),
                new NetworkList("any.auto", true, List.of()),
                new NetworkList("none", false, List.of()));
    }

    private static List<Entry> wide(List<String> any, List<Network> notWide) {
        List<Entry> entries = entries(true, networks(Stream.of(any)));
        entries.addAll(entries(false, notWide));
        return entries;
    }

    private static List<Network> networks(Stream<List<String>> texts) {
        return texts.flatMap(List::stream).map(text -> Network.parse(text).orElseThrow()).toList();
    }

    private static List<Entry> entries(boolean allowed, List<Network> networks) {
        List<Entry> entries = new ArrayList<>();
        networks.forEach(network -> entries.add(new Entry(network, allowed)));
        return entries;
    }

    private static List<Network> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(one -> one.getInterfaceAddresses().stream())
                    .map(one -> new Network(one.getAddress(), bits(one.getAddress() instanceof Inet4Address, one.getNetworkPrefixLength())))
                    .toList();
        } catch (SocketException none) {
            return List.of();
        }
    }

    /// Of an interface whose network the system does not tell only the address itself counts.
    private static int bits(boolean version4, int told) {
        int most = version4 ? 32 : 128;
        return told > 0 && told <= most ? told : most;
    }
}
