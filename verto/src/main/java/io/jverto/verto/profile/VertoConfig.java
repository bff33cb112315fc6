package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// `<configuration name="verto.conf">`.
///
/// @param detachTimeout how long an answered call waits for its client
/// @param debug above 0: every frame is logged
/// @param presence whether others are told of the state of users' calls
/// @param profiles those that can be used, in the order of the file
public record VertoConfig(Duration detachTimeout, int debug, boolean presence, List<VertoProfile> profiles) {
    public VertoConfig {
        profiles = List.copyOf(profiles);
    }

    /// Reads the configuration; what cannot be used is left out and told to `problems`.
    public static VertoConfig read(ConfigNode configuration, Consumer<ConfigProblem> problems) {
        return new VertoConfigReader(problems).read(configuration);
    }
}
