package io.jverto.medialoop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/// Which of our addresses a peer is told (media-rtc.md section 2).
final class AdvertisedAddress {
    /// Any port does: nothing is sent.
    private static final int DISCARD = 9;

    /// May change while calls go on: the next ones are told the new one.
    private volatile Optional<InetAddress> external;
    private final Predicate<InetAddress> localNetworks;

    /// @param external what peers are told that are neither loopback nor local
    AdvertisedAddress(Optional<InetAddress> external, Predicate<InetAddress> localNetworks) {
        this.external = external;
        this.localNetworks = localNetworks;
    }

    void external(InetAddress found) {
        external = Optional.of(found);
    }

    /// @param bound what the loop's port is bound to, perhaps the wildcard
    InetAddress of(InetAddress bound, Optional<InetAddress> peer) {
        boolean near = peer.isPresent()
                && (peer.get().isLoopbackAddress() || localNetworks.test(peer.get()));
        if (!near && external.isPresent()) {
            return external.get();
        }
        return bound.isAnyLocalAddress() ? towards(peer.orElse(InetAddress.getLoopbackAddress())) : bound;
    }

    /// The address from which the system would send to the peer.
    private static InetAddress towards(InetAddress peer) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(peer, DISCARD));
            return socket.getLocalAddress();
        } catch (IOException | java.io.UncheckedIOException unreachable) {
            return InetAddress.getLoopbackAddress();
        }
    }
}
