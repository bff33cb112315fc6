package io.jverto.testkit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The lines that a logger, and those below it, write while somebody listens; nobody else sees them.
public final class LogLines implements AutoCloseable {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // what belongs to the thread that writes is read by another one
            super.append(event);
        }
    };
    private final Logger logger;
    private final @Nullable Level before;

    private LogLines(Logger logger, Level least) {
        this.logger = logger;
        this.before = logger.getLevel();
        lines.start();
        logger.setLevel(least);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    /// Begins to listen.
    public static LogLines of(Class<?> writer, Level least) {
        return of(writer.getName(), least);
    }

    /// The same for a whole package, or for a class that cannot be seen.
    public static LogLines of(String name, Level least) {
        return new LogLines((Logger) LoggerFactory.getLogger(name), least);
    }

    public List<ILoggingEvent> events() {
        return lines.list;
    }

    /// @return for instance `only 10 MB are free`
    public List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /// @return for instance `WARN only 10 MB are free`
    public List<String> leveled() {
        return lines.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()).toList();
    }

    public void clear() {
        lines.list.clear();
    }

    /// Listens no more; what was heard stays.
    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
