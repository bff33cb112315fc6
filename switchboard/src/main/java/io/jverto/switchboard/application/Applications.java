package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.ConferenceService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The applications by name. Immutable.
public final class Applications {
    private static final String BRIDGE = "bridge";
    private static final String CONFERENCE = "conference";

    private final Map<String, Application> all = new HashMap<>();

    public Applications(Bridge bridge, ConferenceService conferences) {
        all.putAll(CallApplications.ALL);
        all.putAll(SoundApplications.ALL);
        all.putAll(VariableApplications.ALL);
        all.put(BRIDGE, (channel, data) -> next(bridge.run(channel, data)));
        all.put(CONFERENCE, new ConferenceApplication(conferences));
    }

    private static Next next(Bridge.Result result) {
        return switch (result) {
            case Bridge.Result.GoOn goOn -> Next.GO_ON;
            case Bridge.Result.Transfer(Text destination, Text dialplan, Text context) -> new Next.Transfer(destination, dialplan, context);
        };
    }

    /// @return the names of all applications that a dialplan may use
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(BRIDGE, CONFERENCE));
        names.addAll(CallApplications.ALL.keySet());
        names.addAll(SoundApplications.ALL.keySet());
        names.addAll(VariableApplications.ALL.keySet());
        return names;
    }

    Optional<Application> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /// @return the application, when it may run while the dialplan is hunted through
    Optional<Application> inline(String name) {
        return Optional.ofNullable(VariableApplications.ALL.get(name));
    }
}
