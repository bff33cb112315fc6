package io.jverto.server.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// The log as it is written, for whoever watches it live. Thread-safe.
public final class LogStream extends UnsynchronizedAppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final int MAX_LENGTH = 8_192;

    private final Set<Consumer<Line>> watchers = new CopyOnWriteArraySet<>();

    /// One entry.
    ///
    /// @param level the field's number
    /// @param text with the date in front and a line end behind, free of whatever could harm a terminal
    public record Line(int level, String logger, String text) {}

    /// Begins to listen to everything that is logged.
    public static LogStream open() {
        LogStream stream = new LogStream();
        stream.setName("live");
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            stream.setContext(context);
            stream.start();
            root(context).addAppender(stream);
        }
        return stream;
    }

    @Override
    public void close() {
        if (getContext() instanceof LoggerContext context) {
            root(context).detachAppender(this);
        }
        stop();
    }

    /// @param watcher called on the thread that logs; it must not wait, nor log
    public void watch(Consumer<Line> watcher) {
        watchers.add(watcher);
    }

    public void forget(Consumer<Line> watcher) {
        watchers.remove(watcher);
    }

    /// @return the least that is logged
    public static LogLevel level() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context ? LogLevel.of(root(context).getLevel()) : LogLevel.INFO;
    }

    public static void level(LogLevel level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            root(context).setLevel(level.level());
        }
    }

    private static ch.qos.logback.classic.Logger root(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (watchers.isEmpty()) {
            return;
        }
        LogLevel level = LogLevel.of(event.getLevel());
        String logger = event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1);
        String message = event.getFormattedMessage();
        String shown = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "..." : message;
        String trouble = event.getThrowableProxy() == null ? "" : " (" + Escapes.escape(event.getThrowableProxy().getClassName()) + ")";
        Line line = new Line(level.number(), logger, TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault()))
                + " [" + level + "] " + logger + " " + Escapes.escape(shown) + trouble + "\n");
        watchers.forEach(watcher -> watcher.accept(line));
    }
}
