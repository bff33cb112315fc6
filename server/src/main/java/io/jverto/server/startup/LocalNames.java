package io.jverto.server.startup;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How this machine is called.
///
/// @param hostName its own name
/// @param ipv4 address of its way out; 127.0.0.1 when there is none
/// @param ipv6 the same for IPv6; `::1` when there is none
/// @param addresses all addresses that others may reach it by, loopback included, as literals
public record LocalNames(String hostName, String ipv4, String ipv6, List<String> addresses) {
    /// Addresses of the documentation ranges (RFC 5737, RFC 3849): nothing is sent there, only the route is looked up.
    private static final String SOMEWHERE_4 = "198.51.100.1";
    private static final String SOMEWHERE_6 = "2001:db8::1";
    private static final int ANY_PORT = 9;

    public LocalNames {
        addresses = List.copyOf(addresses);
    }

    /// Asks the operating system.
    public static LocalNames find() {
        Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
        List<InetAddress> all = interfaceAddresses();
        all.forEach(address -> addresses.add(literal(address)));
        String ipv4 = wayOut(SOMEWHERE_4)
                .or(() -> all.stream().filter(Inet4Address.class::isInstance).map(LocalNames::literal).findFirst())
                .orElse("127.0.0.1");
        String ipv6 = wayOut(SOMEWHERE_6).orElse("::1");
        return new LocalNames(ownHostName(), ipv4, ipv6, new ArrayList<>(addresses));
    }

    private static Optional<String> wayOut(String somewhere) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(somewhere), ANY_PORT));
            InetAddress local = socket.getLocalAddress();
            return local.isAnyLocalAddress() || local.isLoopbackAddress() ? Optional.empty() : Optional.of(literal(local));
        } catch (IOException | java.io.UncheckedIOException noRoute) {
            return Optional.empty();
        }
    }

    private static List<InetAddress> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException noInterfaces) {
            return List.of();
        }
    }

    private static String ownHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException unnamed) {
            return "localhost";
        }
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return address instanceof Inet6Address && zone > 0 ? text.substring(0, zone) : text;
    }
}
