package io.jverto.sip.gateway;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads one `<gateway>` (sip.md section 3). What is wrong is told with file and line; such a gateway is left out.
public final class GatewayReader {
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_CALLS = 100_000;
    private static final Set<SipTransport> OVER = Set.of(SipTransport.UDP, SipTransport.TCP, SipTransport.TLS);
    private static final Set<String> DIRECTIONS = Set.of("inbound", "outbound", "both");
    private static final Set<String> USED = Set.of(
            "username", "auth-username", "password", "realm", "proxy", "register-proxy", "from-user", "from-domain", "register",
            "register-transport", "expire-seconds", "retry-seconds", "908-retry-seconds", "timeout-seconds", "caller-id-in-from", "extension",
            "destination-prefix", "ping", "ping-max", "ping-min", "context", "outbound-proxy", "jverto-max-calls", "jverto-max-calls-per-second", "jverto-max-user-calls",
            "jverto-max-user-calls-per-minute");
    private static final Set<String> KNOWN = Set.of(
            "scheme", "extension-in-contact", "contact-params", "contact-host", "distinct-to", "ping-user-agent",
            "contact-in-ping", "ping-monitoring", "rfc-5626", "reg-id", "gw-auth-acl", "cid-type");

    private final ConfigNode node;
    private final String name;
    private final SofiaParams params;
    private final Consumer<ConfigProblem> problems;

    public GatewayReader(ConfigNode node, Consumer<ConfigProblem> problems) {
        this.node = node;
        this.name = node.attribute("name", "").trim();
        this.params = new SofiaParams(node.children("param"), problems);
        this.problems = problems;
    }

    /// @return empty after an error, which was told
    public Optional<GatewayConfig> read() {
        params.tellUseless(USED, KNOWN);
        boolean register = params.flag("register", true);
        Optional<HostPort> realmHost = params.text("realm").flatMap(GatewayReader::hostPort);
        Optional<HostPort> proxy = params.node("proxy").isPresent() ? host("proxy") : realmHost.or(() -> hostPort(name));
        Optional<HostPort> registrar = params.node("register-proxy").isPresent() ? host("register-proxy") : proxy;
        Optional<SipTransport> transport = transport();
        Optional<SipUri> outbound = params.text("outbound-proxy").flatMap(GatewayReader::hop);
        if (params.node("outbound-proxy").isPresent() && outbound.isEmpty()) {
            return wrong("outbound-proxy");
        } else if (!name.matches("[\\w.-]+")) {
            return fail(node.origin(), "a gateway's name has letters, digits, '.', '-' and '_' only, not '" + name + "'");
        } else if (register && params.text("username").isEmpty()) {
            return fail(node.origin(), "gateway " + name + " is to register and has no username; add one, or register=false");
        } else if (proxy.isEmpty() && params.node("proxy").isEmpty()) {
            return fail(node.origin(), "gateway " + name + " has no host to go to; add proxy");
        } else if (proxy.isEmpty() || registrar.isEmpty() || transport.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(config(register, proxy.get(), registrar.get(), transport.get(), outbound));
    }

    private GatewayConfig config(boolean register, HostPort proxy, HostPort registrar, SipTransport transport, Optional<SipUri> outbound) {
        String user = params.text("username", "FreeSWITCH");
        Duration retry = seconds("retry-seconds", 30);
        return new GatewayConfig(
                name,
                GatewayConfig.account(
                        params.text("auth-username", user), params.text("password", ""), params.text("realm", ""), proxy, registrar),
                params.text("from-user", user),
                domain(proxy),
                proxy,
                registrar,
                transport,
                register,
                seconds("expire-seconds", 3_600),
                retry,
                params.node("908-retry-seconds").isPresent() ? seconds("908-retry-seconds", 30) : retry,
                seconds("timeout-seconds", 60),
                params.text("extension", user),
                params.text("destination-prefix", ""),
                ping(),
                params.number("ping-min", 1, 1, 1_000),
                params.number("ping-max", 1, 1, 1_000),
                params.flag("caller-id-in-from", false),
                params.text("context", ""),
                limits(),
                outbound,
                variables());
    }

    /// `p:` in front of a name, by which the reference server keeps one in the profile of the call, is left out.
    private List<GatewayConfig.Variable> variables() {
        List<GatewayConfig.Variable> variables = new ArrayList<>();
        for (ConfigNode one : node.child("variables").stream().flatMap(all -> all.children("variable")).toList()) {
            String variable = one.attribute("name", "").trim().replaceFirst("^p:", "");
            String direction = one.attribute("direction", "both").trim().toLowerCase(Locale.ROOT);
            if (!variable.matches("[\\w.-]{1,64}") || !DIRECTIONS.contains(direction)) {
                problems.accept(ConfigProblem.error(one.origin(), "a variable of a gateway has a name and perhaps a direction, inbound, outbound or both; not '"
                        + variable + "' and '" + direction + "'"));
            } else {
                variables.add(new GatewayConfig.Variable(
                        variable, one.attribute("value", ""), !direction.equals("outbound"), !direction.equals("inbound")));
            }
        }
        return variables;
    }

    /// Parameters of ours; the defaults stop who has got hold of one password, not those who telephone.
    private GatewayLimits limits() {
        return new GatewayLimits(
                params.number("jverto-max-calls", 0, 0, MOST_CALLS),
                params.number("jverto-max-calls-per-second", 50, 0, MOST_CALLS),
                params.number("jverto-max-user-calls", 10, 0, MOST_CALLS),
                params.number("jverto-max-user-calls-per-minute", 60, 0, MOST_CALLS));
    }

    /// Less than five seconds means the default, as in the reference server.
    private Duration seconds(String param, int otherwise) {
        int seconds = params.number(param, otherwise, 0, MOST_SECONDS);
        return Duration.ofSeconds(seconds < LEAST_SECONDS ? otherwise : seconds);
    }

    private Duration ping() {
        int seconds = params.number("ping", 0, 0, MOST_SECONDS);
        if (seconds > 0 && seconds < LEAST_SECONDS) {
            params.node("ping").ifPresent(param -> problems.accept(
                    ConfigProblem.error(param.origin(), "ping must be at least " + LEAST_SECONDS + " seconds, not " + seconds)));
        }
        return Duration.ofSeconds(seconds);
    }

    private String domain(HostPort proxy) {
        Optional<ConfigNode> param = params.node("from-domain");
        Optional<HostPort> written = params.text("from-domain").flatMap(GatewayReader::hostPort);
        if (param.isPresent() && written.isEmpty()) {
            fail(param.get().origin(), "from-domain must be a host, not '" + param.get().attribute("value", "") + "'");
        }
        return written.map(HostPort::host).or(() -> params.text("realm").flatMap(GatewayReader::hostPort).map(HostPort::host)).orElse(proxy.host());
    }

    private Optional<HostPort> host(String param) {
        Optional<HostPort> host = params.text(param).flatMap(GatewayReader::hostPort);
        if (host.isEmpty()) {
            wrong(param);
        }
        return host;
    }

    private Optional<GatewayConfig> wrong(String param) {
        params.node(param).ifPresent(written -> fail(written.origin(), param
                + " must be like sip.example.org, 192.0.2.1:5060 or sip.example.org;transport=tcp, not '" + written.attribute("value", "") + "'"));
        return Optional.empty();
    }

    private static Optional<HostPort> hostPort(String text) {
        return hop(text).map(SipUri::hostPort);
    }

    /// @param text a host, perhaps with port and transport
    public static Optional<SipUri> hop(String text) {
        return Uri.parse("sip:" + text.replaceFirst("^sips?:", ""))
                .filter(SipUri.class::isInstance)
                .map(SipUri.class::cast)
                .filter(uri -> uri.user().isEmpty() && uri.headers().isEmpty() && uri.params().without("transport").without("lr").all().isEmpty())
                .filter(uri -> uri.params().get("transport").isEmpty() || uri.transport().filter(OVER::contains).isPresent());
    }

    private Optional<SipTransport> transport() {
        Optional<ConfigNode> param = params.node("register-transport");
        Optional<SipTransport> ofProxy = params.text("proxy").flatMap(GatewayReader::hop).flatMap(SipUri::transport);
        Optional<SipTransport> transport = params.text("register-transport").map(SipTransport::of).orElse(ofProxy.or(() -> Optional.of(SipTransport.UDP)))
                .filter(OVER::contains);
        if (transport.isEmpty()) {
            param.ifPresent(written -> fail(
                    written.origin(), "register-transport must be udp, tcp or tls, not '" + written.attribute("value", "") + "'"));
        }
        return transport;
    }

    private Optional<GatewayConfig> fail(ConfigNode.Origin origin, String message) {
        problems.accept(ConfigProblem.error(origin, message));
        return Optional.empty();
    }
}
