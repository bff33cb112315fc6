package io.jverto.server.finding;

/// One thing that was looked at.
///
/// @param subject what was looked at, one or two words
/// @param fact what was seen
/// @param meaning what comes of it for a caller; empty when all is well
/// @param remedy what to do; empty when nothing
public record Finding(Level level, String subject, String fact, String meaning, String remedy) {
    /// How bad it is.
    public enum Level {
        FINE,
        /// Some callers may have trouble, or soon.
        WARNING,
        /// Calls fail.
        ERROR
    }

    /// Whether the same comes of both, and the same is to be done.
    boolean saysTheSameAs(Finding other) {
        return meaning.equals(other.meaning) && remedy.equals(other.remedy);
    }

    public static Finding fine(String subject, String fact) {
        return new Finding(Level.FINE, subject, fact, "", "");
    }

    public static Finding warning(String subject, String fact, String meaning, String remedy) {
        return new Finding(Level.WARNING, subject, fact, meaning, remedy);
    }

    public static Finding error(String subject, String fact, String meaning, String remedy) {
        return new Finding(Level.ERROR, subject, fact, meaning, remedy);
    }
}
