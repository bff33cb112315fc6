package io.jverto.switchboard.application;

import io.jverto.base.Broken;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The applications by name. Immutable.
public final class Applications {
    private static final Map<String, Application> ALL = Stream.of(
                    CallApplications.ALL, TalkApplications.ALL, SoundApplications.ALL, LineApplications.ALL, MenuApplications.ALL, SpeechApplications.ALL,
                    VariableApplications.ALL, ConferenceApplication.ALL, Eavesdrop.ALL, SharedApplications.ALL, InformationApplications.ALL,
                    PartyApplications.ALL, FileApplications.ALL, ScheduleApplications.ALL, ParkApplications.ALL, WatchApplications.ALL, DigitApplications.ALL, ToneApplications.ALL,
                    FifoApplication.ALL, VideoApplications.ALL, PageApplication.ALL, SpeakApplication.ALL, ShellApplications.ALL, RecognitionApplications.ALL, PreprocessApplication.ALL, Steering.ALL)
            .flatMap(List::stream)
            .collect(Collectors.toMap(Application::name, Function.identity(), Applications::twice, TreeMap::new));

    private final Services services;

    public Applications(Services services) {
        this.services = services;
    }

    private static Application twice(Application one, Application other) {
        throw new Broken("two applications are called " + other.name());
    }

    /// @return the names of all applications that a dialplan may use
    public static Set<String> names() {
        return ALL.keySet();
    }

    /// @return why an application of the field is not there, if it is one
    public static Optional<String> lacking(String name) {
        return Optional.ofNullable(MissingApplications.WHY.get(name));
    }

    static List<Application> all() {
        return List.copyOf(ALL.values());
    }

    static Optional<Application> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /// @return the application, when it may run while the dialplan is hunted through
    static Optional<Application> inline(String name) {
        return find(name).filter(application -> application.is(Trait.INLINE));
    }

    /// A call is sent elsewhere: what it is counted for counts no more, unless it says otherwise.
    void transferred(Channel channel) {
        if (!channel.variables().isTrue("limit_ignore_transfer")) {
            services.shared().release(channel.id());
        }
    }

    Next run(Application application, Channel channel, Text data) {
        return run(application, channel, data, "");
    }

    /// @param id by which the events of this run are known to belong together; empty for any
    Next run(Application application, Channel channel, Text data, String id) {
        return new Executed(application.name(), data, id).run(channel, () -> application.run().run(channel, data, services));
    }
}
