package io.jverto.sip.registrar;

/// What a [Registrar] has to tell.
public interface RegistrarOutput {
    /// A telephone registered, or did so again.
    void registered(Binding binding, boolean fresh);

    /// A telephone is gone.
    void gone(Binding binding, Why why);

    /// Why a telephone is gone.
    enum Why {
        /// It said so, or another took its place.
        UNREGISTERED,
        /// Its time is over.
        EXPIRED,
        /// Its connection has ended.
        DISCONNECTED,
        /// Somebody wanted that.
        FLUSHED
    }
}
