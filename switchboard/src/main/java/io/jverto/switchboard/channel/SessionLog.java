package io.jverto.switchboard.channel;

import java.util.List;
import java.util.Locale;
import org.slf4j.MDC;

/// How much a channel logs, whatever the log's own level is (`session_loglevel`): noted for its thread, where the log looks it up.
public final class SessionLog {
    /// Of the note: the field's number of the level, 0 to 7.
    public static final String KEY = "session_loglevel";
    private static final List<String> LEVELS = List.of("CONSOLE", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG");

    private SessionLog() {}

    /// For lines that the channel's own thread writes, on which this is called, until it ends.
    ///
    /// @param text a level's name or number, or `default` for that of the log
    /// @return false when it is none
    public static boolean level(String text) {
        String name = text.trim().toUpperCase(Locale.ROOT);
        int number = name.matches("[0-7]") ? Integer.parseInt(name) : LEVELS.indexOf(name.equals("ERROR") ? "ERR" : name.equals("WARN") ? "WARNING" : name);
        if (name.equals("DEFAULT")) {
            MDC.remove(KEY);
        } else if (number >= 0) {
            MDC.put(KEY, String.valueOf(number));
        }
        return number >= 0 || name.equals("DEFAULT");
    }
}
