package io.jverto.server;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.server.Configuration.Reading;
import io.jverto.switchboard.directory.DirectorySource;
import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configuration in force. `reloadxml` reads it anew while calls go on: either all of a new tree that can be seen while the server runs
/// takes the place of the old one - directory, dialplan, variables, room profiles -, or nothing of it does (dialplan-directory.md
/// section 1). Thread-safe.
final class LiveConfiguration implements ApiCommand {
    private static final Logger log = LoggerFactory.getLogger(LiveConfiguration.class);
    private static final int MAX_SHOWN = 20;

    private final Supplier<Reading> reader;
    private volatile Configuration current;
    private volatile Runnable reloaded = () -> { };
    private volatile DirectorySource users = DirectorySource.NONE;

    /// @param reader reads the tree once more
    LiveConfiguration(Configuration current, Supplier<Reading> reader) {
        this.current = current;
        this.reader = reader;
    }

    /// One that stays as it is.
    static LiveConfiguration fixed(Configuration configuration) {
        return new LiveConfiguration(configuration, () -> new Reading.Usable(configuration));
    }

    /// Lets further users stand behind those of the configuration, whichever it is.
    LiveConfiguration with(DirectorySource further) {
        users = further;
        current = current.with(further);
        return this;
    }

    Configuration current() {
        return current;
    }

    /// @param told when a new tree is in force
    void onReload(Runnable told) {
        reloaded = told;
    }

    @Override
    public String name() {
        return "reloadxml";
    }

    @Override
    public synchronized String run(String arguments) {
        return switch (reader.get()) {
            case Reading.Usable(Configuration next) -> {
                next.problems().forEach(problem -> log.warn("{}", problem));
                boolean later = !next.verto().equals(current.verto()) || !next.limits().equals(current.limits());
                current = next.with(users);
                reloaded.run();
                log.info("the configuration was read anew{}", later ? "; what it says of listeners, media and limits counts from the next start" : "");
                yield later ? "+OK [Success; listeners, media and limits from the next start]\n" : "+OK [Success]\n";
            }
            case Reading.Refused(List<ConfigProblem> problems) -> {
                String errors = problems.stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .limit(MAX_SHOWN)
                        .map(ConfigProblem::toString)
                        .collect(Collectors.joining("; "));
                log.error("the configuration stays as it was: {}", errors);
                yield "-ERR [" + errors + "]\n";
            }
        };
    }
}
