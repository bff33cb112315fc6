package io.jverto.server.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// The network lists that a switch knows by itself (media-rtc.md section 2). Those of `acl.conf` are not read.
public final class Networks {
    private Networks() {}

    /// @param name for instance `localnet.auto`
    /// @return what tells whether an address is in it; empty when there is no list of that name
    public static Optional<Predicate<InetAddress>> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "localnet.auto" -> Optional.of(localNetworks());
            case "rfc1918.auto" -> Optional.of(Networks::isPrivate);
            case "wan.auto" -> Optional.of(address -> !isPrivate(address) && !address.isLoopbackAddress());
            case "any_v4.auto" -> Optional.of(Inet4Address.class::isInstance);
            case "any_v6.auto" -> Optional.of(address -> !(address instanceof Inet4Address));
            case "any.auto" -> Optional.of(_ -> true);
            case "none" -> Optional.of(_ -> false);
            case "loopback.auto" -> Optional.of(InetAddress::isLoopbackAddress);
            default -> Optional.empty();
        };
    }

    /// RFC 1918, and for IPv6 the unique local addresses of RFC 4193.
    private static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = !(address instanceof Inet4Address) && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || uniqueLocal;
    }

    private static Predicate<InetAddress> localNetworks() {
        List<InterfaceAddress> interfaces = interfaces();
        return address -> address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || interfaces.stream().anyMatch(one -> contains(one, address));
    }

    private static List<InterfaceAddress> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(one -> one.getInterfaceAddresses().stream())
                    .toList();
        } catch (SocketException none) {
            return List.of();
        }
    }

    private static boolean contains(InterfaceAddress network, InetAddress address) {
        byte[] ours = network.getAddress().getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < network.getNetworkPrefixLength(); bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((ours[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
