package io.jverto.base.config;

/// Something in the configuration that a person should know of or mend.
///
/// @param severity whether the server can start with it
/// @param origin where it is written
/// @param message what is wrong and what to do
public record ConfigProblem(Severity severity, ConfigNode.Origin origin, String message) {
    /// How bad a problem is.
    public enum Severity {
        /// The configuration cannot be used.
        ERROR,
        /// It can be used, perhaps not as meant.
        WARNING,
        /// It asks for something that this server does not do.
        UNSUPPORTED
    }

    public static ConfigProblem error(ConfigNode.Origin origin, String message) {
        return new ConfigProblem(Severity.ERROR, origin, message);
    }

    public static ConfigProblem warning(ConfigNode.Origin origin, String message) {
        return new ConfigProblem(Severity.WARNING, origin, message);
    }

    public static ConfigProblem unsupported(ConfigNode.Origin origin, String message) {
        return new ConfigProblem(Severity.UNSUPPORTED, origin, message);
    }

    @Override
    public String toString() {
        return origin + ": " + severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + message;
    }
}
