package io.jverto.switchboard.application;

import io.jverto.switchboard.port.ConferenceService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The applications by name. Immutable.
public final class Applications {
    private final Map<String, Application> all = new HashMap<>();

    public Applications(ConferenceService conferences) {
        all.putAll(CallApplications.ALL);
        all.putAll(SoundApplications.ALL);
        all.putAll(VariableApplications.ALL);
        all.put("conference", new ConferenceApplication(conferences));
    }

    /// @return the names of all applications that a dialplan may use
    public Set<String> names() {
        return new TreeSet<>(all.keySet());
    }

    Optional<Application> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /// @return the application, when it may run while the dialplan is hunted through
    Optional<Application> inline(String name) {
        return Optional.ofNullable(VariableApplications.ALL.get(name));
    }
}
