package io.jverto.sip.transaction;

import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Where a message comes from or goes to.
///
/// @param remote resolved
public record Hop(SipTransport transport, InetSocketAddress remote) {
    /// @return the request with what its topmost Via has to know of where it came from (RFC 3261 section 18.2.1, RFC 3581 section 4)
    public SipRequest stamp(SipRequest request) {
        return request.withEnvelope(stamp(request.envelope()));
    }

    /// The same for what could not be read any further.
    public Envelope stamp(Envelope envelope) {
        Via via = envelope.topVia();
        String address = remote.getAddress().getHostAddress();
        boolean asked = via.params().has("rport");
        if (asked) {
            via = via.withParam("rport", Integer.toString(remote.getPort()));
        }
        if (asked || !via.sentBy().bareHost().equals(address)) {
            via = via.withParam("received", address);
        }
        return envelope.withTopVia(via);
    }

    /// Where responses go (RFC 3261 section 18.2.2): always to the address that the request came from, whatever its Via says, so that nobody can have
    /// them sent to others.
    public Hop back(Via via) {
        if (transport.isReliable() || via.params().has("rport")) {
            return this;
        }
        return new Hop(transport, new InetSocketAddress(remote.getAddress(), via.sentBy().portOr(transport.defaultPort())));
    }

    /// @return the address as a URI has it
    public HostPort hostPort() {
        return hostPort(remote.getAddress(), remote.getPort());
    }

    /// @param port 0 for none
    public static HostPort hostPort(InetAddress address, int port) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return new HostPort(bare.contains(":") ? "[" + bare + "]" : bare, port);
    }
}
