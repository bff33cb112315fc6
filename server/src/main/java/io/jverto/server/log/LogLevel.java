package io.jverto.server.log;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.Optional;

/// Levels of the log by the field's numbers, 0 to 7; several of them are one level here.
public enum LogLevel {
    CONSOLE(0, Level.ERROR),
    ALERT(1, Level.ERROR),
    CRIT(2, Level.ERROR),
    ERR(3, Level.ERROR),
    WARNING(4, Level.WARN),
    NOTICE(5, Level.INFO),
    INFO(6, Level.INFO),
    DEBUG(7, Level.DEBUG);

    private final int number;
    private final Level level;

    LogLevel(int number, Level level) {
        this.number = number;
        this.level = level;
    }

    public int number() {
        return number;
    }

    Level level() {
        return level;
    }

    /// @param text a name or a number
    public static Optional<LogLevel> parse(String text) {
        String name = text.trim().toUpperCase(Locale.ROOT);
        for (LogLevel one : values()) {
            if (one.name().equals(name) || String.valueOf(one.number).equals(name) || one == ERR && name.equals("ERROR") || one == WARNING && name.equals("WARN")) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    static LogLevel of(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> ERR;
            case Level.WARN_INT -> WARNING;
            case Level.INFO_INT -> INFO;
            default -> DEBUG;
        };
    }
}
