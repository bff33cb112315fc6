package io.jverto.server.startup;

/// The server cannot start, for a reason that whoever starts it can mend. The message says what is wrong and what to do.
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
