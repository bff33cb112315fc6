package io.jverto.base.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Addresses as people write them: in logs, in messages, in what commands show.
public final class Addresses {
    private Addresses() {}

    /// @return for instance `192.0.2.10:50123` or `[2001:db8::1]:50123`, a name where it was not looked up; `?` for that of a connection that is gone
    public static String text(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress internet) {
            InetAddress ip = internet.getAddress();
            return (ip == null ? internet.getHostString() : host(ip)) + ":" + internet.getPort();
        }
        return address == null ? "?" : address.toString();
    }

    /// @return for instance `192.0.2.10` or `[2001:db8::1]`, as in front of a port (RFC 3986 section 3.2.2)
    public static String host(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
