package io.jverto.sip.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import io.jverto.sip.dialog.SessionRules;
import io.jverto.sip.digest.DigestAlgorithm;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.gateway.GatewayReader;
import io.jverto.sip.gateway.SofiaParams;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.registrar.RegistrarConfig.Several;
import io.jverto.sip.registrar.RegistrarConfig;
import io.jverto.sip.transaction.SipTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads one `<profile>` (sip.md section 2). What is wrong is told with file and line, and the default is taken.
final class ProfileReader {
    private static final int MAX_PORT = 65_535;
    private static final int DAY = 86_400;
    private static final Set<String> USED = Set.of(
            "sip-ip", "sip-port", "tls", "tls-sip-port", "context", "dialplan", "user-agent-string", "timer-t1", "timer-t2", "timer-t4",
            "enable-100rel", "enable-timer", "update-refresher", "session-timeout", "minimum-session-expires", "max-calls", "max-recv-requests-per-second", "auth-calls",
            "apply-inbound-acl", "accept-blind-auth", "auth-calls-acl-only", "outbound-proxy", "ext-sip-ip", "local-network-acl", "tls-cert-dir", "challenge-realm", "nonce-ttl", "rfc8760-auth-algorithms",
            "force-register-domain", "multiple-registrations", "max-registrations-per-extension", "disable-register", "sip-force-expires-min",
            "sip-force-expires-max", "ws-binding", "wss-binding");
    private static final Set<String> KNOWN = Set.of(
            "ext-sip-port", "apply-nat-acl", "aggressive-nat-detection",
            "inbound-codec-negotiation", "inbound-late-negotiation",
            "disable-transcoding", "inbound-bypass-media", "inbound-proxy-media", "rtp-timer-name",
            "rtp-autofix-timing", "rtp-rewrite-timestamps", "rfc2833-pt", "cng-pt", "suppress-cng", "dtmf-duration",
            "liberal-dtmf", "pass-rfc2833", "rtp-digit-delay", "auto-jitterbuffer-msec", "auto-rtp-bugs", "manual-rtp-bugs",
            "ndlb-allow-crypto-in-avp", "ndlb-sendrecv-in-session",
            "ndlb-allow-bad-iananame", "ndlb-allow-nondup-sdp", "hold-music", "t38-passthru", "vad", "bitpacking", "dtmf-type",
            "apply-register-acl", "apply-proxy-acl", "accept-blind-reg",
            "blind-auth-reply-403", "auth-all-packets", "auth-subscriptions", "auth-messages", "auth-require-user", 
            "max-auth-validity", "inbound-reg-force-matching-username", 
            "force-register-db-domain", "force-subscription-domain", 
            "user-agent-filter", "manual-redirect", "max-proceeding", "p-asserted-id-parse", "full-id-in-dialplan", "extended-info-parsing",
            "auto-invite-100", "cid-in-1xx",
            "pass-callee-id", "send-display-update", "allow-update",
            "sip-options-respond-503-on-busy", "tcp-keepalive", "tcp-pingpong", "socket-tcp-keepalive", "inbound-use-callid-as-uuid",
            "outbound-use-uuid-as-callid", "timer-t1x64", "ndlb-force-rport", "ndlb-received-in-nat-reg-contact",
            "tls-only", "tls-bind-params", "tls-version", "tls-ciphers", "tls-verify-policy", "tls-verify-depth",
            "tls-verify-date", "tls-verify-in-subjects", "tls-passphrase", "tls-timeout", "presence-hosts", "manage-presence", "debug",
            "sip-trace", "sip-capture", "log-auth-failures", "record-path", "record-template", "nat-options-ping", "all-reg-options-ping");

    private static final NetworkList NOBODY = new NetworkList("none", false, List.of());

    private final String name;
    private final ConfigNode node;
    private final NetworkLists networks;
    private final SofiaParams params;
    private final Consumer<ConfigProblem> problems;

    ProfileReader(String name, ConfigNode node, NetworkLists networks, Consumer<ConfigProblem> problems) {
        this.name = name;
        this.node = node;
        this.networks = networks;
        this.params = new SofiaParams(SofiaConfig.children(node, "settings", "param"), problems);
        this.problems = problems;
    }

    /// @param gatewayNames those of other profiles; this one's are added
    ProfileConfig read(Set<String> gatewayNames) {
        params.tellUseless(union(USED, CallConfigReader.USED), KNOWN);
        return new ProfileConfig(
                name,
                aliases(),
                listen(),
                access(),
                registrar(),
                params.text("context", "default"),
                params.text("dialplan", "XML"),
                params.text("user-agent-string", "jverto"),
                timers(),
                params.flag("enable-100rel", false),
                new SessionRules(
                        params.flag("enable-timer", true),
                        params.number("session-timeout", 0, 0, DAY),
                        params.number("minimum-session-expires", 90, 90, DAY),
                        params.flag("update-refresher", true)), // DEVIATION sip-25
                params.number("max-calls", 1_000, 1, 100_000),
                params.number("max-recv-requests-per-second", 1_000, 1, 1_000_000),
                new CallConfigReader(params, localNetwork(), problems).read(),
                outboundProxy(),
                gateways(gatewayNames));
    }

    private Optional<SipUri> outboundProxy() {
        Optional<SipUri> proxy = params.text("outbound-proxy").flatMap(GatewayReader::hop);
        if (proxy.isEmpty()) {
            params.node("outbound-proxy").ifPresent(written -> problems.accept(ConfigProblem.error(written.origin(),
                    "outbound-proxy must be like sip.example.org or 192.0.2.1:5060;transport=tcp, not '" + written.attribute("value", "") + "'")));
        }
        return proxy;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
    }

    private List<String> aliases() {
        return node.child("aliases").stream().flatMap(all -> all.children("alias")).map(alias -> alias.attribute("name", "").trim())
                .filter(alias -> !alias.isEmpty()).toList();
    }

    private ListenConfig listen() {
        return new ListenConfig(
                ip("sip-ip").orElse(""),
                params.number("sip-port", 5_060, 0, MAX_PORT),
                params.flag("tls", false),
                params.number("tls-sip-port", 5_061, 0, MAX_PORT),
                binding("ws-binding"),
                binding("wss-binding"),
                externalIp(),
                localNetwork(),
                params.text("tls-cert-dir", ""));
    }

    private NetworkList localNetwork() {
        return list("local-network-acl", params.text("local-network-acl", "localnet.auto")).orElse(NOBODY);
    }

    /// `:port` or `address:port`.
    private List<HostPort> binding(String param) {
        Optional<String> written = params.text(param);
        int colon = written.map(text -> text.lastIndexOf(':')).orElse(-1);
        String port = written.map(text -> text.substring(colon + 1)).orElse("");
        String host = colon > 0 ? written.get().substring(0, colon) : ListenConfig.OWN;
        boolean good = colon >= 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= MAX_PORT
                && (host.equals(ListenConfig.OWN) || Network.address(host.replaceAll("[\\[\\]]", "")).isPresent());
        if (!good) {
            params.node(param).ifPresent(wrong -> problems.accept(ConfigProblem.error(
                    wrong.origin(), param + " must be like :5066 or 192.0.2.1:5066, not '" + written.orElse("") + "'")));
            return List.of();
        }
        return List.of(new HostPort(host, Integer.parseInt(port)));
    }

    /// What is not an address stands for our own: only those are told which can be told without asking others.
    private String externalIp() {
        String written = params.text("ext-sip-ip", "");
        if (Network.address(written).isPresent() || written.isEmpty() || written.equals("auto")) {
            return written.equals("auto") ? "" : written;
        }
        params.node("ext-sip-ip").ifPresent(param -> problems.accept(ConfigProblem.unsupported(
                param.origin(), "ext-sip-ip '" + written + "' is no IP address; our own is told, nothing is looked up")));
        return "";
    }

    private Optional<String> ip(String param) {
        Optional<String> written = params.text(param);
        if (written.isPresent() && Network.address(written.get()).isEmpty()) {
            params.node(param).ifPresent(wrong -> problems.accept(
                    ConfigProblem.error(wrong.origin(), param + " must be an IP address, not '" + written.get() + "'")));
            return Optional.empty();
        }
        return written;
    }

    /// DEVIATION sip-5: callers are challenged unless the configuration says otherwise.
    private AccessConfig access() {
        List<AccessConfig.Trust> lists = params.all("apply-inbound-acl").stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .flatMap(one -> trust(one.trim()).stream())
                .toList();
        boolean blind = params.flag("accept-blind-auth", false);
        if (blind) {
            params.node("accept-blind-auth").ifPresent(param -> problems.accept(ConfigProblem.warning(
                    param.origin(), "accept-blind-auth lets everybody call, whatever password he gives; the context must lead to nothing that costs")));
        }
        return new AccessConfig(params.flag("auth-calls", true) && !blind, params.flag("auth-calls-acl-only", false), lists);
    }

    /// `list`, `list:context` or `list:context:context`; a network may have colons of its own.
    private Optional<AccessConfig.Trust> trust(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length == 1 || parts.length > 3 || networks.find(text).isPresent()) {
            return list("apply-inbound-acl", text).map(found -> new AccessConfig.Trust(found, "", ""));
        }
        return list("apply-inbound-acl", parts[0]).map(found -> new AccessConfig.Trust(found, parts[1], parts.length == 3 ? parts[2] : ""));
    }

    private RegistrarConfig registrar() {
        String realm = params.text("challenge-realm", "auto_from");
        boolean automatic = realm.equals("auto_from") || realm.equals("auto_to");
        int least = params.number("sip-force-expires-min", 30, 1, DAY);
        return new RegistrarConfig(
                automatic ? "" : realm,
                realm.equals("auto_to"),
                params.text("force-register-domain", ""),
                Duration.ofSeconds(params.number("nonce-ttl", 60, 5, DAY)),
                algorithms(),
                several(),
                params.number("max-registrations-per-extension", 10, 1, 100),
                least,
                params.number("sip-force-expires-max", Math.max(least, 3_600), least, DAY),
                !params.flag("disable-register", false));
    }

    private Several several() {
        String written = params.text("multiple-registrations", "false").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "call-id" -> Several.BY_CALL_ID;
            case "contact" -> Several.BY_CONTACT;
            default -> params.flag("multiple-registrations", false) ? Several.BY_CONTACT : Several.ONE;
        };
    }

    private List<DigestAlgorithm> algorithms() {
        List<DigestAlgorithm> known = new ArrayList<>();
        for (String name : params.text("rfc8760-auth-algorithms", "MD5").split(",")) {
            Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(name.trim());
            if (algorithm.isEmpty()) {
                params.node("rfc8760-auth-algorithms").ifPresent(param -> problems.accept(ConfigProblem.error(
                        param.origin(), "rfc8760-auth-algorithms: MD5, SHA-256 and SHA-512-256 are known, not '" + name.trim() + "'")));
            }
            algorithm.ifPresent(known::add);
        }
        return known;
    }

    private Optional<NetworkList> list(String param, String listName) {
        Optional<NetworkList> list = networks.find(listName);
        if (list.isEmpty() && params.node(param).isPresent()) {
            problems.accept(ConfigProblem.error(params.node(param).get().origin(),
                    param + ": there is no network list '" + listName + "'; define it in acl.conf or write a network"));
        }
        return list;
    }

    private SipTimers timers() {
        int t1 = params.number("timer-t1", 500, 10, 10_000);
        int t2 = params.number("timer-t2", 4_000, 10, 60_000);
        int t4 = params.number("timer-t4", 4_000, 10, 60_000);
        if (t2 < t1) {
            problems.accept(ConfigProblem.error(
                    params.node("timer-t2").or(() -> params.node("timer-t1")).map(ConfigNode::origin).orElse(node.origin()),
                    "timer-T2 (" + t2 + " ms) must not be less than timer-T1 (" + t1 + " ms)"));
        }
        return SipTimers.of(Duration.ofMillis(t1), Duration.ofMillis(Math.max(t1, t2)), Duration.ofMillis(t4));
    }

    private List<GatewayConfig> gateways(Set<String> names) {
        List<GatewayConfig> gateways = new ArrayList<>();
        for (ConfigNode one : SofiaConfig.children(node, "gateways", "gateway").toList()) {
            Optional<GatewayConfig> gateway = new GatewayReader(one, problems).read();
            if (gateway.isPresent() && !names.add(gateway.get().name())) {
                problems.accept(ConfigProblem.error(
                        one.origin(), "there is another gateway " + gateway.get().name() + "; names are unique in the switch"));
            } else {
                gateway.ifPresent(gateways::add);
            }
        }
        return gateways;
    }
}
