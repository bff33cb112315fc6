package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.verto.profile.VertoProfile.Access;
import io.jverto.verto.profile.VertoProfile.Auth;
import io.jverto.verto.profile.VertoProfile.Bind;
import io.jverto.verto.profile.VertoProfile.Extras;
import io.jverto.verto.profile.VertoProfile.Multicast;
import io.jverto.verto.profile.VertoProfile.TlsFiles;
import io.jverto.wire.verto.VertoTruth;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads one `<profile>` (verto-wire.md section 10.2).
final class VertoProfileReader {
    private static final int MAX_BINDS = 25;
    private static final int MAX_NETWORK_LISTS = 25;
    private static final int MAX_DEBUG = 10;
    private static final int MAX_PORT = 65_535;
    /// Without effect by design is `timer-name`: there is one media clock.
    static final Set<String> KNOWN = Set.of(
            "bind-local", "secure-combined", "secure-cert", "secure-key", "secure-chain", "apply-connection-acl", "trusted-proxies", "allowed-origins", "permessage-deflate", "http2", "userauth",
            "root-password", "blind-reg", "chop-domain", "force-register-domain", "send-auth-password", "context", "dialplan",
            "inbound-codec-string", "outbound-codec-string", "rtp-ip", "ext-rtp-ip", "local-network", "apply-candidate-acl",
            "enable-text", "jverto-contacts", "debug", "timer-name", "auto-jitterbuffer-msec", "mcast-ip", "mcast-port");

    private final ConfigNode profile;
    private final String name;
    private final Params params;
    private final NetworkLists networks;
    private final Consumer<ConfigProblem> problems;

    VertoProfileReader(ConfigNode profile, String name, Params params, NetworkLists networks, Consumer<ConfigProblem> problems) {
        this.profile = profile;
        this.name = name;
        this.params = params;
        this.networks = networks;
        this.problems = problems;
    }

    /// @param sendPassword what the settings say of `send-auth-password`
    Optional<VertoProfile> read(boolean sendPassword) {
        params.tellUnknown(KNOWN);
        List<Bind> binds = binds();
        if (binds.isEmpty()) {
            problems.accept(ConfigProblem.error(profile.origin(), "profile " + name + " has no usable bind-local"));
            return Optional.empty();
        }
        return Optional.of(new VertoProfile(name, binds, tls(), access(), auth(sendPassword), calls(), media(), extras()));
    }

    private List<Bind> binds() {
        List<Bind> binds = new ArrayList<>();
        for (ConfigNode param : params.all("bind-local")) {
            Optional<InetSocketAddress> address = address(Params.value(param));
            if (address.isEmpty()) {
                problems.accept(ConfigProblem.error(
                        param.origin(), "bind-local must be like 127.0.0.1:8081 or [::1]:8081, not '" + Params.value(param) + "'"));
            } else if (binds.size() == MAX_BINDS) {
                problems.accept(ConfigProblem.error(param.origin(), "more than " + MAX_BINDS + " bind-local in one profile"));
            } else {
                binds.add(new Bind(address.get(), isTrue(param, "secure"), isTrue(param, "proxy-protocol"), param.origin()));
            }
        }
        if (params.all("trusted-proxies").isEmpty()) {
            binds.stream().filter(Bind::proxied).forEach(bind -> problems.accept(ConfigProblem.error(
                    bind.origin(), "bind-local has proxy-protocol, but no trusted-proxies says who the proxy is: nobody could connect")));
        }
        return binds;
    }

    private static boolean isTrue(ConfigNode param, String attribute) {
        return VertoTruth.isTrue(param.attribute(attribute, "false"));
    }

    /// Host names are not resolved (verto-wire.md section 1.1).
    private static Optional<InetSocketAddress> address(String value) {
        int colon = value.lastIndexOf(':');
        String host = colon < 0 ? "" : value.substring(0, colon);
        String port = value.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        if (literal.contains(":") != bracketed || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            return Optional.empty();
        }
        return Network.address(literal).map(ip -> new InetSocketAddress(ip, Integer.parseInt(port)));
    }

    private TlsFiles tls() {
        String combined = params.text("secure-combined", "");
        return combined.isEmpty()
                ? new TlsFiles(params.text("secure-cert", ""), params.text("secure-key", ""), params.text("secure-chain", ""))
                : new TlsFiles(combined, combined, params.text("secure-chain", combined));
    }

    private Access access() {
        return new Access(lists("apply-connection-acl"), origins(), lists("trusted-proxies"));
    }

    /// A list that cannot be found is an error: to pass it over would open the door.
    private List<NetworkList> lists(String name) {
        List<NetworkList> lists = new ArrayList<>();
        for (ConfigNode param : params.all(name)) {
            Optional<NetworkList> list = networks.find(Params.value(param));
            if (list.isEmpty()) {
                problems.accept(ConfigProblem.error(param.origin(), "there is no network list '" + Params.value(param)
                        + "': name one of acl.conf.xml or of the server's own, or write a network such as 192.0.2.0/24"));
            } else if (lists.size() == MAX_NETWORK_LISTS) {
                problems.accept(ConfigProblem.error(param.origin(), "more than " + MAX_NETWORK_LISTS + " " + name + " in one profile"));
            } else {
                lists.add(list.get());
            }
        }
        return lists;
    }

    private Origins origins() {
        Set<String> allowed = new HashSet<>();
        for (ConfigNode param : params.all("allowed-origins")) {
            for (String origin : Params.value(param).split("[ ,]+")) {
                Origins.normal(origin).ifPresentOrElse(allowed::add, () -> problems.accept(ConfigProblem.error(
                        param.origin(), "allowed-origins must be like https://app.example.com, not '" + origin + "'")));
            }
        }
        return new Origins(allowed);
    }

    private Auth auth(boolean sendPassword) {
        return new Auth(
                params.text("userauth", ""),
                params.text("root-password", ""),
                params.flag("blind-reg", false),
                params.flag("chop-domain", true),
                params.text("force-register-domain", ""),
                params.flag("send-auth-password", sendPassword));
    }

    private VertoProfile.Calls calls() {
        String outbound = params.text("outbound-codec-string", "opus,vp8");
        for (String list : List.of("inbound-codec-string", "outbound-codec-string")) {
            params.last(list).ifPresent(param -> CodecPreferences.problems(param, Params.value(param)).forEach(problems));
        }
        return new VertoProfile.Calls(
                params.text("context", "default"), params.text("dialplan", "XML"), params.text("inbound-codec-string", outbound), outbound);
    }

    private VertoProfile.Media media() {
        return new VertoProfile.Media(
                addresses(),
                params.values("ext-rtp-ip"),
                params.text("local-network", "localnet.auto"),
                new MediaRulesReader(name -> networks.find(name).map(list -> list), problems)
                        .read(params.all("apply-candidate-acl"), params.last("auto-jitterbuffer-msec")));
    }

    /// @return those that are addresses
    private List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (ConfigNode param : params.all("rtp-ip")) {
            String text = Params.value(param);
            if (Network.address(text).isPresent()) {
                addresses.add(text);
            } else {
                problems.accept(ConfigProblem.error(param.origin(), "rtp-ip '" + text + "' is not an IP address; write one, names are not looked up"));
            }
        }
        return addresses;
    }

    private Extras extras() {
        // DEVIATION verto-50: the reference server looks at whether enable-text is there, not at what it says (verto-wire.md section 16, number 20).
        return new Extras(
                params.flag("enable-text", false),
                params.number("debug", 0, 0, MAX_DEBUG),
                params.flag("jverto-contacts", false),
                params.flag("permessage-deflate", false),
                params.flag("http2", true),
                multicast(),
                new VhostReader(problems).read(profile));
    }

    private Multicast multicast() {
        Optional<ConfigNode> group = params.last("mcast-ip");
        Optional<ConfigNode> port = params.last("mcast-port");
        if (group.isEmpty()) {
            return new Multicast.None(); // a port alone is nothing
        }
        Optional<InetAddress> address = Network.address(Params.value(group.get()))
                .filter(ip -> ip instanceof Inet4Address && ip.isMulticastAddress());
        if (address.isEmpty()) {
            problems.accept(ConfigProblem.error(group.get().origin(), "mcast-ip must be an IPv4 multicast address such as 224.1.1.1, not '"
                    + Params.value(group.get()) + "'"));
        } else if (port.isEmpty()) {
            problems.accept(ConfigProblem.error(group.get().origin(), "mcast-ip needs a mcast-port"));
        }
        int number = params.number("mcast-port", 0, 1, MAX_PORT - 1);
        return address.isPresent() && number > 0
                ? new Multicast.Group(address.get(), number, group.get().origin())
                : new Multicast.None();
    }
}
