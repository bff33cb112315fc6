package io.jverto.server.eventsocket;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import io.jverto.switchboard.port.CallPrograms;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// `<configuration name="event_socket.conf">`.
///
/// @param address where to listen; port 0 is any
/// @param password empty for the generated one
/// @param networks who may connect: an address must be in every one of them
/// @param stopOnBindError whether the server does not start when it cannot listen there
/// @param programs to which `socket` may connect even where the dialplan does not write their address
public record EventSocketConfig(
        InetSocketAddress address, String password, List<NetworkList> networks, boolean stopOnBindError, Set<CallPrograms.Address> programs) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int DEFAULT_PORT = 8_021;
    private static final int MAX_PORT = 65_535;
    /// Of programs and pages everywhere in the field.
    private static final String WELL_KNOWN_PASSWORD = "ClueCon";
    private static final String LOCAL_LIST = "loopback.auto";

    public EventSocketConfig {
        networks = List.copyOf(networks);
        programs = Set.copyOf(programs);
    }

    /// @return empty when the tree has no such configuration: nothing listens then
    public static Optional<EventSocketConfig> read(Optional<ConfigNode> configuration, NetworkLists networks, Consumer<ConfigProblem> problems) {
        return configuration.map(node -> new Reader(node, networks, problems).read());
    }

    boolean admits(InetAddress peer) {
        return networks.stream().allMatch(list -> list.test(peer));
    }

    @Override
    public String toString() {
        return "EventSocketConfig[" + address + "]";
    }

    private static final class Reader {
        private final ConfigNode node;
        private final NetworkLists lists;
        private final Consumer<ConfigProblem> problems;
        private final List<NetworkList> networks = new ArrayList<>();
        private InetAddress ip = literal(LOOPBACK);
        private int port = DEFAULT_PORT;
        private String password = "";
        private boolean stop;
        private final Set<CallPrograms.Address> programs = new HashSet<>();

        Reader(ConfigNode node, NetworkLists lists, Consumer<ConfigProblem> problems) {
            this.node = node;
            this.lists = lists;
            this.problems = problems;
        }

        EventSocketConfig read() {
            node.children("settings").flatMap(settings -> settings.children("param")).forEach(this::param);
            if (password.equals(WELL_KNOWN_PASSWORD)) {
                warn(node, ip.isLoopbackAddress()
                        ? "the password " + WELL_KNOWN_PASSWORD + " is known to everybody: any program on this machine can take over the switch"
                        : "the password " + WELL_KNOWN_PASSWORD + " is known to everybody: it listens on " + LOOPBACK + " alone until there is another");
                ip = ip.isLoopbackAddress() ? ip : literal(LOOPBACK);
            }
            if (!ip.isLoopbackAddress() && networks.isEmpty()) {
                warn(node, "listen-ip is not of this machine alone, but no apply-inbound-acl says who may connect: only this machine may");
            }
            if (networks.isEmpty()) {
                networks.add(lists.find(LOCAL_LIST).orElseGet(() -> new NetworkList(LOCAL_LIST, false, List.of())));
            }
            return new EventSocketConfig(new InetSocketAddress(ip, port), password, networks, stop, programs);
        }

        private void param(ConfigNode param) {
            String name = param.attribute("name", "").toLowerCase(Locale.ROOT);
            String value = param.attribute("value", "").trim();
            switch (name) {
                case "listen-ip" -> ip = address(param, value);
                case "listen-port" -> port = port(param, value);
                case "password" -> password = value;
                case "apply-inbound-acl" -> acl(param, value);
                case "outbound-programs" -> programs(param, value);
                case "stop-on-bind-error" -> stop = isTrue(value);
                case "nat-map" -> {
                    if (isTrue(value)) {
                        problems.accept(ConfigProblem.unsupported(param.origin(), "nat-map is not supported: no port is opened on a router"));
                    }
                }
                case "debug" -> { } // of the reference server's own parser
                default -> warn(param, "event_socket.conf has no param '" + name
                        + "'; it knows listen-ip, listen-port, password, apply-inbound-acl, outbound-programs, stop-on-bind-error, nat-map");
            }
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

        private void programs(ConfigNode param, String value) {
            for (String place : value.split("[ ,]+")) {
                int colon = place.lastIndexOf(':');
                String port = place.substring(colon + 1);
                if (colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= MAX_PORT) {
                    programs.add(new CallPrograms.Address(place.substring(0, colon), Integer.parseInt(port)));
                } else if (!place.isEmpty()) {
                    problems.accept(ConfigProblem.error(param.origin(), "outbound-programs has '" + place + "': write <host>:<port>, with commas between several"));
                }
            }
        }

        private void warn(ConfigNode where, String message) {
            problems.accept(ConfigProblem.warning(where.origin(), message));
        }

        private static boolean isTrue(String value) {
            return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes") || value.equals("1") || value.equalsIgnoreCase("on");
        }

        private static InetAddress literal(String text) {
            return InetAddress.ofLiteral(text);
        }
    }
}
