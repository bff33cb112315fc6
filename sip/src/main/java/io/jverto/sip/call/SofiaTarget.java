package io.jverto.sip.call;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Uri;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.registrar.Binding;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.UserId;
import java.util.List;
import java.util.Optional;

/// Whom a dial string `sofia/...` means (sip.md section 5.1).
///
/// @param profile by which the call goes
/// @param gateway empty for a call to an address
/// @param uri Request-URI
/// @param to when it is not the Request-URI
/// @param hop where the INVITE goes, if that is known
/// @param next whose host is looked up instead of that of the Request-URI
/// @param routes proxies to go by
/// @param user whose telephone it is, if that is known
/// @param isRedirected whether a callee named it, and no dial string
record SofiaTarget(
        Profile profile, Optional<GatewayLine> gateway, SipUri uri, Optional<SipUri> to, Optional<Hop> hop, Optional<SipUri> next, List<NameAddr> routes,
        Optional<UserId> user, boolean isRedirected) {
    SofiaTarget {
        routes = List.copyOf(routes);
    }

    /// What an address means.
    sealed interface Reading {
        record Read(SofiaTarget target) implements Reading {}

        /// A user who has registered, perhaps.
        ///
        /// @param where a profile, or `*` for all
        record Registered(String where, String user, String domain) implements Reading {}

        record Wrong(Cause cause) implements Reading {}
    }

    /// @param address what follows `sofia/`
    static Reading read(String address, SipProfiles profiles) {
        int slash = address.indexOf('/');
        if (slash < 0) {
            return new Reading.Wrong(Cause.INVALID_URL);
        }
        String first = address.substring(0, slash);
        String rest = address.substring(slash + 1);
        if (first.equals("gateway")) {
            return ofGateway(rest, profiles);
        }
        if (first.equals("*")) {
            return registered(first, rest);
        }
        Optional<Profile> profile = profiles.find(first);
        return profile.isEmpty() ? new Reading.Wrong(Cause.INVALID_PROFILE) : ofProfile(profile.get(), rest);
    }

    /// @param address what follows `sofia/`
    /// @return the number or user in it, which parties are shown and the dialplan has as `destination_number`
    static String number(String address) {
        String rest = address.substring(address.indexOf('/') + 1);
        if (address.startsWith("gateway/")) {
            return rest.substring(rest.indexOf('/') + 1).split(";", 2)[0];
        }
        return rest.replaceFirst("^sips?:", "").split("[@%;^]", 2)[0];
    }

    /// @param rest a user, perhaps with `%` or `@` and a domain behind
    private static Reading registered(String where, String rest) {
        int mark = Math.max(rest.indexOf('%'), rest.indexOf('@'));
        if (rest.isEmpty() || mark == 0) {
            return new Reading.Wrong(Cause.INVALID_URL);
        }
        return mark < 0 ? new Reading.Registered(where, rest, "") : new Reading.Registered(where, rest.substring(0, mark), rest.substring(mark + 1));
    }

    /// A telephone that has registered.
    static SofiaTarget of(SipProfiles.Telephone phone) {
        Binding binding = phone.binding();
        SipUri to = SipUri.of(binding.user().user(), HostPort.parse(binding.user().domain()).orElseGet(() -> phone.profile().local(binding.hop())));
        return new SofiaTarget(phone.profile(), Optional.empty(), binding.contact(), Optional.of(to), Optional.of(binding.hop()), Optional.empty(), binding.path(),
                Optional.of(binding.user()), false);
    }

    private static Reading ofGateway(String rest, SipProfiles profiles) {
        int slash = rest.indexOf('/');
        Optional<GatewayLine> gateway = profiles.gateway(slash < 0 ? rest : rest.substring(0, slash));
        String number = slash < 0 ? "" : rest.substring(slash + 1);
        if (gateway.isEmpty()) {
            return new Reading.Wrong(Cause.INVALID_GATEWAY);
        } else if (!gateway.get().isUp()) {
            return new Reading.Wrong(Cause.GATEWAY_DOWN);
        } else if (number.isEmpty()) {
            return new Reading.Wrong(Cause.INVALID_NUMBER_FORMAT);
        }
        GatewayLine line = gateway.get();
        SipUri proxy = line.config().uri(line.config().proxy());
        SipUri uri = withParams(proxy.withUser(line.config().prefix() + number.split(";", 2)[0]), number);
        Optional<SipUri> next = line.config().outboundProxy().isEmpty() ? line.profile().config().outboundProxy() : Optional.empty();
        List<NameAddr> routes = line.config().outboundProxy().isEmpty() ? routes(line.profile()) : line.config().routes();
        return new Reading.Read(new SofiaTarget(line.profile(), gateway, uri, Optional.empty(), Optional.empty(), next, routes, Optional.empty(), false));
    }

    private static Reading ofProfile(Profile profile, String rest) {
        if (rest.indexOf('@') < 0 && !rest.startsWith("sip:") && !rest.startsWith("sips:")) {
            return registered(profile.name(), rest);
        }
        int caret = rest.indexOf('^');
        String target = caret < 0 ? rest : rest.substring(0, caret);
        Optional<SipUri> uri = uri(target);
        if (uri.isEmpty()) {
            return new Reading.Wrong(Cause.INVALID_URL);
        }
        Optional<SipUri> to = caret < 0 ? Optional.empty() : to(rest.substring(caret + 1), uri.get().hostPort());
        Optional<String> path = uri.get().params().get("fs_path");
        SipUri plain = new SipUri(uri.get().secure(), uri.get().user(), uri.get().password(), uri.get().hostPort(),
                uri.get().params().without("fs_path").without("fs_nat"), "");
        Optional<SipUri> own = path.flatMap(SofiaTarget::unescaped);
        Optional<SipUri> next = own.or(() -> profile.config().outboundProxy());
        return new Reading.Read(new SofiaTarget(
                profile, Optional.empty(), plain, to, Optional.empty(), next, own.isEmpty() ? routes(profile) : List.of(), Optional.empty(), false));
    }

    private static List<NameAddr> routes(Profile profile) {
        return profile.config().outboundProxy().map(proxy -> NameAddr.of(proxy.withParam("lr", ""))).stream().toList();
    }

    private static Optional<SipUri> uri(String text) {
        String whole = text.startsWith("sip:") || text.startsWith("sips:") ? text : "sip:" + text;
        return Uri.parse(whole).filter(SipUri.class::isInstance).map(SipUri.class::cast);
    }

    private static Optional<SipUri> unescaped(String escaped) {
        return Uri.parse("sip:" + escaped + "@x").filter(SipUri.class::isInstance).map(one -> ((SipUri) one).userText()).flatMap(SofiaTarget::uri);
    }

    private static Optional<SipUri> to(String text, HostPort otherwise) {
        return text.indexOf('@') < 0 ? Optional.of(SipUri.of(text, otherwise)) : uri(text);
    }

    /// @param number perhaps with `;name=value` behind it
    private static SipUri withParams(SipUri uri, String number) {
        int semicolon = number.indexOf(';');
        if (semicolon < 0) {
            return uri;
        }
        Optional<SipUri> extra = uri("x@y" + number.substring(semicolon));
        SipUri whole = uri;
        for (var param : extra.map(one -> one.params().all()).orElse(List.of())) {
            whole = whole.withParam(param.name(), param.value());
        }
        return whole;
    }

    /// May wait.
    ///
    /// @return where the INVITE can go, in the order to try
    List<Hop> hops() {
        if (hop.isPresent()) {
            return List.of(hop.get());
        } else if (gateway.isPresent() && next.isEmpty()) {
            return gateway.get().hops();
        }
        SipUri there = next.orElse(uri);
        return profile.resolve(there.hostPort(), there.secure() ? Optional.of(SipTransport.TLS) : there.transport());
    }

    /// Whether a browser is there, which has ICE and DTLS and takes nothing else (RFC 7118).
    boolean isBrowser() {
        SipTransport transport = hop.map(Hop::transport).or(uri::transport).orElse(SipTransport.UDP);
        return transport == SipTransport.WS || transport == SipTransport.WSS;
    }

    /// DEVIATION sip-23: by the same gateway, if there is one.
    ///
    /// @return the same for somebody else, whom the callee named
    SofiaTarget redirected(SipUri elsewhere) {
        return new SofiaTarget(profile, gateway, elsewhere, Optional.empty(), Optional.empty(), gateway.isPresent() ? next : profile.config().outboundProxy(),
                gateway.isPresent() ? routes : routes(profile), Optional.empty(), true);
    }
}
