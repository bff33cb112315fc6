package io.jverto.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.jverto.switchboard.channel.SessionLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.Marker;

/// Lets a channel log more, or less, than the rest of the server (`session_loglevel`). Named in `logback.xml`.
public final class SessionLevel extends TurboFilter {
    private static final String OURS = "io.jverto.";

    @Override
    public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format, Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String wanted = MDC.get(SessionLog.KEY);
        if (wanted == null || !logger.getName().startsWith(OURS)) {
            return FilterReply.NEUTRAL;
        }
        return LogLevel.parse(wanted).map(LogLevel::level)
                .map(least -> level.isGreaterOrEqual(least) ? FilterReply.ACCEPT : FilterReply.DENY)
                .orElse(FilterReply.NEUTRAL);
    }
}
