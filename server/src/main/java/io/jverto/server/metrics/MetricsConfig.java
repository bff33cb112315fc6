package io.jverto.server.metrics;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkLists;
import io.jverto.server.config.ListenPlace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// `<configuration name="metrics.conf">`, which the reference server does not have.
///
/// @param place where monitoring asks, and who may
/// @param selfCall how the server calls itself; empty when it does not
public record MetricsConfig(ListenPlace place, Optional<SelfCall> selfCall) {
    /// The one that exporters of telemetry have by convention.
    private static final int DEFAULT_PORT = 9_464;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 86_400;

    /// A call that the server makes to itself, again and again.
    ///
    /// @param every from the end of one to the beginning of the next, 10 s to a day
    /// @param number that echoes
    /// @param context of the dialplan in which it is looked for
    public record SelfCall(Duration every, String number, String context) {}

    /// @return empty when the tree has no such configuration: nothing listens then
    public static Optional<MetricsConfig> read(Optional<ConfigNode> configuration, NetworkLists networks, Consumer<ConfigProblem> problems) {
        return configuration.map(node -> {
            ListenPlace.Reader place = new ListenPlace.Reader(DEFAULT_PORT, networks, problems);
            SelfCallReader call = new SelfCallReader(problems);
            List<ConfigNode> params = node.children("settings").flatMap(settings -> settings.children("param")).toList();
            params.stream().filter(param -> !place.take(param) && !call.take(param))
                    .forEach(param -> problems.accept(ConfigProblem.warning(param.origin(), "metrics.conf has no param '" + param.attribute("name", "")
                            + "'; it knows listen-ip, listen-port, apply-inbound-acl, self-call-sec, self-call-number, self-call-context")));
            return new MetricsConfig(place.read(node), call.read());
        });
    }

    private static final class SelfCallReader {
        private final Consumer<ConfigProblem> problems;
        private int seconds;
        private String number = "9196";
        private String context = "default";

        SelfCallReader(Consumer<ConfigProblem> problems) {
            this.problems = problems;
        }

        /// @return false when it is another param
        boolean take(ConfigNode param) {
            String value = param.attribute("value", "").trim();
            switch (param.attribute("name", "").toLowerCase(Locale.ROOT)) {
                case "self-call-sec" -> seconds = seconds(param, value);
                case "self-call-number" -> number = named(param, value, number);
                case "self-call-context" -> context = named(param, value, context);
                default -> {
                    return false;
                }
            }
            return true;
        }

        Optional<SelfCall> read() {
            return seconds == 0 ? Optional.empty() : Optional.of(new SelfCall(Duration.ofSeconds(seconds), number, context));
        }

        private int seconds(ConfigNode param, String value) {
            int given = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : -1;
            if (given == 0 || given >= SHORTEST && given <= LONGEST) {
                return given;
            }
            problems.accept(ConfigProblem.error(param.origin(),
                    "self-call-sec is '" + value + "': write seconds from " + SHORTEST + " to " + LONGEST + ", or 0 for no calls"));
            return 0;
        }

        private String named(ConfigNode param, String value, String otherwise) {
            if (value.isEmpty()) {
                problems.accept(ConfigProblem.error(param.origin(), param.attribute("name", "") + " is empty; leave it out for '" + otherwise + "'"));
            }
            return value.isEmpty() ? otherwise : value;
        }
    }
}
