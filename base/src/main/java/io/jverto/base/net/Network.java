package io.jverto.base.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The addresses that share their first bits (RFC 4632 section 3.1, RFC 4291 section 2.3). Immutable.
/// An IPv4 address never lies in an IPv6 network; Java gives mapped addresses (`::ffff:192.0.2.1`) as IPv4 ones.
///
/// @param address any of them
/// @param bits how many bits they share
public record Network(InetAddress address, int bits) {
    /// Reads `192.0.2.0/24`, `2001:db8::/32`, or an address alone, which stands for itself. Names are not looked up.
    ///
    /// @return empty when it is none of these
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0 || address.isEmpty()) {
            return address.map(one -> new Network(one, length(one)));
        }
        String bits = text.substring(slash + 1);
        return address.filter(one -> bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= length(one))
                .map(one -> new Network(one, Integer.parseInt(bits)));
    }

    /// Reads several, separated by commas.
    ///
    /// @return empty when one of them is none
    public static Optional<List<Network>> all(String text) {
        List<String> written = Stream.of(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
        List<Network> networks = written.stream().flatMap(one -> parse(one).stream()).toList();
        return networks.size() == written.size() ? Optional.of(networks) : Optional.empty();
    }

    /// Reads an address and a mask such as `255.255.255.0`.
    ///
    /// @return empty when one of them is no address, or the mask has a gap
    public static Optional<Network> parse(String host, String mask) {
        Optional<InetAddress> address = address(host);
        Optional<InetAddress> ones = address(mask);
        if (address.isEmpty() || ones.isEmpty() || length(address.get()) != length(ones.get())) {
            return Optional.empty();
        }
        byte[] bytes = ones.get().getAddress();
        int bits = 0;
        while (bits < bytes.length * 8 && bit(bytes, bits)) {
            bits++;
        }
        for (int behind = bits; behind < bytes.length * 8; behind++) {
            if (bit(bytes, behind)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Network(address.get(), bits));
    }

    /// @return the address that the text spells in full; empty for names and for short forms such as `10.1`, which nobody means
    public static Optional<InetAddress> address(String text) {
        boolean whole = text.contains(":") ? text.indexOf('%') < 0 : text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        try {
            return whole ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(ours, bit) != bit(theirs, bit)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index >> 3] & 0x80 >> (index & 7)) != 0;
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * 8;
    }
}
