package io.jverto.sip.gateway;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.sip.transaction.SipTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `<configuration name="sofia.conf">`: profiles and their gateways (sip.md sections 2 and 3).
public record SofiaConfig(List<ProfileConfig> profiles) {
    private static final int MAX_PORT = 65_535;
    private static final int DAY = 86_400;
    private static final Set<String> USED = Set.of(
            "sip-ip", "sip-port", "tls", "tls-sip-port", "context", "dialplan", "user-agent-string", "timer-t1", "timer-t2", "timer-t4",
            "enable-100rel", "session-timeout", "minimum-session-expires", "max-calls", "max-recv-requests-per-second");
    private static final Set<String> KNOWN = Set.of(
            "ext-sip-ip", "ext-rtp-ip", "ext-sip-port", "rtp-ip", "local-network-acl", "apply-nat-acl", "aggressive-nat-detection",
            "inbound-codec-prefs", "outbound-codec-prefs", "codec-prefs", "inbound-codec-negotiation", "inbound-late-negotiation",
            "disable-transcoding", "inbound-bypass-media", "inbound-proxy-media", "rtp-timer-name", "rtp-timeout-sec", "rtp-hold-timeout-sec",
            "rtp-autofix-timing", "rtp-rewrite-timestamps", "rfc2833-pt", "cng-pt", "suppress-cng", "dtmf-type", "dtmf-duration",
            "liberal-dtmf", "pass-rfc2833", "rtp-digit-delay", "auto-jitterbuffer-msec", "auto-rtp-bugs", "manual-rtp-bugs",
            "disable-rtp-auto-adjust", "require-secure-rtp", "ndlb-allow-crypto-in-avp", "ndlb-sendrecv-in-session",
            "ndlb-allow-bad-iananame", "ndlb-allow-nondup-sdp", "hold-music", "t38-passthru", "vad", "bitpacking", "auth-calls",
            "apply-inbound-acl", "auth-calls-acl-only", "apply-register-acl", "apply-proxy-acl", "accept-blind-auth", "accept-blind-reg",
            "blind-auth-reply-403", "auth-all-packets", "auth-subscriptions", "auth-messages", "auth-require-user", "challenge-realm",
            "nonce-ttl", "max-auth-validity", "rfc8760-auth-algorithms", "inbound-reg-force-matching-username", "force-register-domain",
            "force-register-db-domain", "force-subscription-domain", "multiple-registrations", "max-registrations-per-extension",
            "user-agent-filter", "manual-redirect", "max-proceeding", "p-asserted-id-parse", "full-id-in-dialplan", "extended-info-parsing",
            "outbound-proxy", "caller-id-type", "enable-timer", "update-refresher", "enable-3pcc", "auto-invite-100", "cid-in-1xx",
            "pass-callee-id", "send-display-update", "allow-update", "disable-transfer", "disable-register", "disable-hold",
            "sip-options-respond-503-on-busy", "tcp-keepalive", "tcp-pingpong", "socket-tcp-keepalive", "inbound-use-callid-as-uuid",
            "outbound-use-uuid-as-callid", "timer-t1x64", "ndlb-force-rport", "ndlb-received-in-nat-reg-contact", "ws-binding", "wss-binding",
            "tls-only", "tls-bind-params", "tls-cert-dir", "tls-version", "tls-ciphers", "tls-verify-policy", "tls-verify-depth",
            "tls-verify-date", "tls-verify-in-subjects", "tls-passphrase", "tls-timeout", "presence-hosts", "manage-presence", "debug",
            "sip-trace", "sip-capture", "log-auth-failures", "record-path", "record-template", "nat-options-ping", "all-reg-options-ping");

    public SofiaConfig {
        profiles = List.copyOf(profiles);
    }

    /// What is wrong is told with file and line, and left out.
    public static SofiaConfig read(ConfigNode configuration, Consumer<ConfigProblem> problems) {
        List<ProfileConfig> profiles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> gateways = new HashSet<>();
        for (ConfigNode profile : children(configuration, "profiles", "profile").toList()) {
            String name = profile.attribute("name", "").trim();
            if (name.isEmpty() || !names.add(name)) {
                problems.accept(ConfigProblem.error(profile.origin(), "a profile needs a name of its own, not '" + name + "'"));
            } else {
                profiles.add(profile(name, profile, gateways, problems));
            }
        }
        return new SofiaConfig(profiles);
    }

    private static ProfileConfig profile(String name, ConfigNode node, Set<String> gatewayNames, Consumer<ConfigProblem> problems) {
        SofiaParams params = new SofiaParams(children(node, "settings", "param"), problems);
        params.tellUseless(USED, KNOWN);
        boolean tls = params.flag("tls", false);
        return new ProfileConfig(
                name,
                params.text("sip-ip", ""),
                params.number("sip-port", 5_060, 1, MAX_PORT),
                tls ? params.number("tls-sip-port", 5_061, 1, MAX_PORT) : 0,
                params.text("context", "default"),
                params.text("dialplan", "XML"),
                params.text("user-agent-string", "jverto"),
                timers(params, node, problems),
                params.flag("enable-100rel", false),
                params.number("session-timeout", 0, 0, DAY),
                params.number("minimum-session-expires", 90, 90, DAY),
                params.number("max-calls", 1_000, 1, 100_000),
                params.number("max-recv-requests-per-second", 1_000, 1, 1_000_000),
                gateways(node, gatewayNames, problems));
    }

    private static SipTimers timers(SofiaParams params, ConfigNode node, Consumer<ConfigProblem> problems) {
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

    private static List<GatewayConfig> gateways(ConfigNode profile, Set<String> names, Consumer<ConfigProblem> problems) {
        List<GatewayConfig> gateways = new ArrayList<>();
        for (ConfigNode node : children(profile, "gateways", "gateway").toList()) {
            Optional<GatewayConfig> gateway = new GatewayReader(node, problems).read();
            if (gateway.isPresent() && !names.add(gateway.get().name())) {
                problems.accept(ConfigProblem.error(
                        node.origin(), "there is another gateway " + gateway.get().name() + "; names are unique in the switch"));
            } else {
                gateway.ifPresent(gateways::add);
            }
        }
        return gateways;
    }

    /// Included files stand within an element of their own.
    private static Stream<ConfigNode> children(ConfigNode node, String group, String name) {
        return node.children(group)
                .flatMap(one -> one.children().stream())
                .flatMap(child -> child.name().equals("include") ? child.children().stream() : Stream.of(child))
                .filter(child -> child.name().equals(name));
    }
}
