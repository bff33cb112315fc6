package io.jverto.sip.gateway;

import io.jverto.sip.digest.DigestAccount;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One `<gateway>` (sip.md section 3).
///
/// @param name unique in the switch
/// @param account who we are there; digest is answered to its hosts and realm only (S29)
/// @param fromUser user part of From
/// @param fromDomain host part of From
/// @param proxy where calls go, and the host of request URIs
/// @param registrar where REGISTER goes
/// @param register whether to register at all
/// @param expires how long a registration is to hold
/// @param retry how long to wait after a failure
/// @param retryAfterTimeout the same after no answer at all
/// @param timeout how long to wait for a final answer
/// @param extension the destination of calls that come from there
/// @param prefix stands before every number that is dialled
/// @param ping time between OPTIONS; zero for none
/// @param pingMin so many pings in a row and the gateway is there
/// @param pingMax so many are remembered
/// @param callerIdInFrom whether the caller's number stands in From in place of `fromUser`
/// @param context where the route of calls from there is looked for; empty for the profile's
/// @param limits of calls that go there
/// @param outboundProxy by which calls go, and registrations unless they have a host of their own
/// @param variables of its calls
public record GatewayConfig(
        String name,
        DigestAccount account,
        String fromUser,
        String fromDomain,
        HostPort proxy,
        HostPort registrar,
        SipTransport transport,
        boolean register,
        Duration expires,
        Duration retry,
        Duration retryAfterTimeout,
        Duration timeout,
        String extension,
        String prefix,
        Duration ping,
        int pingMin,
        int pingMax,
        boolean callerIdInFrom,
        String context,
        GatewayLimits limits,
        Optional<SipUri> outboundProxy,
        List<Variable> variables) {
    public GatewayConfig {
        variables = List.copyOf(variables);
    }

    /// A variable of the channels of calls over it.
    ///
    /// @param inbound of calls that come from there
    /// @param outbound of calls that go there
    public record Variable(String name, String value, boolean inbound, boolean outbound) {}

    /// @return what is looked up to send calls there
    public SipUri next() {
        return outboundProxy.orElseGet(() -> uri(proxy));
    }

    /// @return the same for registrations
    public SipUri registerNext() {
        return registrar.equals(proxy) ? next() : uri(registrar);
    }

    /// @return Route of calls
    public List<NameAddr> routes() {
        return outboundProxy.map(uri -> NameAddr.of(uri.withParam("lr", ""))).stream().toList();
    }

    /// @return how requests go that are sent to that URI
    public SipTransport transport(SipUri uri) {
        return uri.transport().orElse(transport);
    }

    /// @return the Request-URI of REGISTER and of pings
    public SipUri uri(HostPort host) {
        SipUri uri = SipUri.of(host);
        return transport == SipTransport.UDP ? uri : uri.withParam("transport", transport.name().toLowerCase(java.util.Locale.ROOT));
    }

    /// @return our address of record
    public SipUri from() {
        return SipUri.of(fromUser, new HostPort(fromDomain, 0));
    }

    static DigestAccount account(String user, String password, String realm, HostPort proxy, HostPort registrar) {
        return new DigestAccount(user, password, realm, Set.copyOf(List.of(proxy.host(), registrar.host())));
    }
}
