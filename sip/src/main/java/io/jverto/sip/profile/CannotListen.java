package io.jverto.sip.profile;

/// A socket of a profile cannot be opened; the message says which, and why.
public final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListen(String message, Throwable cause) {
        super(message, cause);
    }
}
