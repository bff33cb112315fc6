package io.jverto.sip.registrar;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// A telephone of a user.
///
/// @param contact as the telephone wrote it; the Request-URI of what is sent to it
/// @param from where it registered from. DEVIATION sip-6: everything goes back there, whatever the Contact says, so that nobody can have calls sent to others (S30)
/// @param path the proxies that it registered by (RFC 3327)
/// @param userAgent as it says
/// @param untilNanos when it is over
/// @param since when it was first made
public record Binding(
        UserId user, SipUri contact, Hop from, List<NameAddr> path, String callId, long seq, String userAgent, String realm, long untilNanos,
        Instant since) {
    public Binding {
        path = List.copyOf(path);
    }

    /// Whether its Contact is no address at which we could reach it.
    public boolean isBehindNat() {
        return !contact.hostPort().bareHost().equals(from.remote().getAddress().getHostAddress());
    }

    /// @return where requests to it go. The port of its Contact counts where it comes from the address that it names; a connection is used again
    public Hop hop() {
        boolean plain = from.transport() == SipTransport.UDP && !isBehindNat() && path.isEmpty();
        return plain
                ? new Hop(from.transport(), new java.net.InetSocketAddress(
                        from.remote().getAddress(), contact.hostPort().portOr(from.transport().defaultPort())))
                : from;
    }

    /// @return what stands behind `sofia/PROFILE/` in a dial string that leads to it (sip.md section 5.1)
    public String address() {
        Hop hop = hop();
        String uri = contact.withoutHeaders().toString();
        boolean direct = path.isEmpty() && hop.transport() == SipTransport.UDP && contact.hostPort().equals(new HostPort(hop.hostPort().host(),
                contact.hostPort().port())) && hop.remote().getPort() == contact.hostPort().portOr(SipTransport.UDP.defaultPort());
        return direct ? uri : uri + (isBehindNat() ? ";fs_nat=yes" : "") + ";fs_path=" + SipUri.escape(route(hop)).replace(";", "%3B").replace("=", "%3D");
    }

    private String route(Hop hop) {
        SipUri uri = SipUri.of(hop.hostPort());
        return (hop.transport() == SipTransport.UDP ? uri : uri.withParam("transport", hop.transport().name().toLowerCase(Locale.ROOT))).toString();
    }
}
