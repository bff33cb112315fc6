package io.jverto.base.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// What counts as one address when attempts are counted: an IPv4 address, or the /64 network of an IPv6 address, since
/// whoever has one address of it has them all (RFC 4291 section 2.5.4).
public final class AddressGroup {
    private static final int PREFIX_BYTES = 8;

    private AddressGroup() {}

    public static String of(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress()
                ? HexFormat.of().formatHex(address.getAddress(), 0, PREFIX_BYTES) + "/64"
                : address.getHostAddress();
    }
}
