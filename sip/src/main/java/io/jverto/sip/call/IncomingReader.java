package io.jverto.sip.call;

import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.message.Header;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.profile.Caller;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.wire.sdp.SdpText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes a call of the switch of an INVITE (sip.md section 9): who calls, whom, where its route is looked for, and what is known of it.
final class IncomingReader {
    static final String SOURCE = "mod_sofia";
    private static final int MAX_HEADERS = 30;
    private static final int MAX_VALUE = 1_000;

    private final Profile profile;
    private final SipRequest invite;
    private final Hop from;
    private final Caller caller;

    IncomingReader(Profile profile, SipRequest invite, Hop from, Caller caller) {
        this.profile = profile;
        this.invite = invite;
        this.from = from;
        this.caller = caller;
    }

    IncomingCall read(ChannelId id, CallSignal signal) {
        boolean trusted = caller instanceof Caller.OfGateway || caller instanceof Caller.Trusted;
        Identity who = Identity.of(invite, trusted);
        String host = invite.envelope().from().uri() instanceof SipUri uri ? uri.hostPort().host() : "";
        CallerProfile call = new CallerProfile(
                who.hidden() ? "Anonymous" : who.name(), who.hidden() ? "anonymous" : who.number(), "", "", destination(), context(),
                profile.config().dialplan(), username(), who.number(), "", redirectedFrom(), address(), SOURCE,
                "sofia/" + profile.name() + "/" + user(invite.envelope().from()) + "@" + host);
        return new IncomingCall(
                id, call, variables(who), new SdpText(invite.hasSdp() ? invite.body().text() : ""), profile.config().calls().inboundCodecs(),
                profile.config().calls().media(), signal);
    }

    private String address() {
        return from.remote().getAddress().getHostAddress();
    }

    private String username() {
        return caller instanceof Caller.User(DirectoryUser entry) ? entry.id().user() : "";
    }

    private String context() {
        return switch (caller) {
            case Caller.User(DirectoryUser entry) -> entry.variable("user_context").orElse(profile.config().context());
            case Caller.OfGateway(GatewayLine gateway) when !gateway.config().context().isEmpty() -> gateway.config().context();
            case Caller.Trusted(String context) when !context.isEmpty() -> context;
            case Caller.Anybody(String context) when !context.isEmpty() -> context;
            case Caller.OfGateway _, Caller.Trusted _, Caller.Anybody _ -> profile.config().context();
        };
    }

    private String destination() {
        String dialled = invite.uri() instanceof SipUri uri ? uri.userText() : "";
        if (caller instanceof Caller.OfGateway(GatewayLine gateway) && dialled.equals("gw+" + gateway.config().name())) {
            String extension = gateway.config().extension();
            return switch (extension) {
                case "auto_to_user" -> user(invite.envelope().to());
                case "auto" -> dialled;
                default -> extension;
            };
        }
        for (String one : List.of(dialled, user(invite.envelope().to()), user(invite.envelope().from()))) {
            if (!one.isEmpty()) {
                return one;
            }
        }
        return "service";
    }

    private String redirectedFrom() {
        List<NameAddr> diversion = invite.headers().addresses("Diversion");
        return diversion.isEmpty() ? "" : user(diversion.getFirst());
    }

    private static String user(NameAddr address) {
        return address.uri() instanceof SipUri uri ? uri.userText() : "";
    }

    private Map<String, String> variables(Identity who) {
        Map<String, String> all = new LinkedHashMap<>();
        if (caller instanceof Caller.User(DirectoryUser entry)) {
            all.putAll(entry.variables());
            all.put("sip_authorized", "true");
            all.put("user_name", entry.id().user());
            all.put("domain_name", entry.id().domain());
            all.put("sip_auth_username", entry.id().user());
            all.put("sip_auth_realm", entry.id().domain());
        }
        address(all, "sip_from", invite.envelope().from());
        address(all, "sip_to", invite.envelope().to());
        invite.contact().ifPresent(contact -> address(all, "sip_contact", contact));
        all.put("sip_from_display", invite.envelope().from().name());
        invite.envelope().from().tag().ifPresent(tag -> all.put("sip_from_tag", tag));
        all.put("sip_full_from", invite.envelope().from().toString());
        all.put("sip_full_to", invite.envelope().to().toString());
        if (invite.uri() instanceof SipUri uri) {
            uri(all, "sip_req", uri);
        }
        all.put("sip_call_id", invite.envelope().callId());
        all.put("sip_cseq", Long.toString(invite.envelope().cseq().number()));
        all.put("sip_received_ip", address());
        all.put("sip_received_port", Integer.toString(from.remote().getPort()));
        all.put("sip_network_ip", address());
        all.put("sip_network_port", Integer.toString(from.remote().getPort()));
        all.put("sip_via_protocol", from.transport().name().toLowerCase(Locale.ROOT));
        all.put("sip_via_host", invite.envelope().topVia().sentBy().host());
        all.put("sip_via_port", Integer.toString(invite.envelope().topVia().sentBy().port()));
        all.put("sofia_profile_name", profile.name());
        all.put("sip_profile_name", profile.name());
        all.put("max_forwards", Long.toString(Math.max(0, invite.headers().number("Max-Forwards").orElse(70))));
        all.put("switch_r_sdp", invite.hasSdp() ? invite.body().text() : "");
        header(all, "User-Agent", "sip_user_agent");
        header(all, "Subject", "sip_subject");
        header(all, "Allow", "sip_allow");
        header(all, "Call-Info", "sip_call_info");
        header(all, "History-Info", "sip_history_info");
        if (who.hidden()) {
            all.put("privacy_hide_number", "true");
        }
        if (caller instanceof Caller.OfGateway(GatewayLine gateway)) {
            gateway.config().variables().stream().filter(GatewayConfig.Variable::inbound).forEach(one -> all.put(one.name(), one.value()));
            all.put("sip_gateway", gateway.config().name());
            all.put("sip_gateway_name", gateway.config().name());
        }
        strangers(all);
        return all;
    }

    private static void address(Map<String, String> all, String prefix, NameAddr address) {
        if (address.uri() instanceof SipUri uri) {
            uri(all, prefix, uri);
        }
    }

    private static void uri(Map<String, String> all, String prefix, SipUri uri) {
        all.put(prefix + "_user", uri.userText());
        all.put(prefix + "_host", uri.hostPort().host());
        if (uri.hostPort().port() > 0) {
            all.put(prefix + "_port", Integer.toString(uri.hostPort().port()));
        }
        all.put(prefix + "_uri", uri.userText() + "@" + uri.hostPort());
    }

    private void header(Map<String, String> all, String name, String variable) {
        invite.headers().first(name).ifPresent(value -> all.put(variable, bounded(value)));
    }

    private void strangers(Map<String, String> all) {
        int count = 0;
        for (Header header : invite.headers().all()) {
            String name = header.name().toUpperCase(Locale.ROOT);
            boolean wanted = name.startsWith("X-") || name.startsWith("P-") || name.equals("DIVERSION");
            if (wanted && count < MAX_HEADERS) {
                all.putIfAbsent("sip_h_" + header.name(), bounded(header.value()));
                count++;
            }
        }
    }

    private static String bounded(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE);
    }
}
