package io.jverto.sip.dialog;

import io.jverto.base.net.Network;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Uri;
import io.jverto.sip.transaction.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Where requests within a dialog go: to the address that its Route or Contact spells, unless the peer is behind a NAT and spells one that
/// only it can reach. Names are not looked up: who has one is reached the way that the INVITE went or came.
final class NextHop {
    private NextHop() {}

    /// @param usual the way of the INVITE
    static Hop of(Uri next, Hop usual) {
        if (!(next instanceof SipUri uri)) {
            return usual;
        }
        Optional<InetAddress> address = Network.address(uri.hostPort().bareHost());
        InetAddress before = usual.remote().getAddress();
        if (address.isEmpty() || isNobody(address.get()) || isHidden(address.get()) && !isHidden(before)) {
            return usual;
        }
        SipTransport transport = uri.transport().orElse(address.get().equals(before) ? usual.transport() : SipTransport.UDP);
        if (address.get().equals(before) && transport == usual.transport() && transport.isReliable()) {
            return usual; // over the connection that is there
        }
        return new Hop(transport, new InetSocketAddress(address.get(), uri.hostPort().portOr(transport.defaultPort())));
    }

    private static boolean isNobody(InetAddress address) {
        return address.isAnyLocalAddress() || address.isMulticastAddress();
    }

    private static boolean isHidden(InetAddress address) {
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress();
    }
}
