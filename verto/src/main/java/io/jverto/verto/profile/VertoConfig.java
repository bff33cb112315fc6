package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkLists;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// `<configuration name="verto.conf">`.
///
/// @param detachTimeout how long an answered call waits for its client
/// @param debug above 0: every frame is logged; above 9: every broadcast of a client besides
/// @param presence whether others are told of the state of users' calls
/// @param coreEvents `enable-fs-events`: whether events of the switch are published as `FSevent`
/// @param iceServers what calls of browsers may use to find a way
/// @param profiles those that can be used, in the order of the file
public record VertoConfig(Duration detachTimeout, int debug, boolean presence, boolean coreEvents, IceServers iceServers, List<VertoProfile> profiles) {
    public VertoConfig {
        profiles = List.copyOf(profiles);
    }

    /// Reads the configuration; what cannot be used is left out and told to `problems`.
    ///
    /// @param networks the lists that it may name
    public static VertoConfig read(ConfigNode configuration, NetworkLists networks, Consumer<ConfigProblem> problems) {
        return new VertoConfigReader(networks, problems).read(configuration);
    }

    /// Reads a configuration that names no list of networks.
    public static VertoConfig read(ConfigNode configuration, Consumer<ConfigProblem> problems) {
        return read(configuration, NetworkLists.NONE, problems);
    }
}
