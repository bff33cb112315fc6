package io.jverto.server.eventsocket;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Addresses;
import io.jverto.base.net.NetworkLists;
import io.jverto.server.config.ListenPlace;
import io.jverto.switchboard.port.CallPrograms;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// `<configuration name="event_socket.conf">`.
///
/// @param place where it listens, and who may connect
/// @param password empty for the generated one
/// @param stopOnBindError whether the server does not start when it cannot listen there
/// @param programs to which `socket` may connect even where the dialplan does not write their address
public record EventSocketConfig(
        ListenPlace place, String password, boolean stopOnBindError, Set<CallPrograms.Address> programs) {
    private static final int DEFAULT_PORT = 8_021;
    private static final int MAX_PORT = 65_535;
    /// Of programs and pages everywhere in the field.
    private static final String WELL_KNOWN_PASSWORD = "ClueCon";

    public EventSocketConfig {
        programs = Set.copyOf(programs);
    }

    /// @return empty when the tree has no such configuration: nothing listens then
    public static Optional<EventSocketConfig> read(Optional<ConfigNode> configuration, NetworkLists networks, Consumer<ConfigProblem> problems) {
        return configuration.map(node -> new Reader(node, networks, problems).read());
    }

    public InetSocketAddress address() {
        return place.address();
    }

    boolean admits(InetAddress peer) {
        return place.admits(peer);
    }

    @Override
    public String toString() {
        return "EventSocketConfig[" + Addresses.text(address()) + "]";
    }

    private static final class Reader {
        private final ConfigNode node;
        private final ListenPlace.Reader place;
        private final Consumer<ConfigProblem> problems;
        private String password = "";
        private boolean stop;
        private final Set<CallPrograms.Address> programs = new HashSet<>();

        Reader(ConfigNode node, NetworkLists lists, Consumer<ConfigProblem> problems) {
            this.node = node;
            this.place = new ListenPlace.Reader(DEFAULT_PORT, lists, problems);
            this.problems = problems;
        }

        EventSocketConfig read() {
            node.children("settings").flatMap(settings -> settings.children("param")).filter(param -> !place.take(param)).forEach(this::param);
            if (password.equals(WELL_KNOWN_PASSWORD)) {
                warn(node, "the password " + WELL_KNOWN_PASSWORD + " is known to everybody: " + (place.isThisMachineAlone()
                        ? "any program on this machine can take over the switch"
                        : "it listens on 127.0.0.1 alone until there is another"));
                place.letBeThisMachineAlone();
            }
            return new EventSocketConfig(place.read(node), password, stop, programs);
        }

        private void param(ConfigNode param) {
            String name = param.attribute("name", "").toLowerCase(Locale.ROOT);
            String value = param.attribute("value", "").trim();
            switch (name) {
                case "password" -> password = value;
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
    }
}
