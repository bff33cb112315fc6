package io.jverto.base;

/// A bug of our own: an invariant that this code was to keep does not hold. Never thrown for bad input.
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Broken(String what) {
        super(what);
    }

    public Broken(String what, Throwable cause) {
        super(what, cause);
    }
}
