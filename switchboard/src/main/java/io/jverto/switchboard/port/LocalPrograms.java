package io.jverto.switchboard.port;

/// What programs of this machine do for calls, as the operator configured them. Implemented by server.
public record LocalPrograms(Synthesis synthesis, Shell shell, Recognition recognition) {
    /// Of a server that runs none.
    public static final LocalPrograms NONE = new LocalPrograms(Synthesis.NONE, Shell.OFF, Recognition.NONE);
}
