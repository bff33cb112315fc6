package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Where a service of the server listens, and who may connect: the params `listen-ip`, `listen-port` and `apply-inbound-acl`.
///
/// @param address port 0 is any
/// @param networks an address must be in every one of them
public record ListenPlace(InetSocketAddress address, List<NetworkList> networks) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOCAL_LIST = "loopback.auto";
    private static final int MAX_PORT = 65_535;

    public ListenPlace {
        networks = List.copyOf(networks);
    }

    public boolean admits(InetAddress peer) {
        return networks.stream().allMatch(list -> list.test(peer));
    }

    /// Takes the params one after the other. What is not said is this machine alone.
    public static final class Reader {
        private final NetworkLists lists;
        private final Consumer<ConfigProblem> problems;
        private final List<NetworkList> networks = new ArrayList<>();
        private InetAddress ip = InetAddress.ofLiteral(LOOPBACK);
        private int port;

        public Reader(int defaultPort, NetworkLists lists, Consumer<ConfigProblem> problems) {
            this.port = defaultPort;
            this.lists = lists;
            this.problems = problems;
        }

        /// @return false when it is another param
        public boolean take(ConfigNode param) {
            String value = param.attribute("value", "").trim();
            switch (param.attribute("name", "").toLowerCase(Locale.ROOT)) {
                case "listen-ip" -> ip = address(param, value);
                case "listen-port" -> port = port(param, value);
                case "apply-inbound-acl" -> acl(param, value);
                default -> {
                    return false;
                }
            }
            return true;
        }

        public boolean isThisMachineAlone() {
            return ip.isLoopbackAddress();
        }

        /// Whatever the params say.
        public void letBeThisMachineAlone() {
            ip = isThisMachineAlone() ? ip : InetAddress.ofLiteral(LOOPBACK);
        }

        /// @param configuration for what is said of it
        public ListenPlace read(ConfigNode configuration) {
            if (!isThisMachineAlone() && networks.isEmpty()) {
                problems.accept(ConfigProblem.warning(configuration.origin(),
                        "listen-ip is not of this machine alone, but no apply-inbound-acl says who may connect: only this machine may"));
            }
            if (networks.isEmpty()) {
                networks.add(lists.find(LOCAL_LIST).orElseGet(() -> new NetworkList(LOCAL_LIST, false, List.of())));
            }
            return new ListenPlace(new InetSocketAddress(ip, port), networks);
        }

        private InetAddress address(ConfigNode param, String value) {
            try {
                return InetAddress.ofLiteral(value);
            } catch (IllegalArgumentException wrong) {
                problems.accept(ConfigProblem.error(param.origin(), "listen-ip is '" + value + "': write an address such as " + LOOPBACK));
                return ip;
            }
        }

        private int port(ConfigNode param, String value) {
            if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= MAX_PORT) {
                return Integer.parseInt(value);
            }
            problems.accept(ConfigProblem.error(param.origin(), "listen-port is '" + value + "': write a number from 1 to " + MAX_PORT));
            return port;
        }

        private void acl(ConfigNode param, String value) {
            lists.find(value).ifPresentOrElse(networks::add, () -> problems.accept(ConfigProblem.error(param.origin(),
                    "apply-inbound-acl names '" + value + "', but there is no such list in acl.conf and it is no network")));
        }
    }
}
