package io.jverto.switchboard.negotiate;

import io.jverto.wire.sdp.Candidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The addresses that a peer names and that we may send checks to (media-rtc.md section 6.1; security.md S16). Nothing
/// is ever resolved: names and mDNS names are left out, and such peers are found when their own checks arrive.
public final class RemoteCandidates {
    private static final int MAX = 32;
    private static final int RTP = 1;

    private RemoteCandidates() {}

    static List<InetSocketAddress> addresses(Stream<String> attributes) {
        return attributes
                .flatMap(value -> Candidate.decode(value).stream())
                .flatMap(candidate -> address(candidate).stream())
                .distinct()
                .limit(MAX)
                .toList();
    }

    /// @return empty when it is of no use to us
    public static Optional<InetSocketAddress> address(Candidate candidate) {
        boolean usable = candidate.transport().equalsIgnoreCase("udp")
                && candidate.component() == RTP
                && candidate.port() > 0;
        return usable
                ? literal(candidate.address()).map(address -> new InetSocketAddress(address, candidate.port()))
                : Optional.empty();
    }

    /// @return the unicast address that the text is, without asking anybody
    private static Optional<InetAddress> literal(String text) {
        if (!looksLikeLiteral(text)) {
            return Optional.empty();
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notAnAddress) { // its only way of saying no
            return Optional.empty();
        }
        boolean usable = !address.isAnyLocalAddress() && !address.isMulticastAddress() && address.getAddress()[0] != -1;
        return usable ? Optional.of(address) : Optional.empty();
    }

    /// Four decimal numbers, or something with colons and no zone: the short IPv4 forms of old C libraries are no
    /// candidates.
    private static boolean looksLikeLiteral(String text) {
        int dots = 0;
        boolean four = true;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            dots += character == '.' ? 1 : 0;
            four &= character == '.' || character >= '0' && character <= '9';
        }
        return four && dots == 3 || text.indexOf(':') >= 0 && text.indexOf('%') < 0;
    }
}
