package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.verto.profile.VertoProfile.Auth;
import io.jverto.verto.profile.VertoProfile.Bind;
import io.jverto.verto.profile.VertoProfile.TlsFiles;
import io.jverto.wire.verto.VertoTruth;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads one `<profile>` (verto-wire.md section 10.2). Of a parameter that is not repeatable the last value counts.
final class VertoProfileReader {
    private static final int MAX_BINDS = 25;
    private static final Set<String> SINGLE = Set.of(
            "secure-combined", "secure-cert", "secure-key", "secure-chain", "userauth", "root-password", "blind-reg",
            "chop-domain", "force-register-domain", "context", "dialplan", "inbound-codec-string",
            "outbound-codec-string", "local-network");
    private static final Set<String> REPEATED = Set.of("bind-local", "rtp-ip", "ext-rtp-ip", "apply-candidate-acl");
    /// Read by the reference server and harmless to ignore.
    private static final Set<String> WITHOUT_EFFECT = Set.of("timer-name", "auto-jitterbuffer-msec", "debug");
    private static final Set<String> LATER =
            Set.of("apply-connection-acl", "enable-text", "mcast-ip", "mcast-port", "send-auth-password");

    private final ConfigNode profile;
    private final String name;
    private final Consumer<ConfigProblem> problems;
    private final Map<String, String> single = new HashMap<>();
    private final Map<String, List<String>> repeated = new HashMap<>();
    private final List<Bind> binds = new ArrayList<>();

    VertoProfileReader(ConfigNode profile, String name, Consumer<ConfigProblem> problems) {
        this.profile = profile;
        this.name = name;
        this.problems = problems;
    }

    Optional<VertoProfile> read() {
        Stream<ConfigNode> nested = Stream.concat(profile.children("settings"), profile.children("params"));
        Stream.concat(VertoConfigReader.params(profile), nested.flatMap(VertoConfigReader::params)).forEach(this::param);
        profile.children("vhosts").forEach(vhosts ->
                problems.accept(ConfigProblem.unsupported(vhosts.origin(), "<vhosts> has no effect; the server serves its own page")));
        if (binds.isEmpty()) {
            problems.accept(ConfigProblem.error(profile.origin(), "profile " + name + " has no usable bind-local"));
            return Optional.empty();
        }
        String outbound = text("outbound-codec-string", "opus,vp8");
        return Optional.of(new VertoProfile(
                name,
                binds,
                tls(),
                new Auth(
                        text("userauth", ""),
                        text("root-password", ""),
                        VertoTruth.isTrue(text("blind-reg", "false")),
                        VertoTruth.isTrue(text("chop-domain", "true")),
                        text("force-register-domain", "")),
                new VertoProfile.Calls(
                        text("context", "default"),
                        text("dialplan", "XML"),
                        text("inbound-codec-string", outbound),
                        outbound),
                new VertoProfile.Media(
                        list("rtp-ip"), list("ext-rtp-ip"), text("local-network", "localnet.auto"), list("apply-candidate-acl"))));
    }

    private void param(ConfigNode param) {
        String key = VertoConfigReader.key(param);
        String value = param.attribute("value", "").trim();
        if (key.equals("bind-local")) {
            bind(param, value);
        } else if (SINGLE.contains(key)) {
            single.put(key, value);
        } else if (REPEATED.contains(key)) {
            repeated.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
        } else if (key.equals("apply-connection-acl")) {
            // Ignoring a wish to keep somebody out would open the door: refuse instead.
            problems.accept(ConfigProblem.error(param.origin(), "apply-connection-acl is not built yet; remove it and use a firewall"));
        } else if (LATER.contains(key)) {
            problems.accept(ConfigProblem.unsupported(param.origin(), key + " has no effect yet"));
        } else if (!WITHOUT_EFFECT.contains(key)) {
            problems.accept(VertoConfigReader.unknown(param));
        }
    }

    private void bind(ConfigNode param, String value) {
        int colon = value.lastIndexOf(':');
        String host = colon < 0 ? "" : value.substring(0, colon);
        String port = value.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean usable = isAddress(literal, bracketed) && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 0xffff;
        if (!usable) {
            problems.accept(ConfigProblem.error(
                    param.origin(), "bind-local must be like 127.0.0.1:8081 or [::1]:8081, not '" + value + "'"));
        } else if (binds.size() == MAX_BINDS) {
            problems.accept(ConfigProblem.error(param.origin(), "more than " + MAX_BINDS + " bind-local in one profile"));
        } else {
            boolean secure = VertoTruth.isTrue(param.attribute("secure", "false"));
            binds.add(new Bind(new InetSocketAddress(InetAddress.ofLiteral(literal), Integer.parseInt(port)), secure, param.origin()));
        }
    }

    /// Host names are not resolved (verto-wire.md section 1.1).
    private static boolean isAddress(String literal, boolean version6) {
        // The literals of Java include short forms such as 1.2.3, which nobody means.
        boolean whole = version6 ? literal.contains(":") : literal.matches("[0-9]+(\\.[0-9]+){3}");
        try {
            return whole && (InetAddress.ofLiteral(literal).getAddress().length == 16) == version6;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private TlsFiles tls() {
        String combined = text("secure-combined", "");
        return combined.isEmpty()
                ? new TlsFiles(text("secure-cert", ""), text("secure-key", ""), text("secure-chain", ""))
                : new TlsFiles(combined, combined, text("secure-chain", combined));
    }

    private String text(String key, String otherwise) {
        String value = single.getOrDefault(key, "");
        return value.isEmpty() ? otherwise : value;
    }

    private List<String> list(String key) {
        return repeated.getOrDefault(key, List.of());
    }
}
