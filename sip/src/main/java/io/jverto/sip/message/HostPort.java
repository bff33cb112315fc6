package io.jverto.sip.message;

import io.jverto.base.Broken;
import io.jverto.base.net.Network;
import java.util.Locale;
import java.util.Optional;

/// A name or an address, and a port.
///
/// @param host in lower case; an IPv6 address stands in brackets
/// @param port 1 to 65535, 0 when none is written
public record HostPort(String host, int port) {
    private static final int NAME = 255;

    public HostPort {
        host = host.toLowerCase(Locale.ROOT);
        if (!isHost(host) || port < 0 || port > 65_535) {
            throw new Broken("no host and port");
        }
    }

    /// @return the port, or that which the transport stands for
    public int portOr(int otherwise) {
        return port == 0 ? otherwise : port;
    }

    /// @return the host as sockets know it: without brackets
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// @return empty when the text is not a host alone
    public static Optional<HostPort> parse(String host) {
        String bare = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return isHost(bare) ? Optional.of(new HostPort(bare, 0)) : Optional.empty();
    }

    /// `host`, `host:port`, with white space around the colon.
    static HostPort read(Cursor cursor, String ends) throws MalformedSip {
        String host;
        if (cursor.peek() == '[') {
            host = cursor.until("]") + "]";
            cursor.expect(']', "an IPv6 address");
        } else {
            host = cursor.until(ends + ":");
        }
        if (!isHost(host)) {
            throw new MalformedSip("no host");
        }
        int port = 0;
        if (cursor.acceptAround(':')) {
            port = (int) cursor.number("a port", 65_535);
            if (port == 0) {
                throw new MalformedSip("a port is 0");
            }
        }
        return new HostPort(host, port);
    }

    static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]") && host.contains(":") && Network.address(host.substring(1, host.length() - 1)).isPresent();
        }
        return !host.isEmpty() && host.length() <= NAME && host.chars().allMatch(HostPort::isNameChar);
    }

    private static boolean isNameChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
    }

    @Override
    public String toString() {
        return port == 0 ? host : host + ":" + port;
    }
}
