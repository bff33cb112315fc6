package io.jverto.sip.call;

import io.jverto.sip.dialog.Authorizer;
import io.jverto.sip.dialog.OutgoingInvite;
import io.jverto.sip.dialog.Replaces;
import io.jverto.sip.digest.DigestAccount;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Uri;
import io.jverto.sip.profile.CallConfig.IdentityHeader;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Endpoint.OutgoingCall;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Makes INVITEs of the calls of the switch (sip.md sections 5.2, 6 and 19). What variables bring is only data: it stays within its header.
final class InviteWriter {
    private static final String HEADER = "sip_h_";
    private static final int MAX_HEADERS = 30;
    private static final int MAX_VALUE = 1_000;
    private static final String USER = "jverto";
    /// What the stack writes; nobody else does.
    private static final Set<String> OURS = Set.of(
            "via", "from", "to", "call-id", "cseq", "contact", "max-forwards", "route", "record-route", "content-length", "content-type",
            "content-encoding", "authorization", "proxy-authorization", "require", "proxy-require", "supported", "allow", "session-expires",
            "min-se", "rack", "rseq", "replaces", "user-agent");

    private final SofiaTarget target;
    private final Profile profile;
    private final OutgoingCall call;
    private final RandomGenerator random;
    private final Map<String, String> variables;

    InviteWriter(SofiaTarget target, OutgoingCall call, RandomGenerator random) {
        this.target = target;
        this.random = random;
        this.profile = target.profile();
        this.call = call;
        this.variables = call.variables();
    }

    OutgoingInvite write(Hop hop) {
        SipUri uri = variable("sip_invite_req_uri").flatMap(InviteWriter::uri).orElse(target.uri());
        SipUri to = target.to().or(() -> variable("sip_invite_to_uri").flatMap(InviteWriter::uri)).orElse(withoutTransport(target.uri()));
        NameAddr from = from(hop);
        return new OutgoingInvite(
                uri, from, NameAddr.of(to), contact(hop), target.routes(), headers(from), Body.of(call.offer().value()), hop,
                authorizer());
    }

    /// sip.md section 7. Only whom the dial string names is told (S29): nobody to whom a callee sends us on.
    private Authorizer authorizer() {
        Optional<String> user = variable("sip_auth_username");
        Optional<String> password = variable("sip_auth_password");
        if (user.isEmpty() || password.isEmpty() || target.isRedirected() && target.gateway().isEmpty()) {
            return target.gateway().map(GatewayLine::authorizer).orElse(Authorizer.NONE);
        }
        String host = target.gateway().map(line -> line.config().proxy()).orElse(target.uri().hostPort()).host();
        return Authorizer.of(new DigestAccount(user.get(), password.get(), "", Set.of(host)), host, random);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank() && text.length() <= MAX_VALUE);
    }

    private static Optional<SipUri> uri(String text) {
        return Uri.parse(text).filter(SipUri.class::isInstance).map(SipUri.class::cast);
    }

    private static SipUri withoutTransport(SipUri uri) {
        return new SipUri(uri.secure(), uri.user(), uri.password(), uri.hostPort(), uri.params().without("transport"), "");
    }

    private NameAddr from(Hop hop) {
        CallerProfile caller = call.caller();
        String name = variable("sip_from_display").orElse(caller.callerName().equals("_undef_") ? "" : caller.callerName());
        return NameAddr.of(name, variable("sip_from_uri").flatMap(InviteWriter::uri).orElseGet(() -> fromUri(caller.callerNumber(), hop)));
    }

    private SipUri fromUri(String number, Hop hop) {
        if (target.gateway().isPresent()) {
            GatewayConfig gateway = target.gateway().get().config();
            return gateway.callerIdInFrom() && !number.isEmpty() ? gateway.from().withUser(number) : gateway.from();
        }
        HostPort host = variable("sip_invite_domain").flatMap(domain -> uri("sip:" + domain)).map(SipUri::hostPort)
                .orElseGet(() -> new HostPort(profile.local(hop).host(), 0));
        return SipUri.of(number.isEmpty() ? "anonymous" : number, host);
    }

    private NameAddr contact(Hop hop) {
        if (target.gateway().isPresent()) {
            return target.gateway().get().contact();
        }
        SipUri uri = SipUri.of(variable("sip_contact_user").orElse(USER), profile.local(hop));
        return NameAddr.of(hop.transport() == SipTransport.UDP ? uri : uri.withParam("transport", hop.transport().name().toLowerCase(Locale.ROOT)));
    }

    private Headers headers(NameAddr from) {
        Headers headers = Headers.NONE;
        int count = 0;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            if (name.toLowerCase(Locale.ROOT).startsWith(HEADER) && count < MAX_HEADERS && isFree(name.substring(HEADER.length()))
                    && variable.getValue().length() <= MAX_VALUE) {
                headers = headers.and(name.substring(HEADER.length()), variable.getValue());
                count++;
            }
        }
        Optional<String> forwards = variable("max_forwards").filter(text -> text.matches("[0-9]{1,3}"));
        headers = forwards.isPresent() ? headers.with("Max-Forwards", forwards.get()) : headers;
        Optional<Replaces> replaces = variable("sip_invite_replaces").flatMap(Replaces::parse);
        headers = replaces.isPresent() ? headers.with(Replaces.HEADER, replaces.get().toString()) : headers;
        return headers.and(Identity.write(kind(), caller(from), variables)).and(answerAtOnce());
    }

    /// Whether a variable may bring a header of that name.
    static boolean isFree(String name) {
        return name.matches("[A-Za-z0-9!%*_+`'~.-]{1,64}") && name.length() > 1 && !OURS.contains(name.toLowerCase(Locale.ROOT));
    }

    private IdentityHeader kind() {
        return switch (variable("sip_cid_type").orElse("")) {
            case "rpid" -> IdentityHeader.RPID;
            case "pid" -> IdentityHeader.PID;
            case "none" -> IdentityHeader.NONE;
            default -> profile.config().calls().identity();
        };
    }

    private NameAddr caller(NameAddr from) {
        HostPort host = from.uri() instanceof SipUri uri ? uri.hostPort() : new HostPort("localhost", 0);
        String number = call.caller().callerNumber();
        return NameAddr.of(from.name(), SipUri.of(number.isEmpty() ? "anonymous" : number, host));
    }

    /// Telephones that are to answer by themselves: an intercom.
    private Headers answerAtOnce() {
        return variable("sip_auto_answer").filter(text -> text.equals("true")).isPresent()
                ? Headers.NONE.with("Call-Info", "<sip:" + USER + ">;answer-after=0").with("Alert-Info", "<sip:" + USER + ">;info=alert-autoanswer")
                : Headers.NONE;
    }
}
