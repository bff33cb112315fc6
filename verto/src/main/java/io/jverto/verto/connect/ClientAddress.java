package io.jverto.verto.connect;

import io.jverto.base.net.Network;
import io.jverto.verto.profile.VertoProfile.Access;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// Where a request comes from: from whoever connected, unless that is a proxy that is trusted to name its client (`X-Forwarded-For`).
final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int MAX_HOPS = 16;

    private ClientAddress() {}

    /// Reads the header from its end: each trusted proxy has put its own client there, and what stands before an address that is no such
    /// proxy may have been made up by it.
    static InetSocketAddress of(HttpHeaders headers, InetSocketAddress peer, Access access) {
        if (!access.isProxy(peer.getAddress())) {
            return peer;
        }
        InetAddress client = peer.getAddress();
        String[] hops = String.join(",", headers.getAll(FORWARDED_FOR)).split(",");
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - MAX_HOPS) && access.isProxy(client); i--) {
            Optional<InetAddress> named = literal(hops[i].strip());
            if (named.isEmpty()) {
                break;
            }
            client = named.get();
        }
        return new InetSocketAddress(client, peer.getPort());
    }

    /// Some proxies write a port behind it.
    private static Optional<InetAddress> literal(String hop) {
        String text = hop;
        if (text.startsWith("[")) {
            text = text.substring(1, Math.max(1, text.indexOf(']')));
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
            text = text.substring(0, text.indexOf(':'));
        }
        return List.of(text).stream().filter(one -> !one.isEmpty()).flatMap(one -> Network.address(one).stream()).findFirst();
    }
}
