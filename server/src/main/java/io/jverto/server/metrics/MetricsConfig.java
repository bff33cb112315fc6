package io.jverto.server.metrics;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkLists;
import io.jverto.server.config.ListenPlace;
import java.util.Optional;
import java.util.function.Consumer;

/// `<configuration name="metrics.conf">`, which the reference server does not have.
///
/// @param place where monitoring asks, and who may
public record MetricsConfig(ListenPlace place) {
    /// The one that exporters of telemetry have by convention.
    private static final int DEFAULT_PORT = 9_464;

    /// @return empty when the tree has no such configuration: nothing listens then
    public static Optional<MetricsConfig> read(Optional<ConfigNode> configuration, NetworkLists networks, Consumer<ConfigProblem> problems) {
        return configuration.map(node -> {
            ListenPlace.Reader place = new ListenPlace.Reader(DEFAULT_PORT, networks, problems);
            node.children("settings").flatMap(settings -> settings.children("param")).filter(param -> !place.take(param))
                    .forEach(param -> problems.accept(ConfigProblem.warning(param.origin(), "metrics.conf has no param '"
                            + param.attribute("name", "") + "'; it knows listen-ip, listen-port, apply-inbound-acl")));
            return new MetricsConfig(place.read(node));
        });
    }
}
